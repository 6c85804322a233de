// The editor of pages: a text area becomes an editor that shows Markdown as it will look. The text area stays the field of the form, and all
// there is without script.
import { history, historyKeymap, standardKeymap } from '@codemirror/commands';
import { Compartment, EditorState, Transaction } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { appearance, markdown } from './editeur/apparence.js';
import { commands, toolbar } from './editeur/barre.js';
import { Together } from './editeur/coedition.js';
import { places, upload } from './editeur/fichiers.js';
import { sheet, theme } from './editeur/style.js';
import { Titles } from './editeur/titres.js';

const look = EditorView.theme(theme);

// Half a character is valid nowhere else than in a browser's memory: such a change takes the whole of it. U+0000 is kept by no database.
const isHalf = (text, at) => at > 0 && at < text.length && /[\uDC00-\uDFFF]/.test(text.sliceString(at, at + 1)) && /[\uD800-\uDBFF]/.test(text.sliceString(at - 1, at));
const wholeCharacters = EditorState.transactionFilter.of(transaction => {
  if (!transaction.docChanged || transaction.annotation(Transaction.remote)) return transaction;
  let isClean = true;
  const changes = [];
  const { doc } = transaction.startState;
  transaction.changes.iterChanges((from, to, _from, _to, inserted) => {
    const start = isHalf(doc, from) ? from - 1 : from;
    const end = isHalf(doc, to) ? to + 1 : to;
    let text = inserted.toString();
    if (start < from && text) text = doc.sliceString(start, from) + text;
    if (end > to && text) text += doc.sliceString(to, end);
    const insert = text.replaceAll('\0', '').toWellFormed?.() ?? text;
    if (start < from || end > to || insert !== inserted.toString()) isClean = false;
    changes.push({ from: start, to: end, insert });
  }, true);
  return isClean ? transaction : [{ changes, effects: transaction.effects, scrollIntoView: true, userEvent: 'input' }];
});

class Editor extends HTMLElement {
  #view = null;
  #isLocked = false;
  #isSettled = false;
  #isSaving = false;
  #lock = new Compartment();

  static observedAttributes = ['data-coedition'];

