// Random changes by the packages that editors run, and what they make of them: one JSON object a line. Arguments: folder of the packages, seed, count.
import { createRequire } from 'node:module';

const [folder, seed, count] = process.argv.slice(2);
const load = createRequire(`${folder}/package.json`);
const { ChangeSet, EditorState, Text } = load('@codemirror/state');
const { collab, rebaseUpdates, receiveUpdates, sendableUpdates } = load('@codemirror/collab');

// Mulberry32: the same cases for a seed on every machine.
let state = Number(seed) >>> 0;
function random() {
  state = state + 0x6D2B79F5 | 0;
  let t = Math.imul(state ^ state >>> 15, 1 | state);
  t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
  return ((t ^ t >>> 14) >>> 0) / 4294967296;
}
const below = n => Math.floor(random() * n);
const pieces = ['a', 'é', 'mot ', '😀', '\n', '👩‍🌾', 'été', '  ', '"', '\\', '\u2028', 'x'.repeat(12)];
const words = most => Array.from({ length: below(most) }, () => pieces[below(pieces.length)]).join('');

// No place inside a character: editors make none, and JSON readers give no half back.
function place(doc) {
  const at = below(doc.length + 1);
  return at > 0 && at < doc.length && /[\uDC00-\uDFFF]/.test(doc[at]) ? at - 1 : at;
}

function change(doc, most = 4) {
  const places = Array.from({ length: 2 * (1 + below(most)) }, () => place(doc)).sort((a, b) => a - b);
  const changes = [];
  for (let i = 0; i < places.length; i += 2) changes.push({ from: places[i], to: random() < 0.4 ? places[i] : places[i + 1], insert: random() < 0.3 ? '' : words(4) });
  return ChangeSet.of(changes, doc.length, '\n');
}

const apply = (set, doc) => set.apply(Text.of(doc.split('\n'))).toString();
// Several changes in one have sections that no single one has.
function several(doc, most) {
  let set = change(doc);
  for (let i = below(most); i > 0; i--) set = set.compose(change(apply(set, doc)));
  return set;
}

function algebra() {
  const doc = words(20);
  const [a, b] = [several(doc, 3), several(doc, 3)];
  const next = several(apply(a, doc), 2);
  const at = below(doc.length + 1);
  return {
    kind: 'algebra', doc, a, b, next, at,
    applied: apply(a, doc), composed: a.compose(next), after: a.map(b), before: a.map(b, true), inverse: a.invert(Text.of(doc.split('\n'))),
    position: a.mapPos(at, -1), positionAfter: a.mapPos(at, 1),
  };
}

// Over one change after the other: over several at once, @codemirror/collab comes to another text now and then.
const rebase = (updates, over) => over.reduce((moved, one) => rebaseUpdates(moved, [one]), updates);
const receive = (editor, updates) => updates.reduce((before, one) => receiveUpdates(before, [one]).state, editor);

// Three editors send to one authority: some changes are sent twice, some are made on old versions.
function rebasing() {
  let doc = words(12);
  const start = doc;
  const over = [];
  const own = [];
  let mine = doc;
  for (let i = 1 + below(3); i > 0; i--) {
    const changes = several(mine, 2);
    mine = apply(changes, mine);
    own.push({ clientID: 'moi', changes });
  }
  const known = below(own.length);
  const toCome = own.slice();
  let pushed = 0;
  for (let i = 1 + below(5); i > 0; i--) {
    let accepted;
    if (pushed < known && random() < 0.5) accepted = rebase(toCome.slice(0, pushed + 1), over)[0];
    if (accepted) pushed++;
    else accepted = { clientID: `autre${below(2)}`, changes: several(doc, 2) };
    doc = apply(accepted.changes, doc);
    over.push(accepted);
  }
  return { kind: 'rebasing', doc: start, over, own, rebased: rebase(own, over), text: rebase(own, over).reduce((text, update) => apply(update.changes, text), doc) };
}

// One editor types and hears of others.
function receiving() {
  const doc = words(12);
  let editor = EditorState.create({ doc, extensions: [collab({ clientID: 'moi' }), EditorState.lineSeparator.of('\n')] });
  const typed = [];
  let server = doc;
  const accepted = [];
  const steps = [];
  for (let i = 2 + below(6); i > 0; i--) {
    if (random() < 0.5) {
      const changes = several(editor.doc.toString(), 2);
      if (changes.empty) continue;
      editor = editor.update({ changes }).state;
      typed.push(changes);
      steps.push({ typed: changes });
      continue;
    }
    const batch = [];
    for (let k = 1 + below(3); k > 0; k--) {
      const sendable = rebase(sendableUpdates(editor).map(({ clientID, changes }) => ({ clientID, changes })), batch);
      const update = sendable.length && random() < 0.4 ? sendable[0] : { clientID: 'autre', changes: several(server, 2) };
      server = apply(update.changes, server);
      batch.push(update);
    }
    editor = receive(editor, batch);
    steps.push({ received: batch });
  }
  return { kind: 'receiving', doc, steps, text: editor.doc.toString(), sendable: sendableUpdates(editor).map(update => update.changes) };
}

for (let i = 0; i < Number(count); i++)
  for (const make of [algebra, rebasing, receiving]) process.stdout.write(JSON.stringify(make()) + '\n');
