// Writing together: the editor sends what is typed, takes what others type, and keeps what the platform has not acknowledged, so that neither a
// cut line nor a crash loses anything. The smallest SignalR client that this needs: JSON protocol over one WebSocket, records ended by U+001E.
import { collab, getSyncedVersion, receiveUpdates, sendableUpdates } from '@codemirror/collab';
import { ChangeSet, EditorState, StateEffect, StateField, Text } from '@codemirror/state';
import { Decoration, EditorView, WidgetType } from '@codemirror/view';
import { markSent, url } from '../base.js';
import { tint } from './style.js';

const end = '\u001e';
// As the server counts: states of a push.
const [accepted, gone, tooLong, unfit, behind, refused] = [0, 1, 2, 3, 4, -1];
const mostAtOnce = 100;
const kept = 'coedition:';
// How long somebody looks at a text that opens before it is better to let them write by themselves.
const patience = 8000;

/** One socket that calls and is called; it is opened anew by whoever owns it. */
class Line {
  #calls = new Map();
  #last = 0;

  constructor(path, { called, opened, closed }) {
    const address = url(path);
    address.protocol = address.protocol.replace('http', 'ws');
    this.socket = new WebSocket(address);
    this.socket.onopen = () => this.#send({ protocol: 'json', version: 1 });
    let isGreeted = false;
    this.socket.onmessage = event => {
      for (const record of event.data.split(end)) {
        if (!record) continue;
        const message = JSON.parse(record);
        if (!isGreeted) {
          isGreeted = true;
          opened();
        } else if (message.type === 1) called(message.target, message.arguments);
        else if (message.type === 3) this.#answer(message);
        else if (message.type === 7) this.socket.close();
        this.heard = Date.now();
      }
    };
    this.socket.onclose = () => {
      clearInterval(this.beat);
      for (const { fail } of this.#calls.values()) fail(new Error('closed'));
      this.#calls.clear();
      closed();
    };
    this.heard = Date.now();
    // The host pings every ten seconds: a line that says nothing for twenty-five is dead, whatever the browser believes.
    this.beat = setInterval(() => {
      if (Date.now() - this.heard > 25000) this.socket.close();
      else if (this.isOpen) this.#send({ type: 6 });
    }, 8000);
  }

  get isOpen() { return this.socket.readyState === WebSocket.OPEN; }

  call(target, ...values) {
    return new Promise((done, fail) => {
      if (!this.isOpen) return fail(new Error('closed'));
      const invocationId = String(++this.#last);
      this.#calls.set(invocationId, { done, fail });
      this.#send({ type: 1, invocationId, target, arguments: values });
    });
  }

  tell(target, ...values) { if (this.isOpen) this.#send({ type: 1, target, arguments: values }); }

  close() { this.socket.close(); }

  #send(message) { this.socket.send(JSON.stringify(message) + end); }

  #answer({ invocationId, error, result }) {
    const call = this.#calls.get(invocationId);
    this.#calls.delete(invocationId);
    if (error) call?.fail(new Error(error));
    else call?.done(result);
  }
}

class Cursor extends WidgetType {
  constructor(person) { super(); this.person = person; }
  eq(other) { return other.person === this.person; }
  toDOM() {
    const mark = document.createElement('span');
    mark.className = 'cm-personne';
    mark.setAttribute('aria-hidden', 'true');
    const name = document.createElement('span');
    name.textContent = this.person.court;
    mark.append(name);
    tint(mark, this.person.teinte);
    return mark;
  }
  ignoreEvent() { return true; }
}

const pointed = StateEffect.define();
const cursors = StateField.define({
  create: () => new Map(),
  update(value, transaction) {
    if (!transaction.docChanged && !transaction.effects.some(effect => effect.is(pointed))) return value;
    const next = new Map();
    for (const [client, cursor] of value) next.set(client, { ...cursor, anchor: transaction.changes.mapPos(cursor.anchor), head: transaction.changes.mapPos(cursor.head, 1) });
    for (const effect of transaction.effects) {
      if (!effect.is(pointed)) continue;
      if (effect.value.head === undefined) next.delete(effect.value.client);
      else next.set(effect.value.client, effect.value);
    }
    return next;
  },
  provide: field => EditorView.decorations.from(field, value => Decoration.set([...value.values()].flatMap(({ person, anchor, head }) => [
    ...(anchor === head ? [] : [Decoration.mark({ class: 'cm-choix' }).range(Math.min(anchor, head), Math.max(anchor, head))]),
    Decoration.widget({ widget: new Cursor(person), side: 1 }).range(head),
  ]), true)),
});

// The hue of a person is made of the identifier, as the platform makes it (FNV-1a, then mixed).
function hueOf(seed) {
  let hash = 2166136261;
  for (const byte of new TextEncoder().encode(seed)) hash = Math.imul(hash ^ byte, 16777619);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  return (hash >>> 0) % 36 * 10;
}

const list = names => new Intl.ListFormat(document.documentElement.lang).format(names);
const store = (key, value) => { try { value === null ? localStorage.removeItem(key) : localStorage.setItem(key, value); return true; } catch { return false; } };
const read = key => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };

/** Keeps an editor in step with the authority. `editor` is the element; it gives `view`, `base` extensions, `tell` and `tellPeople`. */
export class Together {
  #line = null;
  #wait = 500;
  #isPushing = false;
  #isOver = false;
  failures = 0;
  #writing = new Map();
  #people = [];

