// Bundles the design system into wwwroot/dist: one style sheet, the common script, one sprite of icons.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { hueStyles } from './teintes.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const dist = join(root, 'wwwroot', 'dist');
const target = ['chrome123', 'firefox121', 'safari17.5'];

// A rename is atomic: a server that reads while a second build writes never sees half a file.
async function put(path, content) {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}

const generatedHues = {
  name: 'hues',
  setup(bundler) {
    bundler.onResolve({ filter: /teintes\.css$/ }, () => ({ path: 'teintes', namespace: 'hues' }));
    bundler.onLoad({ filter: /.*/, namespace: 'hues' }, () => ({ contents: hueStyles(), loader: 'css' }));
  },
};

async function bundle(options) {
  const result = await build({
    bundle: true, minify: true, write: false, outdir: dist, target, charset: 'utf8', legalComments: 'none', logLevel: 'warning', ...options,
  });
  for (const file of result.outputFiles) await put(file.path, file.contents);
}

async function sprite() {
  const names = JSON.parse(await readFile(join(here, 'icones.json'), 'utf8'));
  const license = (await readFile(join(root, 'node_modules/lucide-static/package.json'), 'utf8'));
  const version = JSON.parse(license).version;
  const symbols = await Promise.all(names.map(async name => {
    const svg = await readFile(join(root, 'node_modules/lucide-static/icons', `${name}.svg`), 'utf8');
    const inner = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).replace(/\s*\n\s*/g, '').replace(/ \/>/g, '/>');
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
  }));
  await put(join(dist, 'icones.svg'), `<svg xmlns="http://www.w3.org/2000/svg"><!-- lucide-static ${version}, ISC -->\n${symbols.join('\n')}\n</svg>\n`);
}

await mkdir(dist, { recursive: true });
await Promise.all([
  bundle({ entryPoints: { trame: join(here, 'css/trame.css') }, plugins: [generatedHues] }),
  bundle({ entryPoints: { commun: join(here, 'js/commun.js'), redaction: join(here, 'js/redaction.js'), motdepasse: join(here, 'js/motdepasse.js'), tableau: join(here, 'js/tableau.js'), editeur: join(here, 'js/editeur.js'), depot: join(here, 'js/depot.js'), tus: join(here, 'js/tus.js') }, format: 'esm', external: ['./redaction.js', './motdepasse.js', './tus.js'] }),
  sprite(),
]);
