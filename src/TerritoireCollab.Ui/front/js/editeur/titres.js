// After [[ the titles of the group's pages are offered: the listbox pattern, focus stays in the text.
import { Prec } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { json, later } from '../base.js';

const begun = /\[\[([^[\]|#\n]{0,80})$/;
const most = 6;

/** Offers titles in an editor; `editor` is the element, `address` answers `[{"texte","cle","note"}]` to `?q=`. */
export class Titles {
  #list = null;
  #at = 0;

  constructor(editor, address) {
    Object.assign(this, { editor, address });
    this.look = later(200, () => this.#look());
    const when = act => () => this.#list !== null && (act(), true);
    this.extension = [
      Prec.highest(keymap.of([
        { key: 'ArrowDown', run: when(() => this.#choose(this.#at + 1)) }, { key: 'ArrowUp', run: when(() => this.#choose(this.#at - 1)) },
        { key: 'Enter', run: when(() => this.#take(this.#at)) }, { key: 'Tab', run: when(() => this.#take(this.#at)) }, { key: 'Escape', run: when(() => this.close()) },
      ])),
      EditorView.updateListener.of(update => {
        if (update.transactions.some(one => one.docChanged && (one.isUserEvent('input') || one.isUserEvent('delete')))) this.look();
        else if (update.selectionSet || (update.focusChanged && !update.view.hasFocus)) this.close();
      }),
    ];
  }

  get #content() { return this.editor.view.contentDOM; }

  // What stands between the brackets before the cursor, or null.
  #words() {
    const { main } = this.editor.view.state.selection;
    if (!main.empty) return null;
    const line = this.editor.view.state.doc.lineAt(main.head);
    return begun.exec(line.text.slice(0, main.head - line.from))?.[1] ?? null;
  }

  async #look() {
    const words = this.#words();
    if (words === null) return this.close();
    const found = await json(this.address, words);
    if (this.editor.view?.hasFocus && this.#words() === words) this.#open(found ?? [], words);
  }

  #open(found, words) {
    this.close();
    if (!found.length) return;
    const box = document.createElement('ul');
    box.className = 'titres';
    box.id = 'titres';
    box.setAttribute('role', 'listbox');
    box.setAttribute('aria-label', this.editor.words.titres);
    found.slice(0, most).forEach(({ texte, note }, i) => {
      const option = document.createElement('li');
      option.id = `titre-${i}`;
      option.setAttribute('role', 'option');
      option.append(texte);
      if (note) {
        const small = document.createElement('small');
        small.textContent = note;
        option.append(small);
      }
      option.onmousedown = event => { event.preventDefault(); this.#take(i); };
      box.append(option);
    });
    this.#list = { box, found: found.slice(0, most), words };
    this.editor.frame.append(box);
    const place = this.editor.view.coordsAtPos(this.editor.view.state.selection.main.head);
    const frame = this.editor.frame.getBoundingClientRect();
    if (place) {
      box.style.setProperty('top', `${place.bottom - frame.top}px`);
      box.style.setProperty('left', `${Math.max(0, Math.min(place.left - frame.left, frame.width - box.offsetWidth))}px`);
    }
    this.#content.setAttribute('aria-controls', box.id);
    this.#choose(0);
    this.editor.announce(this.editor.words.titresTrouves.replace('{0}', this.#list.found.length));
  }

  #choose(index) {
    const options = [...this.#list.box.children];
    this.#at = (index + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute('aria-selected', String(i === this.#at)));
    this.#content.setAttribute('aria-activedescendant', options[this.#at].id);
  }

  #take(index) {
    const { found, words } = this.#list;
    const { view } = this.editor;
    const { head } = view.state.selection.main;
    const text = `${found[index].cle}]]`;
    const to = view.state.sliceDoc(head, head + 2) === ']]' ? head + 2 : head;
    this.close();
    view.dispatch({ changes: { from: head - words.length, to, insert: text }, selection: { anchor: head - words.length + text.length }, scrollIntoView: true, userEvent: 'input.complete' });
    view.focus();
  }

  close() {
    this.#list?.box.remove();
    this.#list = null;
    if (!this.editor.view) return;
    this.#content.removeAttribute('aria-activedescendant');
    this.#content.removeAttribute('aria-controls');
  }
}
