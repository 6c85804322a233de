// Writing: toolbar, preview, drafts, the picker of members and content, similar threads. Loaded only where one writes.
import { json, later, markSent, on, t, url } from './base.js';
import { wakePassages } from './passages.js';
import { bindSuggestions } from './suggestions.js';

bindSuggestions();

const marks = {
  gras: ['**', '**', 'texte en gras', 'bold text'],
  lien: ['[', '](https://)', 'texte du lien', 'link text'],
  titre: ['## '],
  liste: ['- '],
  citation: ['> '],
  tableau: [null],
  page: ['[[', ']]'],
};
const frame = element => element.closest('[data-composeur]');
const area = element => frame(element).querySelector('textarea');

// setRangeText would empty the undo list; execCommand keeps it, and is the only call that does.
function insert(text, value, from, to) {
  text.focus();
  text.setSelectionRange(from, to);
  if (!document.execCommand('insertText', false, value)) {
    text.setRangeText(value, from, to, 'end');
    text.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

function mark(text, kind) {
  const [before, after, french, english] = marks[kind];
  const { selectionStart: from, selectionEnd: to, value } = text;
  if (before === null) {
    const table = t('| Colonne 1 | Colonne 2 |\n| --- | --- |\n| texte | texte |\n', '| Column 1 | Column 2 |\n| --- | --- |\n| text | text |\n');
    return insert(text, (from && value[from - 1] !== '\n' ? '\n\n' : '') + table, from, to);
  }
  if (kind === 'page') {
    const words = value.slice(from, to).replaceAll('\n', ' ');
    insert(text, before + words + after, from, to);
    text.setSelectionRange(from + before.length + words.length, from + before.length + words.length);
    return look(text);
  }
  if (after) {
    const words = value.slice(from, to) || t(french, english);
    insert(text, before + words + after, from, to);
    const start = kind === 'lien' ? from + words.length + 3 : from + before.length;
    return text.setSelectionRange(start, kind === 'lien' ? start + 8 : start + words.length);
  }
  const start = value.lastIndexOf('\n', from - 1) + 1;
  const lines = value.slice(start, to).split('\n');
  const undo = lines.every(line => line.startsWith(before));
  insert(text, lines.map(line => undo ? line.slice(before.length) : before + line).join('\n'), start, to);
}

on('click', '[data-marque]', (event, button) => mark(area(button), button.dataset.marque));

on('click', '[data-apercu]', async (event, button) => {
  const box = frame(button);
  const text = area(button);
  const preview = box.querySelector('.composeur-apercu');
  const shown = button.getAttribute('aria-pressed') === 'true';
  button.setAttribute('aria-pressed', String(!shown));
  preview.hidden = shown;
  text.hidden = !shown;
  if (shown) return text.focus();
  preview.textContent = t('Préparation de l’aperçu…', 'Preparing the preview…');
  try {
    const answer = await fetch(url(box.dataset.apercuUrl), {
      method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'fetch' }, body: JSON.stringify({ body: text.value }),
    });
    if (!answer.ok) throw answer;
    preview.innerHTML = (await answer.json()).bodyHtml;
  } catch {
    preview.textContent = t('L’aperçu n’est pas disponible. Votre texte est intact.', 'The preview is not available. Your text is safe.');
  }
});

on('keydown', '[data-composeur] textarea', (event, text) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    text.form?.requestSubmit(frame(text).querySelector('.actions [type="submit"]') ?? undefined);
  }
});

// Drafts. The server keeps them; the browser only when the server could not, and for that member alone: others may use it after.
const key = box => `brouillon:${document.querySelector('meta[name="membre"]')?.content}:${box.dataset.brouillon}`;
const status = (box, words) => { const line = box.querySelector('[data-etat]'); if (line) line.textContent = words; };
const store = (name, value) => { try { value === null ? localStorage.removeItem(name) : localStorage.setItem(name, value); } catch { /* Storage may be refused. */ } };

