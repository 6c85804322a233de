// The board of the veille: gestures without loading the page anew, drag and drop, keys, and what others do, as they do it. Every gesture is a
// button of a plain form; this file only sends the same forms.
import { later, on, t, url } from './base.js';
import { off } from './raccourcis.js';

const board = () => document.querySelector('[data-tableau]');
const columns = () => board()?.querySelector('[data-colonnes]');
const cardOf = key => columns()?.querySelector(`[data-carte="${key}"]`);
const sent = new WeakSet();
const isTouched = field => !sent.has(field) && (field.type === 'select-one' ? [...field.options].some(option => option.selected !== option.defaultSelected && (option.defaultSelected || field.selectedIndex > 0)) : field.value !== field.defaultValue);

// A card in which somebody writes or chooses: nothing of it is replaced, and it is not moved.
const fieldsOf = card => [...card.querySelectorAll('textarea, select')];
const isBusy = card => fieldsOf(card).some(field => field === document.activeElement || isTouched(field));

// What was sent is no longer being written, until it is written in again.
const settle = place => { for (const field of fieldsOf(place)) sent.add(field); };
on('input', '[data-carte] :is(textarea, select)', (event, field) => sent.delete(field));
const isHeld = node => node.nodeType === 1 && [node, ...node.querySelectorAll('[data-carte]')].some(one => one.dataset.carte && isBusy(one));

const keyOf = node => node.nodeType !== 1 ? '' : node.dataset.carte || node.id || (node.dataset.depot ?? '') + (node.dataset.rubrique ?? '');
const isSame = (one, other) => one.nodeName === other.nodeName && keyOf(one) === keyOf(other);

// Makes `old` what `next` is, touching what differs: what has the focus keeps it, what is ticked stays ticked.
function morph(old, next) {
  if (old.nodeType !== 1) { if (old.data !== next.data) old.data = next.data; return; }
  if (old.dataset.carte && isBusy(old)) return;
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) if (name !== 'open' && !next.hasAttribute(name)) old.removeAttribute(name);
  let at = old.firstChild;
  for (const wanted of [...next.childNodes]) {
    let found = at;
    while (found && !isSame(found, wanted)) found = found.nextSibling;
    if (found) {
      dropUntil(at, found);
      morph(found, wanted);
      at = found.nextSibling;
    // What somebody is writing in stands elsewhere: it goes there once it is sent or closed.
    } else if (!(wanted.dataset?.carte && cardOf(wanted.dataset.carte) && isHeld(cardOf(wanted.dataset.carte)))) old.insertBefore(document.adoptNode(wanted), at);
  }
  dropUntil(at, null);
}

function dropUntil(node, end) {
  while (node && node !== end) {
    const following = node.nextSibling;
    if (!isHeld(node)) node.remove();
    node = following;
  }
}

// Where the focus was, so that it stays on the card, or goes to the next one where the card has left its list.
function rememberFocus() {
  const focused = document.activeElement;
  const card = focused?.closest?.('[data-carte]');
  if (!card) return () => {};
  const { carte } = card.dataset;
  const list = keyOf(card.parentElement);
  const others = [card.nextElementSibling, card.previousElementSibling].map(one => one?.dataset.carte).filter(Boolean);
  const gesture = focused.value?.split?.(':')[0];
  const heading = card.closest('section')?.querySelector('h2');
  return () => {
    if (document.activeElement !== document.body && document.activeElement?.isConnected) return;
    const stays = cardOf(carte);
    const next = stays && keyOf(stays.parentElement) === list ? stays : others.map(cardOf).find(Boolean);
    const target = next?.querySelector(`button[value^="${gesture}:"]`) ?? next?.querySelector('a[href], button') ?? heading;
    if (target === heading) heading?.setAttribute('tabindex', '-1');
    target?.focus();
  };
}

