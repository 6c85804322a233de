// The title of a page of the web is asked as soon as its address is typed, and never written over what somebody typed.
// Without this file a button asks it, and the server does when the form comes without one.
import { on, t, url } from './base.js';

const tokenName = '__RequestVerificationToken';

async function ask(input) {
  const body = new FormData();
  body.set('adresse', input.value);
  body.set('groupe', input.dataset.titre);
  body.set(tokenName, input.form.elements[tokenName].value);
  try {
    const answer = await fetch(url('favoris/titre'), { method: 'POST', body, headers: { 'X-Requested-With': 'fetch', Accept: 'application/json' } });
    return answer.ok ? await answer.json() : null;
  } catch { return null; }
}

on('change', 'input[data-titre]', async (event, input) => {
  const typed = input.value;
  const told = input.form.querySelector('[data-titre-dit]');
  told.textContent = '';
  if (!typed.trim()) return;
  told.textContent = t('Recherche du titre…', 'Looking for the title…');
  const answer = await ask(input);
  if (input.value !== typed) return;
  const title = input.form.elements['Input.Title'];
  const isEmpty = !title.value.trim();
  if (isEmpty && answer?.title) title.value = answer.title;
  told.textContent = isEmpty && answer ? answer.said : '';
  if (!answer?.already) return;
  const link = Object.assign(document.createElement('a'), { href: url(answer.alreadyAddress).href, textContent: answer.already });
  told.append(told.textContent ? ' ' : '', link);
});
