// Files are sent piece by piece while the form is still being written, each with its progress, again from where it was after a cut; the form then
// names them. Without this file the input sends them with the form, as ever.
import { on, t, url } from './base.js';

const pieceLength = 16 * 1024 * 1024;
const retries = [0, 1000, 3000, 5000, 10000, 20000, 30000];
const saidEvery = 25;

const state = new WeakMap();
const boxOf = element => element.closest('[data-depot]');
const stateOf = box => {
  if (!state.has(box)) state.set(box, { running: new Set(), submit: null });
  return state.get(box);
};

function size(bytes) {
  const number = value => value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  if (bytes < 1048576) return t(`${number(Math.ceil(bytes / 1024))}\u00a0Ko`, `${number(Math.ceil(bytes / 1024))}\u00a0KB`);
  if (bytes < 1073741824) return t(`${number(bytes / 1048576)}\u00a0Mo`, `${number(bytes / 1048576)}\u00a0MB`);
  return t(`${number(bytes / 1073741824)}\u00a0Go`, `${number(bytes / 1073741824)}\u00a0GB`);
}

function say(box, words) { box.querySelector('[data-depot-dit]').textContent = words; }

function element(name, properties, ...inside) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
}

function button(words, label, act) {
  const made = element('button', { type: 'button', className: 'bouton bouton--discret', textContent: words });
  made.setAttribute('aria-label', label);
  made.addEventListener('click', act);
  return made;
}

function line(box, file) {
  const progress = element('progress', { max: 100, value: 0 });
  progress.setAttribute('aria-label', t(`Envoi de ${file.name}`, `Sending ${file.name}`));
  const words = element('span', { className: 'meta', textContent: t('en attente', 'waiting') });
  const buttons = element('span', { className: 'depot-gestes' });
  const row = element('li', {}, element('span', { className: 'depot-nom', textContent: `${file.name} · ${size(file.size)}` }), progress, words, buttons);
  box.querySelector('.depot-liste').append(row);
  return { row, progress, words, buttons };
}

function finished(box, shown) {
  const { running } = stateOf(box);
  running.delete(shown);
  if (running.size === 0) sendForm(box);
}

// A form that says so leaves by itself, once all has arrived and nothing is left to be sent again.
function leaving(box) {
  const form = box.closest('form[data-depot-part]');
  return form && box.querySelector('input[name="depot"]') && !box.querySelector('.depot-arret') ? { form } : null;
}

function sendForm(box) {
  const mine = stateOf(box);
  const submit = mine.submit ?? leaving(box);
  mine.submit = null;
  if (submit && [...submit.form.querySelectorAll('[data-depot]')].every(other => stateOf(other).running.size === 0)) submit.form.requestSubmit(submit.by ?? undefined);
}

function whole(box, file, shown, upload) {
  const id = upload.url.split('/').at(-1);
  shown.progress.remove();
  shown.words.textContent = t('envoyé', 'sent');
  shown.row.append(element('input', { type: 'hidden', name: 'depot', value: id }));
  say(box, t(`${file.name}\u00a0: envoyé.`, `${file.name}: sent.`));
}

function sentence(error) {
  const answer = error.originalResponse;
  return answer && answer.getStatus() < 500 || answer?.getStatus() === 507 ? answer.getBody() : t('Connexion coupée. Ce qui est arrivé est gardé.', 'Connection lost. What has arrived is kept.');
}

async function start(box, file) {
  const shown = line(box, file);
  const mine = stateOf(box);
  let said = 0;
  // From this moment on the form waits.
  mine.running.add(shown);
  const { Upload } = await import('./tus.js');
  const upload = new Upload(file, {
    endpoint: url(box.dataset.depot).href,
    chunkSize: pieceLength,
    retryDelays: retries,
    removeFingerprintOnSuccess: true,
    metadata: { filename: file.name },
    headers: { 'X-Requested-With': 'fetch' },
    onProgress(sent, total) {
      const part = Math.floor(sent / total * 100);
      shown.progress.value = part;
      shown.words.textContent = t(`${size(sent)} sur ${size(total)}`, `${size(sent)} of ${size(total)}`);
      // Heard from time to time, and not at each piece.
      if (part >= said + saidEvery && part < 100) say(box, t(`${file.name}\u00a0: ${said = part - part % saidEvery}\u00a0%`, `${file.name}: ${said = part - part % saidEvery}%`));
    },
    onSuccess() {
      whole(box, file, shown, upload);
      shown.buttons.replaceChildren(button(t('Retirer', 'Remove'), t(`Retirer ${file.name}`, `Remove ${file.name}`), () => drop(box, file, shown, upload)));
      finished(box, shown);
    },
    onError(error) {
      mine.running.delete(shown);
      mine.submit = null;
      const why = sentence(error);
      shown.words.textContent = why;
      shown.row.classList.add('depot-arret');
      say(box, `${file.name}\u00a0: ${why}`);
      const status = error.originalResponse?.getStatus() ?? 0;
      const again = status === 0 || status >= 500 || status === 423 || status === 409 ? [button(t('Reprendre', 'Resume'), t(`Reprendre l’envoi de ${file.name}`, `Resume sending ${file.name}`), resume)] : [];
      shown.buttons.replaceChildren(...again, button(t('Retirer', 'Remove'), t(`Retirer ${file.name}`, `Remove ${file.name}`), () => drop(box, file, shown, upload)));
    },
  });

  function resume() {
    shown.row.classList.remove('depot-arret');
    shown.buttons.replaceChildren(button(t('Annuler', 'Cancel'), t(`Annuler l’envoi de ${file.name}`, `Cancel sending ${file.name}`), () => drop(box, file, shown, upload)));
    mine.running.add(shown);
    upload.start();
  }

  addEventListener('online', () => { if (shown.row.isConnected && shown.row.classList.contains('depot-arret')) resume(); });
  const before = await upload.findPreviousUploads().catch(() => []);
  if (before.length > 0) upload.resumeFromPreviousUpload(before[0]);
  if (shown.row.isConnected) resume();
  else finished(box, shown);
}