async function save(box, leaving) {
  const text = area(box);
  if (!box.dataset.change || text.form?.dataset.envoi) return;
  delete box.dataset.change;
  const body = new URLSearchParams({ cle: box.dataset.brouillon, texte: text.value });
  const token = text.form?.elements.namedItem('__RequestVerificationToken');
  if (token) body.set('__RequestVerificationToken', token.value);
  try {
    const answer = await fetch(url(box.dataset.brouillonUrl), {
      method: 'POST', body, keepalive: leaving, headers: { 'X-Requested-With': 'fetch', Accept: 'application/json' },
    });
    if (!answer.ok) throw answer;
    const { enregistreA } = await answer.json();
    store(key(box), null);
    status(box, t(`Enregistré à ${enregistreA}`, `Saved at ${enregistreA}`));
  } catch {
    box.dataset.change = '1';
    store(key(box), text.value);
    status(box, t('Connexion coupée\u00a0: votre texte est gardé dans ce navigateur.', 'Connection lost: your text is kept in this browser.'));
  }
}

const saveLater = new WeakMap();
function saveSoon(box) {
  if (!saveLater.has(box)) saveLater.set(box, later(1500, save));
  saveLater.get(box)(box);
}
on('input', '[data-brouillon] textarea', (event, text) => {
  const box = frame(text);
  box.dataset.change = '1';
  saveSoon(box);
});
// On a slow line people begin to write before this script is there. Noted only after a while: whoever has sent the form by then has nothing left to keep.
// What the server wrote may have other line ends than what the browser gives back.
function keepTyped(box) {
  const text = area(box);
  const isTyped = () => text.isConnected && !text.form?.dataset.envoi && text.value !== text.defaultValue.replace(/\r\n?/g, '\n');
  if (!isTyped() || box.dataset.change) return;
  setTimeout(() => {
    if (!isTyped() || box.dataset.change) return;
    box.dataset.change = '1';
    save(box);
  }, 1500);
}
addEventListener('pagehide', () => {
  for (const box of document.querySelectorAll('[data-brouillon][data-change]')) {
    store(key(box), area(box).value);
    save(box, true);
  }
});
// What is sent stays in the browser until a page says that it was published: see `forgetSent`.
on('submit', 'form', (event, form) => {
  for (const box of form.querySelectorAll('[data-brouillon]')) {
    delete box.dataset.change;
    store(key(box), area(box).value);
    markSent(key(box));
  }
});

// The short fields beside the text, such as a title, are kept in the browser alone.
const fields = box => [...(area(box).form?.querySelectorAll('input[type="text"]') ?? [])];
on('input', 'form:has([data-brouillon]) input[type="text"]', (event, input) => {
  const box = input.form.querySelector('[data-brouillon]');
  store(`${key(box)}:champs`, JSON.stringify(fields(box).map(field => [field.name, field.value])));
});

function bringFieldsBack(box) {
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(`${key(box)}:champs`)); } catch { /* Storage may be refused. */ }
  for (const [name, value] of kept ?? []) {
    const field = fields(box).find(one => one.name === name);
    if (field && !field.value) field.value = value;
  }
}

function offerBack(box) {
  let kept = null;
  try { kept = localStorage.getItem(key(box)); } catch { /* Storage may be refused. */ }
  const text = area(box);
  if (!kept || kept === text.value || box.querySelector('[data-retrouve]')) return;
  if (kept.startsWith(text.value)) {
    text.value = kept;
    box.dataset.change = '1';
    status(box, t('Votre texte non envoyé a été repris.', 'Your unsent text was taken back.'));
    return saveSoon(box);
  }
  const line = document.createElement('p');
  line.className = 'bandeau';
  line.dataset.retrouve = '';
  line.setAttribute('role', 'status');
  line.append(t('Un texte non envoyé a été retrouvé. ', 'An unsent text was found. '));
  for (const [french, english, act] of [
    ['Le reprendre', 'Take it back', () => insert(text, kept, 0, text.value.length)],
    ['L’effacer', 'Delete it', () => store(key(box), null)],
  ]) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'bouton';
    button.textContent = t(french, english);
    button.onclick = () => { act(); line.remove(); text.focus(); };
    line.append(button);
  }
  box.prepend(line);
}

