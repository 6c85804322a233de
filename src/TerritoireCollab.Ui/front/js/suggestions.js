import { json, later, on, t } from './base.js';

const ask = later(400, async input => {
  const words = input.value.trim();
  const found = words.length < 6 ? [] : await json(input.dataset.suggere, words) ?? [];
  if (words !== input.value.trim()) return;
  let box = input.parentElement.querySelector('.suggestions');
  if (!box) {
    box = document.createElement('div');
    box.className = 'suggestions';
    box.setAttribute('aria-live', 'polite');
    input.after(box);
  }
  box.replaceChildren();
  if (!found.length) return;
  const title = document.createElement('p');
  title.className = 'fort';
  title.textContent = t('Ces fils en parlent peut-être déjà\u00a0:', 'These threads may already answer:');
  const list = document.createElement('ul');
  for (const { texte, href } of found.slice(0, 5)) {
    const link = document.createElement('a');
    link.textContent = texte;
    link.href = href;
    if (!/^https?:$/.test(link.protocol)) continue;
    const line = document.createElement('li');
    line.append(link);
    list.append(line);
  }
  box.append(title, list);
});

/** While a title is typed in `[data-suggere]`, lists similar threads: JSON `[{"texte","href"}]`. */
export function bindSuggestions() {
  on('input', '[data-suggere]', (event, input) => ask(input));
}