function drop(box, file, shown, upload) {
  shown.row.remove();
  upload.abort(true).catch(() => { /* Given up on the server in two days at the latest. */ });
  say(box, t(`${file.name}\u00a0: retiré.`, `${file.name}: removed.`));
  box.querySelector('input[type="file"]').focus();
  finished(box, shown);
}

function take(box, files) {
  const input = box.querySelector('input[type="file"]');
  const chosen = [...files].slice(0, input.multiple ? undefined : 1);
  if (!input.multiple) for (const button of box.querySelectorAll('.depot-liste button:last-of-type')) button.click();
  for (const file of chosen) start(box, file).catch(() => fallBack(box));
}

// The script that sends could not be loaded: the input does it by itself.
function fallBack(box) {
  box.removeAttribute('data-depot');
  stateOf(box).running.clear();
  box.querySelector('.depot-liste').replaceChildren();
  say(box, t('Choisissez de nouveau vos fichiers\u00a0: ils partiront avec le formulaire.', 'Choose your files again: they will go with the form.'));
}

on('change', '[data-depot] input[type="file"]', (event, input) => {
  const files = [...input.files];
  input.value = '';
  take(boxOf(input), files);
});

for (const type of ['dragenter', 'dragover'])
  on(type, '[data-depot]', (event, box) => {
    if (![...event.dataTransfer.types].includes('Files')) return;
    event.preventDefault();
    box.classList.add('depot--survol');
  });
on('dragleave', '[data-depot]', (event, box) => { if (!box.contains(event.relatedTarget)) box.classList.remove('depot--survol'); });
on('drop', '[data-depot]', (event, box) => {
  if (event.dataTransfer.files.length === 0) return;
  event.preventDefault();
  box.classList.remove('depot--survol');
  take(box, event.dataTransfer.files);
});

// A list around the box takes what is dropped anywhere on it.
const boxIn = list => list.querySelector('[data-depot]');
for (const type of ['dragenter', 'dragover'])
  on(type, '[data-depot-cible]', (event, list) => {
    if (!boxIn(list) || ![...event.dataTransfer.types].includes('Files')) return;
    event.preventDefault();
    boxIn(list).classList.add('depot--survol');
  });
on('dragleave', '[data-depot-cible]', (event, list) => { if (!list.contains(event.relatedTarget)) boxIn(list)?.classList.remove('depot--survol'); });
on('drop', '[data-depot-cible]', (event, list) => {
  const box = boxIn(list);
  if (event.defaultPrevented || !box || event.dataTransfer.files.length === 0) return;
  event.preventDefault();
  box.classList.remove('depot--survol');
  box.scrollIntoView({ block: 'nearest' });
  take(box, event.dataTransfer.files);
});

// Before what forbids a second sending: this one has not begun.
document.addEventListener('submit', event => {
  const waiting = [...event.target.querySelectorAll('[data-depot]')].filter(box => stateOf(box).running.size > 0);
  if (waiting.length === 0) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  for (const box of waiting) {
    stateOf(box).submit = { form: event.target, by: event.submitter };
    say(box, t('Le formulaire partira dès que les fichiers seront arrivés.', 'The form will be sent as soon as the files have arrived.'));
  }
}, true);

addEventListener('beforeunload', event => {
  for (const box of document.querySelectorAll('[data-depot]')) if (stateOf(box).running.size > 0) event.preventDefault();
});

/** Shows what the script adds. */
export function wake() {
  for (const box of document.querySelectorAll('[data-depot]')) for (const hint of box.querySelectorAll('[data-depot-aide]')) hint.hidden = false;
}