  constructor(editor, page, words) {
    Object.assign(this, { editor, page, words });
    const member = document.querySelector('meta[name="membre"]')?.content ?? '';
    this.prefix = `${kept}${member}:${page}:`;
    this.onleave = () => this.keep();
    this.onback = () => { if (document.hidden) this.keep(); else if (!this.#line) this.connect(); };
    this.ontyped = () => { if (!this.isReady) this.#keepSoon(); };
    this.oncancel = () => this.forget();
    addEventListener('pagehide', this.onleave);
    addEventListener('online', this.onback);
    document.addEventListener('visibilitychange', this.onback);
  }

  get view() { return this.editor.view; }

  /** Begins with what an earlier visit left unacknowledged in this browser, or with nothing. */
  async start() {
    // What the form brought: what is typed by oneself, where no line opens, is typed over it.
    this.base = this.view.state.doc;
    this.editor.area.addEventListener('input', this.ontyped);
    const left = await this.#adopt();
    const fresh = Array.from(crypto.getRandomValues(new Uint8Array(9)), byte => byte.toString(36).padStart(2, '0')).join('').slice(0, 18);
    if (left?.mine !== undefined) await this.#resumeAlone(left, fresh);
    else {
      this.client = left?.client ?? fresh;
      await this.#hold(this.client);
      if (left) this.#resume(left);
    }
    this.#waitForLine();
    this.connect();
  }

  stop() {
    this.#isOver = true;
    this.keep();
    removeEventListener('pagehide', this.onleave);
    removeEventListener('online', this.onback);
    document.removeEventListener('visibilitychange', this.onback);
    this.editor.area.removeEventListener('input', this.ontyped);
    clearTimeout(this.timer);
    clearTimeout(this.waiting);
    clearTimeout(this.keeping);
    clearTimeout(this.saving);
    this.#line?.close();
    this.release?.();
  }

  // Each open page holds a lock of its name: what is kept under a name that nobody holds was left by a page that is gone.
  async #adopt() {
    let keys = [];
    try { keys = Object.keys(localStorage).filter(key => key.startsWith(this.prefix)); } catch { /* Storage may be refused. */ }
    for (const key of keys) {
      const isFree = await this.#take(key);
      const left = isFree && read(key);
      if (left?.changes?.length || left?.mine !== undefined) return left;
      if (isFree) { store(key, null); this.release?.(); }
    }
    return null;
  }

  #take(name) {
    if (!navigator.locks) return Promise.resolve(true);
    return new Promise(done => {
      navigator.locks.request(name, { ifAvailable: true }, lock => {
        done(lock !== null);
        return lock && new Promise(release => { this.release = release; });
      });
    });
  }

  #hold(client) { return this.#take(this.prefix + client); }

  // The text as the platform has it, then what was typed over it: all of it is still to be sent.
  #resume({ version, text, changes, first }) {
    this.base = Text.of(text.split('\n'));
    this.confirmed = first - 1;
    this.sent = changes.length;
    this.#begin(version, text);
    for (const change of changes) this.view.dispatch({ changes: ChangeSet.fromJSON(change) });
    this.editor.tell(this.words.repris);
  }

