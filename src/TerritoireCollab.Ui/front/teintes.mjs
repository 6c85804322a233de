// The 36 hue classes, and the proof that none of them breaks the contrast promised by the tokens.
const surfaces = { light: ['#fbfaf7', '#ffffff', '#f1efe9'], dark: ['#14181a', '#1c2124', '#262c30'] };
const shades = {
  light: { strong: [.47, .11], soft: [.95, .022], ink: [.37, .085] },
  dark: { strong: [.78, .095], soft: [.3, .03], ink: [.92, .04] },
};

function luminanceOfHex(hex) {
  const channel = i => {
    const v = parseInt(hex.slice(i, i + 2), 16) / 255;
    return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  };
  return .2126 * channel(1) + .7152 * channel(3) + .0722 * channel(5);
}

// Oklab to linear sRGB (Björn Ottosson's matrices), clipped as browsers clip.
function luminanceOfOklch([lightness, chroma], hue) {
  const a = chroma * Math.cos(hue * Math.PI / 180);
  const b = chroma * Math.sin(hue * Math.PI / 180);
  const l = (lightness + .3963377774 * a + .2158037573 * b) ** 3;
  const m = (lightness - .1055613458 * a - .0638541728 * b) ** 3;
  const s = (lightness - .0894841775 * a - 1.291485548 * b) ** 3;
  const clip = v => Math.min(1, Math.max(0, v));
  return .2126 * clip(4.0767416621 * l - 3.3077115913 * m + .2309699292 * s)
    + .7152 * clip(-1.2684380046 * l + 2.6097574011 * m - .3413193965 * s)
    + .0722 * clip(-.0041960863 * l - .7034186147 * m + 1.707614701 * s);
}

const contrast = (x, y) => (Math.max(x, y) + .05) / (Math.min(x, y) + .05);

function check(hue) {
  for (const scheme of ['light', 'dark']) {
    const { strong, soft, ink } = shades[scheme];
    const [s, f, i] = [strong, soft, ink].map(shade => luminanceOfOklch(shade, hue));
    const ratios = [...surfaces[scheme].map(c => contrast(s, luminanceOfHex(c))), contrast(s, f), contrast(i, f)];
    const worst = Math.min(...ratios);
    if (worst < 4.5) throw new Error(`teinte-${hue}, ${scheme}: contrast ${worst.toFixed(2)} is below 4.5`);
  }
}

/** Rules `.teinte-0` to `.teinte-350`; throws when a hue would not be readable. */
export function hueStyles() {
  let rules = '';
  for (let hue = 0; hue < 360; hue += 10) {
    check(hue);
    rules += `.teinte-${hue}{--h:${hue}}`;
  }
  return rules;
}