function show(html, told) {
  const next = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-tableau]');
  if (!next || !columns()) return false;
  const refocus = rememberFocus();
  morph(columns(), next.querySelector('[data-colonnes]'));
  if (told) {
    const flash = next.querySelector('[data-fait]');
    board().querySelector('[data-fait]').replaceWith(document.adoptNode(flash));
    board().querySelector('[data-annonce]').textContent = flash.querySelector('p')?.textContent ?? '';
  }
  refocus();
  return true;
}

let drag = null;
let isStale = false;

// One after the other, so that what is shown last is what was asked last.
let queue = Promise.resolve();
const inTurn = work => { queue = queue.then(work).catch(() => say(t('La plateforme ne répond pas. Réessayez dans un instant.', 'The platform does not answer. Try again in a moment.'))); return queue; };
const say = words => { const line = board()?.querySelector('[data-annonce]'); if (line) line.textContent = words; };

async function ask(address, options, told, otherwise) {
  const answer = await fetch(address, { headers: { Accept: 'text/html' }, ...options });
  const html = await answer.text();
  // Not under the pointer that drags a card: once it is let go.
  if (drag && !told) return void (isStale = true);
  if (!answer.ok || !show(html, told)) (otherwise ?? leave)();
}

// Whoever may no longer see the board is led where the signals say; where they say nothing, where the page itself would lead. Never both: a page
// asked for anew would take the place of the one they lead to.
let leaving = null;
const leave = () => { leaving ??= setTimeout(() => location.reload(), source ? 2000 : 0); };
function leadTo(address) {
  clearTimeout(leaving);
  leaving = true;
  hush();
  location.replace(new URL(address, document.baseURI));
}

function here() {
  const address = new URL(location.href);
  for (const name of ['fait', 'nombre', 'annuler']) address.searchParams.delete(name);
  address.hash = '';
  return address;
}

const refresh = later(60, () => inTurn(() => ask(here(), {}, false)));
const send = (address, data) => inTurn(() => ask(address, { method: 'POST', body: new URLSearchParams(data) }, true));

on('submit', '[data-tableau] form', (event, form) => {
  if (event.defaultPrevented) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  const card = event.submitter?.closest('[data-carte]');
  if (form.id === 'gestes') {
    for (const select of card?.querySelectorAll('.fiche-placer') ?? []) settle(select);
    return send(form.action, data);
  }
  inTurn(() => {
    settle(card);
    form.closest('details').open = false;
    // What was refused is shown by a page of its own, with what was typed in it.
    return ask(form.action, { method: 'POST', body: new URLSearchParams(data) }, true, () => form.submit());
  });
});

function gesture(values) {
  const form = document.getElementById('gestes');
  const data = new FormData(form);
  for (const name of ['carte', 'rubrique', 'annuler']) data.delete(name);
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  send(form.action, data);
}

on('keydown', '[data-carte]', (event, card) => {
  if (event.ctrlKey || event.metaKey || event.isComposing || off() || event.target.closest('input:not([type=checkbox]), textarea, select')) return;
  const press = selector => { const button = card.querySelector(selector); if (button) { event.preventDefault(); button.focus(); button.click(); } };
  if (event.altKey) return { ArrowUp: () => press('button[value^="monter:"]'), ArrowDown: () => press('button[value^="descendre:"]') }[event.key]?.();
  ({ r: () => press('button[value^="retenir:"]'), x: () => press('button[value^="ecarter:"]'), c: () => press('[data-commenter]') })[event.key]?.();
});

// Drag and drop by the grip, with mouse, pen or finger.
function place(x, y) {
  const list = document.elementsFromPoint(x, y).map(one => one.closest('section.panneau')).find(Boolean);
  if (!list) return drag.mark.remove();
  const lists = [...list.querySelectorAll('[data-depot]')];
  const target = lists.findLast(one => one.getBoundingClientRect().top - 40 <= y) ?? lists[0];
  const before = [...target.children].find(one => one.dataset.carte && one !== drag.card && y < one.getBoundingClientRect().top + one.offsetHeight / 2);
  target.insertBefore(drag.mark, before ?? null);
}

