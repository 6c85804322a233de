// The editor stands in a shadow root: its styles are constructed sheets, which the content policy allows, and the page's own navigation does
// not touch its elements. Colours are the tokens of the page, which are inherited.
export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { display: block; border: 1px solid var(--bordure); border-radius: var(--rayon); background: var(--surface); color: var(--texte); min-width: 0 }
:host(:focus-within) { outline: 2px solid var(--focus); outline-offset: 2px }
.barre { display: flex; flex-wrap: wrap; gap: .25rem; padding: .3rem; background: var(--surface-2); border-bottom: 1px solid var(--bordure); border-radius: var(--rayon) var(--rayon) 0 0; position: sticky; top: 0; z-index: 2 }
@media (max-width: 40rem) { .barre { position: static } }
.barre button { min-height: 2rem; padding: .15rem .65rem; border: 1px solid transparent; border-radius: .25rem; background: none; color: inherit; font: inherit; font-size: .9375rem; cursor: pointer }
.barre button:hover { background: var(--surface); color: var(--primaire) }
.barre button:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px }
.cadre { position: relative }
.titres { position: absolute; z-index: 3; box-sizing: border-box; min-width: 14rem; max-width: 100%; margin: 0; padding: .3rem; list-style: none; background: var(--surface); border: 1px solid var(--bordure); border-radius: var(--rayon); box-shadow: var(--ombre) }
.titres li { padding: .45rem .7rem; border-radius: .25rem; cursor: pointer; overflow-wrap: anywhere }
.titres [aria-selected="true"] { background: var(--t-doux, var(--surface-2)); outline: 1px solid transparent; box-shadow: inset 3px 0 var(--primaire) }
.titres small { display: block; color: var(--discret) }
.pied { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; padding: .35rem .8rem; border-top: 1px solid var(--ligne); color: var(--discret); font-size: .875rem; line-height: 1.4 }
.pied p { margin: 0 }
.pied p:focus { outline: none }
.pied p:empty:not(.masque) { display: none }
.pied .alerte { color: var(--erreur); font-weight: 600 }
.masque { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@media (forced-colors: active) { .barre button { border-color: ButtonBorder } }
@media print { :host { display: none } }
`);

export const theme = {
  '&': { color: 'var(--texte)', backgroundColor: 'transparent', fontSize: '1rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--police)', lineHeight: '1.6', overflowX: 'hidden' },
  '.cm-content': { minHeight: '14rem', padding: '.8rem 0', caretColor: 'var(--texte)' },
  '.cm-line': { padding: '0 1rem', overflowWrap: 'anywhere' },
  '.cm-placeholder': { color: 'var(--discret)' },
  '.cm-t1': { font: '600 1.75rem/1.3 var(--police-titre)' },
  '.cm-t2': { font: '600 1.4rem/1.35 var(--police-titre)' },
  '.cm-t3': { font: '600 1.15rem/1.4 var(--police-titre)' },
  '.cm-gras': { fontWeight: '700' },
  '.cm-italique': { fontStyle: 'italic' },
  '.cm-barre': { textDecoration: 'line-through' },
  '.cm-code, .cm-bloc, .cm-tableau': { fontFamily: 'ui-monospace, monospace', fontSize: '.92em' },
  '.cm-bloc, .cm-code': { backgroundColor: 'var(--surface-2)' },
  '.cm-lien': { color: 'var(--primaire)', textDecoration: 'underline' },
  '.cm-citation': { borderLeft: '4px solid var(--ligne)', color: 'var(--discret)' },
  '.cm-signe': { color: 'var(--discret)' },
  '.cm-personne': { position: 'relative', borderLeft: '2px solid var(--t)', marginLeft: '-1px', marginRight: '-1px' },
  '.cm-personne > span': {
    position: 'absolute', bottom: '100%', left: '-2px', padding: '0 .35em', font: '600 .75rem/1.35 var(--police)', whiteSpace: 'nowrap', borderRadius: '.25rem .25rem .25rem 0',
    color: 'var(--t-encre)', backgroundColor: 'var(--t-doux)', border: '1px solid var(--t)', pointerEvents: 'none', zIndex: '1',
  },
  '.cm-choix': { backgroundColor: 'var(--t-doux)' },
};

/** The shades of a person's hue, as the style sheet of the page derives them. */
export function tint(element, hue) {
  const shades = { '--t': ['.47 .11', '.78 .095'], '--t-doux': ['.95 .022', '.3 .03'], '--t-encre': ['.37 .085', '.92 .04'] };
  for (const [name, [light, dark]] of Object.entries(shades)) element.style.setProperty(name, `light-dark(oklch(${light} ${hue}), oklch(${dark} ${hue}))`);
}
