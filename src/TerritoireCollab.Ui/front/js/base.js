/** Text in the language of the page. */
export const t = (french, english) => document.documentElement.lang.startsWith('en') ? english : french;

/** Address relative to the base, so that the application may live under a sub-path. */
export const url = path => new URL(path.replace(/^\/(?!\/)/, ''), document.baseURI);

/** Delegated listener: `handler(event, element)` for the nearest element that matches. */
export function on(type, selector, handler, options) {
  document.addEventListener(type, event => {
    const element = event.target.closest?.(selector);
    if (element) handler(event, element);
  }, options);
}

/** Replaces a button's words for two seconds; the change is read out. */
export function say(button, french, english) {
  const words = [...button.childNodes].filter(node => node.nodeType === 3 && node.data.trim()).at(-1);
  if (!words || button.dataset.dit) return;
  const before = words.data;
  button.dataset.dit = '1';
  button.setAttribute('aria-live', 'polite');
  words.data = t(french, english);
  setTimeout(() => { words.data = before; delete button.dataset.dit; }, 2000);
}

/** Delays a call until the calls have stopped for some time. */
export function later(milliseconds, call) {
  let timer;
  return (...values) => { clearTimeout(timer); timer = setTimeout(call, milliseconds, ...values); };
}

/** JSON of a same-origin address, or null: nothing here is worth an error message. */
export async function json(path, query) {
  const address = url(path);
  address.searchParams.set('q', query);
  try {
    const answer = await fetch(address, { headers: { 'X-Requested-With': 'fetch', Accept: 'application/json' } });
    return answer.ok ? await answer.json() : null;
  } catch { return null; }
}

const sent = 'envoi';

/** Notes that the text kept under that name was sent. */
export function markSent(name) {
  try { sessionStorage.setItem(sent, name); } catch { /* Storage may be refused. */ }
}

/** Forgets what was sent once a page says that it was done: until then the network may have lost it. */
export function forgetSent() {
  if (!new URLSearchParams(location.search).has('fait')) return;
  try {
    const name = sessionStorage.getItem(sent);
    if (!name) return;
    localStorage.removeItem(name);
    localStorage.removeItem(`${name}:champs`);
    sessionStorage.removeItem(sent);
  } catch { /* Storage may be refused. */ }
}
