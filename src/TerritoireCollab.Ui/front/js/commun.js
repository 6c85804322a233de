// Progressive enhancement only: every page works without this file. Listeners sit on the document, so that they survive
// Blazor's enhanced navigation, which replaces elements without loading the page again.
import { connect } from './signaux.js';
import { shrinkPhoto } from './photo.js';
import { bindShortcuts } from './raccourcis.js';
import { watchReconnection } from './reconnexion.js';
import './titre.js';
import { forgetSent, on, say } from './base.js';

function focusErrors() {
  document.querySelector('[data-erreurs]')?.focus();
}

// What only some pages need: by its fingerprinted name, which browsers keep for ever.
function wakeModules() {
  const names = [...document.querySelectorAll('[data-module]')].map(box => box.dataset.module);
  for (const name of new Set(names)) import(new URL(name, document.baseURI)).then(module => module.wake());
}

function wakePasswords() {
  if (document.querySelector('[data-robustesse]')) import('./motdepasse.js').then(module => module.wake());
}

// What is of no use without script is not shown without it.
function showScripted() {
  for (const element of document.querySelectorAll('[data-avec-script]')) element.hidden = false;
}

function whenShown() {
  showScripted();
  forgetSent();
  focusErrors();
  wakePasswords();
  wakeModules();
}

on('click', '[data-erreurs] a', (event, link) => {
  const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.scrollIntoView({ block: 'center' });
});

on('click', '[data-ouvre]', (event, opener) => {
  const dialog = document.getElementById(opener.dataset.ouvre);
  if (!dialog?.showModal || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  dialog.showModal();
});

on('click', '[data-copie]', async (event, button) => {
  event.preventDefault();
  await navigator.clipboard.writeText(button.dataset.copie);
  say(button, 'Copié', 'Copied');
});

on('click', '[data-imprime]', () => print());
on('click', '[data-recharge]', event => { event.preventDefault(); location.reload(); });

// A second click on a slow line must not send twice; the button carries its name and value, so it is disabled afterwards.
on('submit', 'form[method="post" i]', (event, form) => {
  if (form.dataset.envoi) return event.preventDefault();
  form.dataset.envoi = '1';
  setTimeout(() => {
    if (event.defaultPrevented && !form.hasAttribute('data-enhance')) delete form.dataset.envoi;
    else if (event.submitter) event.submitter.disabled = true;
  });
});

function releaseForms() {
  for (const form of document.querySelectorAll('form[data-envoi]')) {
    delete form.dataset.envoi;
    for (const button of form.querySelectorAll(':disabled[type="submit"], button:disabled:not([type])')) button.disabled = false;
  }
}

const ticks = table => [...table.querySelectorAll('tbody .coche input[type="checkbox"]')];
on('change', 'input[data-coche-tout]', (event, all) => { for (const tick of ticks(all.closest('table'))) tick.checked = all.checked; });
on('change', 'tbody .coche input[type="checkbox"]', (event, tick) => {
  const all = tick.closest('table').querySelector('input[data-coche-tout]');
  if (!all) return;
  const ticked = ticks(tick.closest('table')).map(t => t.checked);
  all.checked = ticked.every(Boolean);
  all.indeterminate = !all.checked && ticked.some(Boolean);
});

on('change', 'input[data-photo]', (event, input) => shrinkPhoto(input));

document.addEventListener('click', event => {
  for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  const menu = event.target.closest?.('details.menu[open]');
  if (!menu) return;
  menu.open = false;
  menu.querySelector('summary').focus();
});

addEventListener('pageshow', releaseForms);
bindShortcuts();
watchReconnection();
connect();
whenShown();

// blazor.web.js may come later, or not at all.
const blazor = () => globalThis.Blazor?.addEventListener?.('enhancedload', () => { releaseForms(); whenShown(); });
if (globalThis.Blazor) blazor();
else addEventListener('load', blazor);
