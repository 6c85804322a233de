// Markdown as it will look: headings, lists and quotes are styled, and the signs are hidden but in the lines where one writes.
import { Language, defineLanguageFacet, syntaxTree } from '@codemirror/language';
import { Decoration, ViewPlugin, WidgetType } from '@codemirror/view';
import { parser, Strikethrough, Table, TaskList } from '@lezer/markdown';

export const markdown = new Language(defineLanguageFacet(), parser.configure([Table, Strikethrough, TaskList]), [], 'markdown');

const lines = Object.fromEntries(Object.entries({
  ATXHeading1: 't1', ATXHeading2: 't2', ATXHeading3: 't3', ATXHeading4: 't3', ATXHeading5: 't3', ATXHeading6: 't3', SetextHeading1: 't1', SetextHeading2: 't2',
  Blockquote: 'citation', FencedCode: 'bloc', CodeBlock: 'bloc', Table: 'tableau', HorizontalRule: 'signe',
}).map(([name, look]) => [name, Decoration.line({ class: `cm-${look}` })]));
const marks = Object.fromEntries(Object.entries({ StrongEmphasis: 'gras', Emphasis: 'italique', Strikethrough: 'barre', InlineCode: 'code', Link: 'lien' })
  .map(([name, look]) => [name, Decoration.mark({ class: `cm-${look}` })]));
const signs = new Set(['HeaderMark', 'EmphasisMark', 'StrikethroughMark', 'CodeMark', 'QuoteMark', 'LinkMark', 'URL', 'LinkTitle']);
const dim = Decoration.mark({ class: 'cm-signe' });
const hidden = Decoration.replace({});

class Bullet extends WidgetType {
  eq() { return true; }
  toDOM() {
    const dot = document.createElement('span');
    dot.textContent = '•';
    return dot;
  }
}
const bullet = Decoration.replace({ widget: new Bullet() });

// What a reader would not see. The address of a picture or of a bare link is all there is to see of it.
const isHidden = node => (node.name !== 'URL' && node.name !== 'LinkTitle' && node.name !== 'LinkMark') || node.node.parent.name === 'Link';

function decorate(view) {
  const { doc, selection } = view.state;
  const active = new Set();
  if (view.hasFocus) for (const { from, to } of selection.ranges) for (let at = doc.lineAt(from).number; at <= doc.lineAt(to).number; at++) active.add(at);
  const isActive = at => active.has(doc.lineAt(at).number);
  const found = [];
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from, to,
      enter(node) {
        if (lines[node.name]) {
          for (let at = Math.max(node.from, from); at <= Math.min(node.to, to);) {
            const line = doc.lineAt(at);
            found.push(lines[node.name].range(line.from));
            at = line.to + 1;
          }
        } else if (marks[node.name]) {
          if (node.from < node.to) found.push(marks[node.name].range(node.from, node.to));
        } else if (node.name === 'ListMark') {
          const isBullet = node.node.parent.parent?.name === 'BulletList' && node.node.nextSibling?.name !== 'Task';
          found.push((isBullet && !isActive(node.from) ? bullet : dim).range(node.from, node.to));
        } else if (signs.has(node.name) && node.from < node.to) {
          // The space that parts a sign from the words goes with it; a line break never does.
          const wide = (node.name === 'HeaderMark' || node.name === 'QuoteMark') && doc.sliceString(node.to, node.to + 1) === ' ' ? node.to + 1 : node.to;
          const isOneLine = doc.lineAt(node.from).to >= node.to;
          found.push(!isActive(node.from) && isHidden(node) && isOneLine ? hidden.range(node.from, wide) : dim.range(node.from, node.to));
        }
      },
    });
  }
  return Decoration.set(found, true);
}

export const appearance = ViewPlugin.fromClass(class {
  constructor(view) { this.decorations = decorate(view); }
  update(update) {
    if (update.docChanged || update.viewportChanged || update.selectionSet || update.focusChanged || syntaxTree(update.startState) !== syntaxTree(update.state)) this.decorations = decorate(update.view);
  }
}, { decorations: plugin => plugin.decorations });
