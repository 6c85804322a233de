// Pictures and files that are pasted, dropped or chosen: sent to the address of the page, then put where they were dropped, even when others
// have typed before it meanwhile.
import { StateEffect, StateField } from '@codemirror/state';
import { url } from '../base.js';
import { insertBlock } from './barre.js';

const begun = StateEffect.define({ map: (value, changes) => ({ ...value, at: changes.mapPos(value.at) }) });
const ended = StateEffect.define();

/** Places where a file will stand once it has arrived. */
export const places = StateField.define({
  create: () => new Map(),
  update(value, transaction) {
    if (!value.size && !transaction.effects.length) return value;
    const next = new Map([...value].map(([key, at]) => [key, transaction.changes.mapPos(at)]));
    for (const effect of transaction.effects) {
      if (effect.is(begun)) next.set(effect.value.key, effect.value.at);
      if (effect.is(ended)) next.delete(effect.value);
    }
    return next;
  },
});

async function send(file, address, form) {
  const body = new FormData();
  body.set('fichier', file, file.name || 'image.png');
  const token = form?.elements.namedItem('__RequestVerificationToken');
  if (token) body.set('__RequestVerificationToken', token.value);
  const answer = await fetch(url(address), { method: 'POST', body, headers: { 'X-Requested-With': 'fetch', Accept: 'application/json' } });
  const type = answer.headers.get('Content-Type') ?? '';
  const told = type.includes('json') ? await answer.json() : {};
  if (!answer.ok) throw new Error(told.detail ?? told.title ?? '');
  return told;
}

const label = name => name.replace(/[[\]\\]/g, '');

/** Sends the files one after the other; `tell(words, isAlarm)` says how far it is. */
export async function upload(view, files, { address, form, words, tell }, at = view.state.selection.main.head) {
  for (const file of files) {
    const key = {};
    view.dispatch({ effects: begun.of({ key, at }) });
    tell(words.envoi.replace('{0}', file.name));
    try {
      const { adresse, nom } = await send(file, address, form);
      const place = view.state.field(places).get(key);
      const text = `[${label(nom ?? file.name)}](${adresse})`;
      insertBlock(view, file.type.startsWith('image/') ? `!${text}` : text, place);
      tell(words.envoye.replace('{0}', file.name));
    } catch (failure) {
      tell(failure.message || words.envoiRate.replace('{0}', file.name), true);
    } finally {
      view.dispatch({ effects: ended.of(key) });
    }
  }
}
