// The toolbar in words, and what each of its buttons does to the text.
import { EditorSelection } from '@codemirror/state';

function wrap(sign, words) {
  return view => view.dispatch(view.state.changeByRange(range => {
    const { doc } = view.state;
    const isIn = doc.sliceString(range.from - sign.length, range.from) === sign && doc.sliceString(range.to, range.to + sign.length) === sign;
    if (isIn && !range.empty) return { changes: [{ from: range.from - sign.length, to: range.from }, { from: range.to, to: range.to + sign.length }], range: EditorSelection.range(range.from - sign.length, range.to - sign.length) };
    const text = range.empty ? words : doc.sliceString(range.from, range.to);
    return { changes: { from: range.from, to: range.to, insert: sign + text + sign }, range: EditorSelection.range(range.from + sign.length, range.from + sign.length + text.length) };
  }), { scrollIntoView: true, userEvent: 'input' });
}

// A second press takes the signs away.
function begin(sign, known) {
  return view => {
    const { doc, selection: { main } } = view.state;
    const chosen = [];
    for (let at = doc.lineAt(main.from).number; at <= doc.lineAt(main.to).number; at++) chosen.push(doc.line(at));
    const has = chosen.every(line => known.test(line.text));
    const changes = chosen.map((line, i) => {
      const before = /^(#{1,6} |[-*+] |\d+[.)] |> )?/.exec(line.text)[0];
      const old = has ? known.exec(line.text)[0] : sign === '> ' ? '' : before;
      return { from: line.from, to: line.from + old.length, insert: has ? '' : typeof sign === 'string' ? sign : sign(i) };
    });
    view.dispatch({ changes, scrollIntoView: true, userEvent: 'input' });
  };
}

function link(words) {
  return view => {
    const { main } = view.state.selection;
    const text = view.state.sliceDoc(main.from, main.to) || words;
    const start = main.from + text.length + 3;
    view.dispatch({ changes: { from: main.from, to: main.to, insert: `[${text}](https://)` }, selection: { anchor: start, head: start + 8 }, scrollIntoView: true, userEvent: 'input' });
  };
}

// The title is chosen, or typed, between the brackets.
function pageLink(view) {
  const { main } = view.state.selection;
  const text = view.state.sliceDoc(main.from, main.to).replaceAll('\n', ' ');
  view.dispatch({ changes: { from: main.from, to: main.to, insert: `[[${text}]]` }, selection: { anchor: main.from + 2 + text.length }, scrollIntoView: true, userEvent: 'input' });
}

/** Inserts a block of lines of its own after the line of the cursor. */
export function insertBlock(view, text, at = view.state.selection.main.head) {
  const line = view.state.doc.lineAt(at);
  const before = line.text.trim() === '' ? '' : '\n\n';
  const from = line.text.trim() === '' ? line.from : line.to;
  view.dispatch({ changes: { from, to: line.to, insert: `${before}${text}\n` }, selection: { anchor: from + before.length + text.length }, scrollIntoView: true, userEvent: 'input' });
}

/** The commands by name; `words` are those of the page's language. */
export const commands = words => ({
  gras: wrap('**', words.texteGras),
  italique: wrap('*', words.texteItalique),
  titre: begin('## ', /^#{1,6} /),
  liste: begin('- ', /^[-*+] /),
  numeros: begin(i => `${i + 1}. `, /^\d+[.)] /),
  lien: link(words.texteLien),
  page: pageLink,
  tableau: view => insertBlock(view, words.modeleTableau),
  citation: begin('> ', /^> ?/),
});

/** Builds the toolbar: one stop of the Tab key, arrows inside. */
export function toolbar(words, run, leave) {
  const bar = document.createElement('div');
  bar.className = 'barre';
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', words.barre);
  for (const name of ['gras', 'italique', 'titre', 'liste', 'numeros', 'lien', 'page', 'tableau', 'citation', 'fichier']) {
    if (!words[name]) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = words[name];
    button.dataset.commande = name;
    button.tabIndex = bar.children.length ? -1 : 0;
    button.addEventListener('click', () => run(name));
    bar.append(button);
  }
  const focus = button => {
    for (const one of bar.children) one.tabIndex = one === button ? 0 : -1;
    button.focus();
  };
  bar.addEventListener('keydown', event => {
    const buttons = [...bar.children];
    const at = buttons.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Escape') leave();
    else if (to === undefined) return;
    else focus(buttons.at(to % buttons.length));
    event.preventDefault();
    event.stopPropagation();
  });
  bar.enter = () => focus([...bar.children].find(button => button.tabIndex === 0));
  return bar;
}
