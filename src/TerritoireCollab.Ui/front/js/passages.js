// Commenting on a passage: what is selected in a text goes into the form under it, and the notes stand level with what they are about.
import { later, t } from './base.js';

const most = 500;
const around = 32;
const field = name => document.querySelector(`#repondre [name="${name}"]`);
const blocks = 'p, li, h2, h3, h4, h5, h6, td, th, tr, pre, blockquote, br';
let offer = null;

// As the platform reads the text: the ends of blocks are spaces, and the numbers of passages are none of it.
function words(range) {
  const box = document.createElement('div');
  box.append(range.cloneContents());
  for (const number of box.querySelectorAll('.passage-n, .passage-choisi')) number.remove();
  for (const block of box.querySelectorAll(blocks)) block.after(' ');
  return box.textContent.replace(/\s+/g, ' ');
}

function chosen() {
  const selection = getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const text = (range.commonAncestorContainer.parentElement ?? range.commonAncestorContainer).closest?.('[data-passages]');
  const quote = text ? words(range).trim() : '';
  return quote && quote.length <= most ? { text, range, quote } : null;
}

// The page asks for the passage behind a link: with a passage chosen the fields stand in its place at once.
function giveFields() {
  const link = document.querySelector('#repondre [data-passage]');
  if (!link) return;
  const label = document.createElement('label');
  label.textContent = link.dataset.passage;
  const quote = document.createElement('textarea');
  Object.assign(quote, { name: 'Quote', rows: 2 });
  label.append(quote);
  const before = document.createElement('input');
  Object.assign(before, { name: 'QuoteBefore', type: 'hidden' });
  link.replaceWith(label, before);
}

function fill({ text, range, quote }) {
  giveFields();
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  field('Quote').value = quote;
  field('QuoteBefore').value = words(before).slice(-around);
  const answer = field('Body');
  answer.focus();
  answer.scrollIntoView({ block: 'center' });
}

// After the selection in the page, so that the next tab reaches it.
function show() {
  const found = document.querySelector('#repondre :is([data-passage], [name="Quote"])') && chosen();
  if (!found) {
    if (offer !== document.activeElement) { offer?.remove(); offer = null; }
    return;
  }
  offer ??= document.createElement('button');
  offer.type = 'button';
  offer.className = 'bouton bouton--petit passage-choisi';
  offer.textContent = t('Commenter ce passage', 'Comment on this passage');
  offer.onmousedown = event => event.preventDefault();
  offer.onclick = () => { offer.remove(); offer = null; fill(found); };
  let last = found.range.endContainer;
  while (last.parentNode !== found.text && last !== found.text) last = last.parentNode;
  if (last === found.text) found.text.append(offer);
  else if (last.nextSibling !== offer) last.after(offer);
  const [place, over] = [found.range.getBoundingClientRect(), found.text.getBoundingClientRect()];
  offer.style.top = `${place.bottom - over.top + 6}px`;
  offer.style.left = `${Math.max(0, Math.min(place.left - over.left, over.width - 220))}px`;
}

function align() {
  const notes = [...document.querySelectorAll('.marge > ol > li')];
  for (const note of notes) note.style.marginTop = '';
  if (!matchMedia('(min-width: 75em)').matches) return;
  for (const note of notes) {
    const number = document.getElementById(note.dataset.passage);
    if (number) note.style.marginTop = `${Math.max(0, number.getBoundingClientRect().top - note.getBoundingClientRect().top)}px`;
  }
}

document.addEventListener('selectionchange', later(150, show));
addEventListener('resize', later(150, align));

/** Puts the notes of the page beside their passages. */
export const wakePassages = align;