function moveGhost({ clientX: x, clientY: y }) {
  drag.ghost.style.translate = `${x - drag.x}px ${y - drag.y}px`;
  if (y < 60) scrollBy(0, -14);
  else if (y > innerHeight - 60) scrollBy(0, 14);
  place(x, y);
}

function endDrag() {
  drag?.ghost?.remove();
  drag?.mark.remove();
  drag?.card.classList.remove('fiche--tiree');
  drag = null;
  if (isStale) refresh();
  isStale = false;
}

function drop() {
  const list = drag.mark.parentElement;
  if (!list) return;
  const { carte } = drag.card.dataset;
  let before = drag.mark.nextElementSibling;
  while (before && !before.dataset.carte || before === drag.card) before = before.nextElementSibling;
  const isPut = drag.mark.previousElementSibling === drag.card || drag.mark.nextElementSibling === drag.card;
  if (isPut || (list === drag.card.parentElement && list.dataset.depot === 'remettre')) return;
  gesture({ geste: list.dataset.depot, carte, avant: before?.dataset.carte ?? '', rubrique: list.dataset.rubrique ?? '' });
}

on('pointerdown', '[data-tableau] .poignee', (event, grip) => {
  if (event.button !== 0) return;
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  const mark = document.createElement('li');
  mark.className = 'fiche-ici';
  drag = { card: grip.closest('[data-carte]'), x: event.clientX, y: event.clientY, mark };
});
addEventListener('pointermove', event => {
  if (!drag) return;
  if (!drag.ghost) {
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 5) return;
    const box = drag.card.getBoundingClientRect();
    drag.ghost = drag.card.cloneNode(true);
    for (const one of [drag.ghost, ...drag.ghost.querySelectorAll('[id], [name]')]) { one.removeAttribute('id'); one.removeAttribute('name'); }
    drag.ghost.inert = true;
    drag.ghost.removeAttribute('data-carte');
    drag.ghost.classList.add('fiche--fantome');
    Object.assign(drag.ghost.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px` });
    document.body.append(drag.ghost);
    drag.card.classList.add('fiche--tiree');
  }
  moveGhost(event);
});
addEventListener('pointerup', () => { if (drag?.ghost) drop(); endDrag(); });
addEventListener('pointercancel', endDrag);
addEventListener('keydown', event => { if (event.key === 'Escape') endDrag(); });

// What others do: a signal says that the board moved, and the page asks for it again with its own rights.
let source = null;

function tell(names) {
  const line = board()?.querySelector('[data-presence]');
  if (!line) return;
  const list = new Intl.ListFormat(document.documentElement.lang).format(names);
  line.textContent = names.length === 0 ? '' : names.length === 1
    ? t(`${list} regarde aussi ce tableau.`, `${list} is looking at this board too.`)
    : t(`${list} regardent aussi ce tableau.`, `${list} are looking at this board too.`);
}

function listen() {
  const path = board()?.dataset.signaux;
  if (!path || source || document.hidden) return;
  source = new EventSource(url(path));
  source.addEventListener('bouge', refresh);
  source.addEventListener('presence', event => tell(JSON.parse(event.data)));
  source.addEventListener('parti', event => leadTo(event.data));
  source.onerror = () => {
    // The browser tries again by itself, unless the host answered that there is nothing to hear.
    if (source?.readyState !== EventSource.CLOSED) return;
    hush();
    setTimeout(listen, 10000);
    refresh();
  };
}

function hush() {
  source?.close();
  source = null;
}

document.addEventListener('visibilitychange', () => { if (document.hidden) return hush(); listen(); refresh(); });
addEventListener('pagehide', hush);

/** Shows the grips, which are of no use without script, and begins to listen. */
export function wake() {
  board()?.classList.add('pret');
  if (!board()) hush();
  listen();
}