  // Typed where no line opened, and sent by no form: put together with the shared text once there is a line. Under a name of its own, since what was merged
  // under the old one would not be merged again.
  async #resumeAlone({ client, base, mine }, fresh) {
    this.base = Text.of(base.split('\n'));
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: mine } });
    this.client = fresh;
    this.keep();
    store(this.prefix + client, null);
    this.release?.();
    await this.#hold(fresh);
    this.editor.tell(this.words.repris);
  }

  #waitForLine() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#goAlone(), patience);
  }

  #begin(version, text) {
    this.base = Text.of(text.split('\n'));
    this.isReady = true;
    const listener = EditorView.updateListener.of(update => this.#updated(update));
    const { selection } = this.view.state;
    const clip = at => Math.min(at, text.length);
    this.view.setState(EditorState.create({
      doc: text, selection: { anchor: clip(selection.main.anchor), head: clip(selection.main.head) },
      extensions: [this.editor.extensions(), collab({ startVersion: version, clientID: this.client }), cursors, listener],
    }));
    this.editor.changed();
  }

  connect() {
    clearTimeout(this.timer);
    if (this.#isOver || this.#line) return;
    if (!this.isReady && !this.isAlone) this.editor.tell(this.words.ouverture, false, this.isMerged);
    this.early = [];
    this.#line = new Line('/coedition', {
      opened: () => this.#join(),
      called: (name, values) => this.#called(name, values),
      closed: () => {
        this.#line = null;
        this.isJoined = false;
        if (this.#isOver) return;
        if (!this.isReady && ++this.failures === 3) this.#goAlone();
        this.#show();
        this.timer = setTimeout(() => this.connect(), this.#wait + Math.random() * 500);
        this.#wait = Math.min(this.#wait * 2, 10000);
      },
    });
  }

  // A network that lets no socket through: one writes by oneself, kept in this browser until the form is saved. The line is tried again all the while.
  #goAlone() {
    if (this.#isOver || this.isJoined || this.isAlone) return;
    this.editor.lock(false);
    // What was taken back from an earlier visit goes on as on a line that is cut.
    if (!this.isReady) {
      this.isAlone = true;
      this.editor.showTogether(false, this.oncancel);
    }
    this.#show();
  }

  /** Forgets what was typed by oneself: whoever cancels does not want it back. */
  forget() {
    if (!this.isAlone) return;
    this.#isOver = true;
    clearTimeout(this.keeping);
    this.base = this.view.state.doc;
    store(this.prefix + this.client, null);
  }

  async #join() {
    try {
      const known = this.isReady ? getSyncedVersion(this.view.state) : null;
      const welcome = await this.#line.call('Rejoindre', this.page, this.client, known);
      if (!welcome) return this.#close();
      this.#wait = 500;
      this.failures = 0;
      clearTimeout(this.waiting);
      if (this.isReady ? welcome.loin && sendableUpdates(this.view.state).length : !this.view.state.doc.eq(this.base)) return await this.#merge();
      this.isAlone = false;
      if (welcome.texte !== null) this.#restart(welcome);
      else this.#receive(known, welcome.ajouts);
      this.isJoined = true;
      for (const [from, updates] of this.early) this.#receive(from, updates);
      this.#rights(welcome.ecrit);
      this.#present(welcome.presents);
      this.#compact();
      this.#show();
      this.#push();
    } catch {
      if (this.isAlone) this.editor.lock(false);
      this.#line?.close();
    }
  }

  #restart({ version, texte }) {
    if (this.confirmed === undefined) this.confirmed = 0;
    this.sent = 0;
    this.#begin(version, texte);
  }

  // Nothing leads from the text that was left to the present one any more: both are put together over there, and this page begins anew.
  async #merge() {
    this.editor.lock(true);
    const state = await this.#line.call('Fusionner', this.base.toString(), this.view.state.doc.toString());
    if (state !== accepted) {
      // Alone one can shorten it, or save it by the form.
      if (this.isAlone) this.editor.lock(false);
      return this.editor.tell(state === tooLong ? this.words.tropLong : this.words.lecture, true);
    }
    store(this.prefix + this.client, null);
    this.release?.();
    this.isReady = false;
    this.isAlone = false;
    this.isMerged = true;
    this.base = this.view.state.doc;
    this.#waitForLine();
    this.confirmed = undefined;
    this.client += 'b';
    await this.#hold(this.client);
    this.editor.tell(this.words.reuni);
    this.#line.close();
  }

  // Thousands of key strokes of a day without network become one change. Those that were sent once keep their numbers: they may have arrived.
  #compact() {
    const waiting = sendableUpdates(this.view.state).map(update => update.changes);
    if (waiting.length - this.sent < mostAtOnce) return;
    const fresh = waiting.slice(this.sent).reduce((all, one) => all.compose(one));
    const sent = this.sent;
    this.#begin(getSyncedVersion(this.view.state), this.base.toString());
    for (const changes of [...waiting.slice(0, sent), fresh]) this.view.dispatch({ changes });
  }

  #called(name, values) {
    if (this.#isOver) return;
    if (name === 'ajouts') {
      const [from, updates] = values;
      // Accepted between the welcome and its arrival.
      if (!this.isJoined) return this.early.push([from, updates]);
      const known = getSyncedVersion(this.view.state);
      // Something was missed: the line is opened anew, and brings it.
      if (from > known) return this.#line.close();
      this.#receive(from, updates);
      this.#show();
      this.#push();
    } else if (name === 'presents') this.#present(values[0]);
    else if (name === 'curseur') this.#point(...values);
    else if (name === 'droits') this.#rights(values[0]);
    else if (name === 'ferme') this.#close();
  }

  // One after the other: over several at once, @codemirror/collab and the authority come to different texts now and then.
  #receive(from, updates) {
    for (const { client, changes } of updates.slice(Math.max(0, getSyncedVersion(this.view.state) - from))) {
      const set = ChangeSet.fromJSON(changes);
      this.base = set.apply(this.base);
      const isOwn = client === this.client;
      this.view.dispatch(receiveUpdates(this.view.state, [{ clientID: client, changes: set }]));
      if (isOwn) {
        this.confirmed++;
        this.sent = Math.max(0, this.sent - 1);
      } else this.#wrote(client, set);
    }
    this.#keepSoon();
  }

  async #push() {
    const waiting = sendableUpdates(this.view.state);
    if (!this.isJoined || this.#isPushing || !waiting.length || !this.mayWrite) return;
    this.#isPushing = true;
    const line = this.#line;
    try {
      const some = waiting.slice(0, mostAtOnce);
      this.sent = Math.max(this.sent, some.length);
      const state = await line.call('Pousser', getSyncedVersion(this.view.state), this.confirmed + 1, some.map(update => update.changes));
      // What was accepted comes back with the others' changes, in its place among them.
      this.isTooLong = state === tooLong;
      if (state === refused) this.#rights(false);
      else if (state === gone || state === unfit) await this.#merge();
      else if (state === behind) line.close();
    } catch { line.close(); }
    this.#isPushing = false;
    this.#show();
    if (!this.isTooLong && this.isJoined && sendableUpdates(this.view.state).length > this.sent) this.#push();
  }

  #updated(update) {
    if (update.docChanged) {
      this.#keepSoon();
      this.#show();
      queueMicrotask(() => this.#push());
    }
    if (update.selectionSet || update.focusChanged) this.#pointSoon();
  }

  #keepSoon() {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep(), 300);
  }

  /** Whether something is on its way that will be acknowledged any moment. */
  get isSending() { return this.isJoined && this.mayWrite && !this.isTooLong && sendableUpdates(this.view.state).length > 0; }

  /** Waits until all is acknowledged, for as long as somebody who has pressed a button waits. */
  async settle() {
    const late = Date.now() + 3000;
    do await new Promise(done => setTimeout(done, 50)); while (this.isSending && Date.now() < late);
  }

  /** The text that what is not acknowledged was typed over, as its form is sent; what goes with the form is not sent again once that is saved. */
  sent(isSaving) {
    if (!this.client) return undefined;
    this.keep();
    if (!isSaving) return this.base.toString();
    if (this.isReady ? sendableUpdates(this.view.state).length : !this.view.state.doc.eq(this.base)) markSent(this.prefix + this.client);
    return this.base.toString();
  }

  /** What is not acknowledged, with the text that it was typed over. */
  keep() {
    if (!this.client || !this.view) return;
    if (!this.isReady) return this.#keepAlone();
    const waiting = sendableUpdates(this.view.state).map(update => update.changes);
    if (!waiting.length) return store(this.prefix + this.client, null);
    const changes = waiting.slice(0, this.sent);
    if (waiting.length > this.sent) changes.push(waiting.slice(this.sent).reduce((all, one) => all.compose(one)));
    store(this.prefix + this.client, JSON.stringify({ client: this.client, version: getSyncedVersion(this.view.state), text: this.base.toString(), first: this.confirmed + 1, changes }));
  }

  #keepAlone() {
    const mine = this.view.state.doc;
    const isKept = store(this.prefix + this.client, mine.eq(this.base) ? null : JSON.stringify({ client: this.client, base: this.base.toString(), mine: mine.toString() }));
    if (isKept === !this.isUnkept) return;
    this.isUnkept = !isKept;
    this.wasOffline = false;
    this.#show();
  }

  #show() {
    const { words } = this;
    if (this.isClosed) return;
    if (this.isAlone) {
      this.editor.tell(this.isUnkept ? words.nonGarde : words.sansLigne, this.isUnkept, this.wasOffline);
      this.wasOffline = true;
      return;
    }
    if (!this.isJoined) {
      this.editor.tell(this.isReady ? words.horsLigne : words.ouverture, false, this.wasOffline || !this.isReady);
      this.wasOffline = this.isReady;
    }
    else if (!this.mayWrite) this.editor.tell(words.lecture);
    else if (this.isTooLong) this.editor.tell(words.tropLong, true);
    else if (!sendableUpdates(this.view.state).length) this.#showSaved();
    // Most key strokes are acknowledged before anybody could read that they are on their way.
    else this.saving ??= setTimeout(() => { this.saving = null; if (this.isJoined && sendableUpdates(this.view.state).length) this.editor.tell(words.enCours, false, true); }, 500);
  }

  // Told once after bad news; shown, and not told, at each key stroke.
  #showSaved() {
    clearTimeout(this.saving);
    this.saving = null;
    this.editor.tell(this.words.enregistre, false, !this.wasOffline && !this.isMerged);
    this.wasOffline = false;
    this.isMerged = false;
  }

  #rights(mayWrite) {
    this.mayWrite = mayWrite;
    this.editor.lock(!mayWrite);
    this.editor.showTogether(mayWrite);
    this.#show();
    this.#push();
  }

  #close() {
    this.isClosed = true;
    this.#isOver = true;
    this.keep();
    this.editor.lock(true);
    this.editor.tell(this.words.ferme, true);
    this.#line?.close();
  }

  #present(people) {
    this.#people = people.filter(person => person.client !== this.client).map(person => ({ ...person, court: person.nom.split(' ')[0], teinte: hueOf(person.identifiant) }));
    const gone = this.isReady ? [...this.view.state.field(cursors).keys()].filter(client => !this.#people.some(person => person.client === client)) : [];
    if (gone.length) this.view.dispatch({ effects: gone.map(client => pointed.of({ client })) });
    this.#tellPeople();
  }

  #tellPeople() {
    const { words } = this;
    const names = [...new Set(this.#people.map(person => person.nom))];
    const writing = [...new Set(this.#people.filter(person => this.#writing.has(person.client)).map(person => person.nom))];
    this.editor.tellPeople([names.length ? words.presents.replace('{0}', list(names)) : words.seul, writing.length ? words.ecrivent.replace('{0}', list(writing)) : '']);
  }

  // Whoever has just written has the cursor there.
  #wrote(client, set) {
    const person = this.#people.find(one => one.client === client);
    if (!person) return;
    let at = null;
    set.iterChangedRanges((_from, _to, _start, to) => { at = to; });
    if (at !== null) this.#point(client, 0, at, at);
    const isNew = !this.#writing.has(client);
    clearTimeout(this.#writing.get(client));
    this.#writing.set(client, setTimeout(() => { this.#writing.delete(client); this.#tellPeople(); }, 3000));
    if (isNew) this.#tellPeople();
  }

  #point(client, version, anchor, head) {
    const person = this.#people.find(one => one.client === client);
    if (!person || !this.isReady) return;
    // The place is one of the platform's text: here what is not sent yet is in it too.
    const here = at => Math.min(this.view.state.doc.length, sendableUpdates(this.view.state).reduce((place, update) => place <= update.changes.length ? update.changes.mapPos(place, 1) : place, at));
    this.view.dispatch({ effects: pointed.of({ client, person, anchor: here(anchor), head: here(head) }) });
  }

  #pointSoon() {
    if (this.pointing) return;
    this.pointing = setTimeout(() => {
      this.pointing = null;
      if (!this.isJoined || sendableUpdates(this.view.state).length) return;
      const { anchor, head } = this.view.state.selection.main;
      this.#line?.tell('Curseur', getSyncedVersion(this.view.state), anchor, head);
    }, 250);
  }
}