  // The page's own navigation keeps elements, and gives them the attributes of the next page.
  attributeChangedCallback(name, before, now) {
    if (!this.#view || before === now) return;
    this.#end();
    this.connectedCallback();
  }

  connectedCallback() {
    // Moved inside the page: the same editor goes on.
    if (this.#view) return;
    this.area = this.querySelector('textarea');
    if (!this.area) return;
    this.words = JSON.parse(this.dataset.mots);
    this.shadow ??= this.attachShadow({ mode: 'open', delegatesFocus: false });
    this.shadow.adoptedStyleSheets = [sheet];
    this.bar = toolbar(this.words, name => this.run(name), () => this.#view.focus());
    this.frame = document.createElement('div');
    this.frame.className = 'cadre';
    this.titles = this.dataset.pages ? new Titles(this, this.dataset.pages) : null;
    this.foot = document.createElement('div');
    this.foot.className = 'pied';
    this.state = document.createElement('p');
    this.state.className = 'etat';
    this.state.tabIndex = -1;
    // What is shown changes as one types; what is told to those who do not see it is what matters to them.
    this.told = document.createElement('p');
    this.told.className = 'masque';
    this.told.setAttribute('role', 'status');
    // Who comes and goes is told; who is writing is shown, and would be told at every pause.
    this.people = document.createElement('p');
    this.people.setAttribute('aria-live', 'polite');
    this.writing = document.createElement('p');
    this.foot.append(this.state, this.told, this.people, this.writing);
    this.shadow.replaceChildren(this.bar, this.frame, this.foot);
    this.start();
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  #end() {
    this.form?.removeEventListener('submit', this.#submitted);
    this.form?.removeEventListener('formdata', this.#sent);
    this.together?.stop();
    this.together = null;
    this.titles?.close();
    this.#view?.destroy();
    this.#view = null;
  }

  get view() { return this.#view; }

  /** The text; what a script that knows text areas alone may ask for. */
  get value() { return this.#view?.state.doc.toString() ?? this.area.value; }

  start() {
    this.#view = new EditorView({ state: EditorState.create({ doc: this.area.value, extensions: this.extensions() }), parent: this.frame, root: this.shadow });
    const label = this.area.labels?.[0];
    label?.addEventListener('click', event => { event.preventDefault(); this.focus(); });
    // The browser cannot show its own bubble at a field that is not drawn.
    this.area.addEventListener('invalid', event => { event.preventDefault(); this.tell(this.area.validationMessage, true); this.focus(); });
    this.tell(this.words.aide);
    if (!this.dataset.coedition) return;
    this.form = this.area.form;
    this.form?.addEventListener('submit', this.#submitted);
    this.form?.addEventListener('formdata', this.#sent);
    // What is shared is written in once it is there: until then the text is that of the page.
    this.lock(true);
    this.together = new Together(this, this.dataset.coedition, this.words);
    this.together.start();
  }

  // What was just typed is on its way to the shared text: the form waits for it, so that it does not bring the same words a second time.
  #submitted = event => {
    // A button with a name, such as the preview, saves nothing yet.
    this.#isSaving = !event.submitter?.name;
    if (this.#isSettled || !this.together?.isSending || event.defaultPrevented) return;
    event.preventDefault();
    this.together.settle().then(() => {
      this.#isSettled = true;
      this.form.requestSubmit(event.submitter);
      this.#isSettled = false;
    });
  };

  // The form says which text was typed over: what others wrote since is put together with it, and nobody is in conflict with himself.
  #sent = event => {
    const base = this.together?.sent(this.#isSaving);
    if (base !== undefined) event.formData.set(`${this.area.name}Base`, base);
  };

  /** Shows what is true while several write, or while one writes for the form alone; `cancelled` is told when that one gives up. */
  showTogether(isTogether, cancelled) {
    for (const one of this.form?.querySelectorAll('[data-ensemble]') ?? []) one.hidden = !isTogether;
    for (const one of this.form?.querySelectorAll('[data-seul]') ?? []) {
      one.hidden = isTogether;
      if (cancelled) one.addEventListener('click', cancelled);
    }
  }

  lock(isLocked) {
    this.#isLocked = isLocked;
    this.#view.dispatch({ effects: this.#lock.reconfigure(EditorState.readOnly.of(isLocked)) });
  }

  extensions() {
    const { words } = this;
    const label = this.area.labels?.[0]?.textContent.trim() ?? words.texte;
    return [
      this.#lock.of(EditorState.readOnly.of(this.#isLocked)), EditorState.lineSeparator.of('\n'), EditorState.tabSize.of(4), history(), EditorView.lineWrapping, look, markdown, appearance, places, wholeCharacters, this.titles?.extension ?? [],
      placeholder(this.area.placeholder ?? ''),
      EditorView.contentAttributes.of({
        'aria-label': label, 'aria-multiline': 'true', spellcheck: 'true', autocorrect: 'on', autocapitalize: 'sentences', lang: document.documentElement.lang,
        ...(this.area.getAttribute('aria-invalid') ? { 'aria-invalid': 'true' } : {}),
      }),
      EditorState.phrases.of(words.phrases ?? {}),
      keymap.of([
        { key: 'Alt-F10', run: () => { this.bar.enter(); return true; } },
        { key: 'Escape', run: () => { this.leave(); return true; } },
        { key: 'Mod-s', run: () => { this.save(); return true; }, preventDefault: true },
        { key: 'Mod-b', run: () => { this.run('gras'); return true; } },
        { key: 'Mod-i', run: () => { this.run('italique'); return true; } },
        ...historyKeymap, ...standardKeymap,
      ]),
      EditorView.updateListener.of(update => { if (update.docChanged) this.changed(); }),
      EditorView.domEventHandlers({
        paste: (event, view) => this.take(event, event.clipboardData, view),
        drop: (event, view) => this.take(event, event.dataTransfer, view, view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? undefined),
      }),
    ];
  }

  changed() {
    this.area.value = this.value;
    this.area.dispatchEvent(new Event('input', { bubbles: true }));
  }

  focus() { this.#view?.focus(); }

  // On to what comes after the editor, as Tab does.
  leave() {
    const after = [...document.querySelectorAll('a[href], button, input:not([type="hidden"]), select, textarea, summary')]
      .find(one => !this.contains(one) && this.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING && !one.disabled && one.checkVisibility());
    (after ?? this.state).focus();
  }

  run(name) {
    if (this.#isLocked) return;
    if (name === 'fichier') return this.choose();
    commands(this.words)[name](this.#view);
    this.#view.focus();
    if (name === 'page') this.titles.look();
  }

  save() {
    if (this.together && !this.together.isAlone) return this.together.keep();
    if (this.area.form) this.area.form.requestSubmit();
  }

  /** Shows a state under the text, and tells it unless it is of no news to somebody who cannot see it. */
  tell(words, isAlarm = false, isQuiet = false) {
    if (this.state.textContent !== words) this.state.textContent = words ?? '';
    if (!isQuiet) this.told.textContent = words ?? '';
    this.state.classList.toggle('alerte', isAlarm);
  }

  /** Tells something that is seen elsewhere. */
  announce(words) { this.told.textContent = words; }

  tellPeople([people, writing]) {
    if (this.people.textContent !== people) this.people.textContent = people;
    this.writing.textContent = writing;
  }

  get sending() { return { address: this.dataset.televersement, form: this.area.form, words: this.words, tell: (words, isAlarm) => this.tell(words, isAlarm) }; }

  // Text that comes with a picture, as from a word processor, is what is wanted of it.
  take(event, data, view, at) {
    const files = [...(data?.files ?? [])];
    if (!files.length || !this.dataset.televersement || data.types.includes('text/plain')) return false;
    event.preventDefault();
    upload(view, files, this.sending, at);
    return true;
  }

  choose() {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.addEventListener('change', () => { this.focus(); upload(this.#view, [...input.files], this.sending); });
    input.click();
  }
}

/** Called by the common script on each page that has an editor. */
export function wake() {
  if (!customElements.get('editeur-texte')) customElements.define('editeur-texte', Editor);
}
