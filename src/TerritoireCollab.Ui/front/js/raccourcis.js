const places = { a: './', g: 'groupes', m: 'moi' };
const item = '.liste > li, .message, .carte, .fiche';
let going = false;

/** Whether single keys are switched off in this browser. */
export const off = () => { try { return localStorage.getItem('raccourcis') === 'non'; } catch { return false; } };

function move(step) {
  const items = [...document.querySelectorAll(`main :is(${item})`)].filter(one => one.checkVisibility());
  const at = items.findIndex(one => one.contains(document.activeElement));
  const next = items[at < 0 ? 0 : at + step];
  next?.querySelector('a[href], button')?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

// The list stands on the help page only, so that the others stay light.
function showKeys() {
  const list = document.getElementById('raccourcis');
  if (list) list.showModal?.();
  else location.assign(new URL('aide#touches', document.baseURI));
}

// A field is where one goes to write; all else does what it says.
function use(element) {
  if (!element) return;
  if (element.matches('input, textarea, select')) element.focus();
  else element.click();
}

function press(event) {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || off()) return;
  if (target.closest?.('input, textarea, select, [contenteditable], dialog, editeur-texte')) return;
  if (going) {
    going = false;
    if (key in places) location.assign(new URL(places[key], document.baseURI));
    return;
  }
  const act = {
    '/': () => document.getElementById('recherche')?.focus(),
    g: () => { going = true; setTimeout(() => { going = false; }, 1500); },
    j: () => move(1),
    k: () => move(-1),
    '?': showKeys,
  }[key] ?? (() => use(document.querySelector(`main [data-touche="${CSS.escape(key)}"]`)));
  if (key.length === 1 && /[/gjknr?]/.test(key)) event.preventDefault();
  act();
}

/** Keys of the frame; a page adds its own with `data-touche="r"`. Switched off by `raccourcis` = `non` in the local storage. */
export function bindShortcuts() {
  for (const box of document.querySelectorAll('[data-raccourcis]')) box.checked = !off();
  document.addEventListener('keydown', press);
  document.addEventListener('change', event => {
    if (!event.target.matches('[data-raccourcis]')) return;
    localStorage.setItem('raccourcis', event.target.checked ? 'oui' : 'non');
  });
}