// Picker of members (@), content (#) and titles of pages ([[): the listbox pattern, focus stays in the text.
let list = null;
function close() {
  list?.box.remove();
  list?.text.removeAttribute('aria-activedescendant');
  list?.text.removeAttribute('aria-controls');
  list = null;
}

function choose(index) {
  list.at = (index + list.box.children.length) % list.box.children.length;
  [...list.box.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === list.at)));
  list.text.setAttribute('aria-activedescendant', list.box.children[list.at].id);
}

function take(index) {
  const { text, from, found, end } = list;
  const { cle } = found[index];
  const at = text.selectionStart;
  close();
  insert(text, cle + end, from, text.value.startsWith(end, at) ? at + end.length : at);
}

function open(text, from, found, end) {
  close();
  if (!found?.length) return;
  const box = document.createElement('ul');
  box.className = 'propositions';
  box.id = `${text.id}-propositions`;
  box.setAttribute('role', 'listbox');
  box.setAttribute('aria-label', t('Propositions', 'Suggestions'));
  found.slice(0, 6).forEach(({ texte, note }, i) => {
    const option = document.createElement('li');
    option.id = `${box.id}-${i}`;
    option.setAttribute('role', 'option');
    option.append(texte);
    if (note) {
      const small = document.createElement('small');
      small.textContent = note;
      option.append(small);
    }
    option.onmousedown = event => { event.preventDefault(); take(i); };
    box.append(option);
  });
  frame(text).append(box);
  list = { box, text, from, found, end, at: 0 };
  text.setAttribute('aria-controls', box.id);
  choose(0);
}

const look = later(250, async text => {
  const before = text.value.slice(0, text.selectionStart);
  const { mentions, pages } = frame(text).dataset;
  const title = pages ? /\[\[([^[\]|#\n]{0,80})$/.exec(before) : null;
  const match = title ?? (mentions ? /(?:^|[\s(])([@#][\p{L}\p{N}.-]{1,30}(?: \p{L}{1,20})?)$/u.exec(before) : null);
  if (!match) return close();
  const found = await json(title ? pages : mentions, match[1]);
  if (document.activeElement === text && text.value.slice(0, text.selectionStart) === before) open(text, before.length - match[1].length, found, title ? ']]' : ' ');
});
on('input', ':is([data-mentions], [data-pages]) textarea', (event, text) => look(text));
document.addEventListener('keydown', event => {
  if (event.target !== list?.text) return;
  const act = {
    ArrowDown: () => choose(list.at + 1), ArrowUp: () => choose(list.at - 1), Enter: () => take(list.at), Tab: () => take(list.at), Escape: close,
  }[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}, true);
document.addEventListener('focusout', event => { if (event.target === list?.text) close(); });

const buttons = [
  ['gras', 'Gras', 'Bold'], ['titre', 'Titre', 'Heading'], ['liste', 'Liste', 'List'], ['lien', 'Lien', 'Link'],
  ['page', 'Lien vers une page', 'Link to a page'], ['citation', 'Citation', 'Quote'], ['tableau', 'Tableau', 'Table'], [null, 'Aperçu', 'Preview'],
];

function giveBar(box) {
  if (box.querySelector('.composeur-barre')) return;
  const text = area(box);
  const bar = document.createElement('div');
  bar.className = 'composeur-barre';
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', t('Mise en forme', 'Formatting'));
  bar.setAttribute('aria-controls', text.id);
  for (const [kind, french, english] of buttons) {
    if (kind === 'page' && !box.dataset.pages) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = t(french, english);
    if (kind) button.dataset.marque = kind;
    else {
      button.dataset.apercu = '';
      button.setAttribute('aria-pressed', 'false');
    }
    bar.append(button);
  }
  text.before(bar);
}

/** Gives the text areas their toolbars, which are of no use without script, and offers back what was kept. */
export function wake() {
  wakePassages();
  for (const box of document.querySelectorAll('[data-composeur]')) {
    giveBar(box);
    if (!box.dataset.brouillon) continue;
    offerBack(box);
    bringFieldsBack(box);
    keepTyped(box);
  }
}
