// How strong a new password looks, in words and as a bar, while it is typed. Advice only: the server judges, knows more words, and
// the hint beside the field says the rule without script.
import { later } from './base.js';

const leastLeft = 6;
const leastDistinct = 5;
const leastWord = 4;
const usual = ['motdepasse', 'password', 'passe', 'azertyuiop', 'azerty', 'qwertyuiop', 'qwerty', 'qsdfghjklm', '1234567890', '123456789', '12345678',
  '123456', '12345', '1234', '0123', 'bonjour', 'bienvenue', 'soleil', 'admin', 'secret', 'territoire', 'commune', 'mairie', 'village', 'jetaime', 'chocolat'];

const fold = text => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
const distinct = text => new Set(text).size;
const wordsOf = text => fold(text).split(/[^a-z0-9]+/).filter(word => word.length >= leastWord);

/** 0 too short, 1 easily guessed, 2 fair, 3 strong: the server's rule on the words given. */
export function strength(password, words, least) {
  if (password.length < least) return 0;
  let left = fold(password).replace(/\s/g, '');
  if (distinct(left) < leastDistinct) return 1;
  for (const word of [...words].sort((a, b) => b.length - a.length).concat(usual)) left = left.replaceAll(word, '');
  if (left.length < leastLeft || distinct(left) < leastDistinct - 1) return 1;
  return left.length >= least && distinct(left) >= 8 && password.length >= least + 4 ? 3 : 2;
}

function show(meter) {
  const data = meter.dataset;
  const password = document.getElementById(data.robustesse).value;
  const typed = (data.champs ?? '').split(' ').map(name => meter.closest('form').elements[name]?.value ?? '');
  const level = strength(password, wordsOf([data.connus ?? '', ...typed].join(' ')), Number(data.minimum));
  const line = meter.querySelector('.robustesse');
  line.dataset.niveau = password ? level : '';
  const words = [data.court, data.faible, data.correct, data.solide][level].replace('{0}', Number(data.minimum) - password.length);
  line.querySelector('[role="status"]').textContent = password ? words : '';
}

/** Shows the meters of the page and follows what is typed; the words wait for a pause, so that a screen reader is not flooded. */
export function wake() {
  for (const meter of document.querySelectorAll('[data-robustesse]:not([data-eveille])')) {
    meter.dataset.eveille = '1';
    meter.querySelector('.robustesse').hidden = false;
    meter.closest('form').addEventListener('input', later(400, () => show(meter)));
  }
}
