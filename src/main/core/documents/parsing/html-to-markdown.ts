import { convert, type DomNode, type FormatCallback, type HtmlToTextOptions } from 'html-to-text';
import { maxTextChars, nestedTooDeeply } from './parsing-limits.ts';

/** Deeper than any real page, shallower than the call stack. */
const maxNesting = 800;
/** Stands where something lies deeper than that: a code point that is no character, and in no page. */
const omissionMark = '\ufdd0';

/** Tells a table of data from one that only lays out a page. */
const layoutTags: ReadonlySet<string> = new Set(['table', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'pre', 'article', 'section']);

/**
 * HTML as Markdown of the plainest kind: headings, lists, fenced code and one line for each table row; no links, images
 * or emphasis, so that a quotation reads as the page did. Throws AppError FILE_TOO_COMPLEX where that would leave out a part.
 */
export function htmlToMarkdown(html: string): string {
  const text = convert(html.replaceAll(omissionMark, ''), options).trim();
  if (text.includes(omissionMark)) throw nestedTooDeeply();
  return text;
}

// prettier-ignore
const skippedTags = [
  'rt', 'rp', 'img', 'hr', 'nav', 'script', 'style', 'noscript', 'template', 'svg', 'head', 'iframe', 'button', 'textarea', 'select', 'dialog',
];
const skippedTagSet: ReadonlySet<string> = new Set(skippedTags);
/** What a browser does not show. */
const hiddenSelectors = ['[hidden]', '[style*="display:none"]', '[style*="display: none"]'];

const writeHeading: FormatCallback = (element, walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 2 });
  builder.addLiteral(`${'#'.repeat(Number(element.name?.slice(1) ?? 1))} `);
  walk(element.children, builder);
  builder.closeBlock({ trailingLineBreaks: 2 });
};

const writeFence: FormatCallback = (element, walk, builder) => {
  builder.openBlock({ isPre: true, leadingLineBreaks: 2 });
  builder.addLiteral('```\n');
  walk(element.children, builder);
  builder.addLiteral('\n```');
  builder.closeBlock({ trailingLineBreaks: 2 });
};

const writeTable: FormatCallback = (element, walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 2 });
  if (descendants(element).some((node) => node !== element && layoutTags.has(node.name ?? ''))) walk(element.children, builder);
  else {
    for (const caption of descendants(element).filter(({ name }) => name === 'caption')) builder.addLiteral(`${textOf(caption)}\n`);
    for (const row of rowsOf(element)) builder.addLiteral(`${row.join(' | ')}\n`);
  }
  builder.closeBlock({ trailingLineBreaks: 2 });
};

const options: HtmlToTextOptions = {
  wordwrap: false,
  preserveNewlines: false,
  baseElements: { selectors: ['body'], returnDomByDefault: true },
  limits: { maxInputLength: maxTextChars * 4, maxDepth: maxNesting, ellipsis: omissionMark },
  formatters: { writeHeading, writeFence, writeTable },
  selectors: [
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, format: 'writeHeading' })),
    { selector: 'table', format: 'writeTable' },
    { selector: 'pre', format: 'writeFence' },
    { selector: 'a', format: 'inline' },
    { selector: 'ul', options: { itemPrefix: '- ', leadingLineBreaks: 2, trailingLineBreaks: 2 } },
    // The reading beside a Japanese word would end up in the middle of the sentence; the rest is not for reading.
    ...skippedTags.map((selector) => ({ selector, format: 'skip' })),
    ...hiddenSelectors.map((selector) => ({ selector, format: 'skip' })),
    ...['summary', 'dt', 'dd', 'figcaption'].map((selector) => ({ selector, format: 'block' })),
    // The way back from a footnote, as mammoth writes it.
    { selector: 'a[href^="#footnote-ref"]', format: 'skip' },
    { selector: 'a[href^="#endnote-ref"]', format: 'skip' },
  ],
};

/** A cell over several rows stands in each of them. */
function rowsOf(table: DomNode): string[][] {
  const rows = descendants(table).filter((node) => node.name === 'tr');
  /** By column: what reaches into the rows below, and into how many. */
  const tall = new Map<number, { readonly text: string; left: number }>();
  return rows
    .map((row) => {
      const own = (row.children ?? []).filter(isCell);
      const cells: string[] = [];
      while (own.length > 0 || tall.has(cells.length)) {
        const above = tall.get(cells.length);
        const cell = above === undefined ? own.shift() : undefined;
        const text = above?.text ?? (cell === undefined ? '' : textOf(cell));
        const left = (above?.left ?? spanOf(cell)) - 1;
        if (left > 0) tall.set(cells.length, { text, left });
        else tall.delete(cells.length);
        cells.push(text);
      }
      return cells;
    })
    .filter((cells) => cells.some((cell) => cell !== ''));
}

/** Rows a cell reaches over. A page may claim any number. */
function spanOf(cell: DomNode | undefined): number {
  const span = Number(cell?.attribs?.['rowspan'] ?? 1);
  return Number.isInteger(span) && span > 0 ? span : 1;
}

function isCell(node: DomNode): boolean {
  return node.name === 'td' || node.name === 'th';
}

function textOf(node: DomNode): string {
  return descendants(node).map(ownText).join('').replace(/\s+/g, ' ').trim();
}

function ownText(node: DomNode): string {
  if (node.type === 'text') return node.data ?? '';
  return node.name === 'br' || node.name === 'p' || node.name === 'div' ? ' ' : '';
}

/** The node and everything below it that is to be read, in document order; a loop, because the nesting is the file's choice. */
function descendants(root: DomNode): DomNode[] {
  const found: DomNode[] = [];
  const rest: DomNode[] = [root];
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    found.push(node);
    // Not spread: a table can have more rows than a call takes arguments.
    for (const child of (node.children ?? []).toReversed()) if (!skippedTagSet.has(child.name ?? '')) rest.push(child);
  }
  return found;
}
