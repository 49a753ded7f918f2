import mermaid from 'mermaid';

/** Longest source and most lines between boxes that are drawn. */
const maxSourceChars = 10_000;
const maxEdges = 250;
/** Longest wait for one diagram. */
const patienceMs = 8_000;

/** What a diagram may not set about how it is drawn, in `%%{init}%%` or its front matter: anything but its own kind's layout. */
const secureKeys = (
  'secure securityLevel startOnLoad maxTextSize maxEdges suppressErrorRendering htmlLabels forceLegacyMathML legacyMathML ' +
  'theme themeCSS themeVariables fontFamily altFontFamily dompurifyConfig look layout elk logLevel'
).split(' ');

export interface DrawnDiagram {
  /** An SVG image as a data address. */
  readonly url: string;
  readonly widthPx: number;
}

let drawing: Promise<unknown> = Promise.resolve();
let drawnCount = 0;

/**
 * Draws a Mermaid diagram as an image; null where it cannot be. As an image an SVG runs no script, loads nothing and leads
 * nowhere, whatever the source has smuggled into it. One after another: the library has one configuration for all.
 */
export function drawDiagram(source: string, isDark: boolean): Promise<DrawnDiagram | null> {
  const next = drawing.then(() => Promise.race([draw(source, isDark), afterPatience()])).catch(() => null);
  drawing = next;
  return next;
}

/** A diagram can wait for what never comes, such as a picture the page refuses to load; the next one must not. */
function afterPatience(): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), patienceMs));
}

async function draw(source: string, isDark: boolean): Promise<DrawnDiagram | null> {
  if (source.length > maxSourceChars) return null;
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    secure: secureKeys,
    suppressErrorRendering: true,
    maxTextSize: maxSourceChars,
    maxEdges,
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    theme: isDark ? 'dark' : 'neutral',
    fontFamily: 'system-ui, sans-serif',
    logLevel: 'fatal',
  });
  // Texts are measured in the page, out of sight, in the font they are drawn with.
  const place = document.createElement('div');
  place.className = 'diagram-drawing-place';
  document.body.append(place);
  try {
    drawnCount += 1;
    const { svg } = await mermaid.render(`diagram-${String(drawnCount)}`, source, place);
    return toImage(svg);
  } finally {
    place.remove();
  }
}

function toImage(markup: string): DrawnDiagram | null {
  // A template's content is not part of the page: nothing in it is run or loaded while it is read.
  const template = document.createElement('template');
  template.innerHTML = markup;
  const svg = template.content.querySelector('svg');
  if (svg === null) return null;
  const [, , width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/u).map(Number);
  if (!(width > 0 && height > 0)) return null;
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  const xml = new XMLSerializer().serializeToString(svg);
  return { url: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(xml)}`, widthPx: Math.ceil(width) };
}
