import type { PageStart, TextStructure } from './parsing/parsed-file.ts';

/** A paragraph, heading line or code fence: what is kept together when it fits. */
export interface TextBlock {
  /** UTF-16 code units; white space around the block is left out. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'heading' | 'fence' | 'paragraph';
  /** null where the text has no pages. */
  readonly page: number | null;
  /** Titles of the headings above, outermost first; a heading counts as above itself. */
  readonly headingPath: readonly string[];
}

interface Heading {
  readonly level: number;
  readonly title: string;
}

/** What is carried from line to line. */
interface Scan {
  readonly text: string;
  readonly pages: readonly PageStart[];
  headings: readonly Heading[];
  pageIndex: number;
  /** The block the next line may belong to. `fence` is the mark that will end it. */
  open: { readonly start: number; end: number; readonly fence: string | null } | null;
}

const headingLine = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/;
const fenceLine = /^ {0,3}(`{3,}|~{3,})/;
/** A line longer than this is neither a heading nor a fence, and not worth matching. */
const maxMarkupLineChars = 1_000;
const maxTitleChars = 200;

/**
 * The blocks of a text in order, together covering all of it but white space. Blank lines and page starts end a
 * paragraph; in Markdown headings and fences do too. Lazy and linear: each line is looked at once.
 */
export function* textBlocks(text: string, pages: readonly PageStart[], structure: TextStructure): Generator<TextBlock> {
  const scan: Scan = { text, pages, headings: [], pageIndex: -1, open: null };
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (start >= nextPageStart(scan)) {
      yield* closeBlock(scan);
      while (start >= nextPageStart(scan)) scan.pageIndex += 1;
    }
    const markup = structure === 'markdown' && end - start <= maxMarkupLineChars ? text.slice(start, end) : '';
    yield* takeLine(scan, start, end, markup);
    start = end + 1;
  }
  yield* closeBlock(scan);
}

function* takeLine(scan: Scan, start: number, end: number, markup: string): Generator<TextBlock> {
  const fence = fenceLine.exec(markup)?.[1] ?? null;
  if (scan.open !== null && scan.open.fence !== null) {
    scan.open.end = end;
    if (fence?.startsWith(scan.open.fence) === true) yield* closeBlock(scan);
    return;
  }
  if (fence !== null) {
    yield* closeBlock(scan);
    scan.open = { start, end, fence };
    return;
  }
  const [, marks, title] = headingLine.exec(markup) ?? [];
  if (marks !== undefined && title !== undefined) {
    yield* closeBlock(scan);
    const level = marks.length;
    scan.headings = [
      ...scan.headings.filter((heading) => heading.level < level),
      { level, title: withoutClosingMarks(title).slice(0, maxTitleChars).toWellFormed() },
    ];
    yield* trimmedBlock(scan, start, end, 'heading');
  } else if (isBlank(scan.text, start, end)) yield* closeBlock(scan);
  else if (scan.open === null) scan.open = { start, end, fence: null };
  else scan.open.end = end;
}

function* closeBlock(scan: Scan): Generator<TextBlock> {
  if (scan.open === null) return;
  const { start, end, fence } = scan.open;
  scan.open = null;
  yield* trimmedBlock(scan, start, end, fence === null ? 'paragraph' : 'fence');
}

function* trimmedBlock(scan: Scan, from: number, to: number, kind: TextBlock['kind']): Generator<TextBlock> {
  const [start, end] = trimmedRange(scan.text, from, to);
  if (start === end) return;
  yield { start, end, kind, page: scan.pages[scan.pageIndex]?.[0] ?? null, headingPath: scan.headings.map(({ title }) => title) };
}

/** Markdown lets a heading end as it began: `## Title ##`. */
function withoutClosingMarks(title: string): string {
  const trimmed = title.trimEnd();
  let end = trimmed.length;
  while (trimmed[end - 1] === '#') end -= 1;
  return /\s/.test(trimmed.charAt(end - 1)) ? trimmed.slice(0, end).trimEnd() : trimmed;
}

function nextPageStart(scan: Scan): number {
  return scan.pages[scan.pageIndex + 1]?.[1] ?? Infinity;
}

function isBlank(text: string, start: number, end: number): boolean {
  const [from, to] = trimmedRange(text, start, end);
  return from === to;
}

/** The range without the white space at its ends; `[start, start]` when there is nothing else. */
export function trimmedRange(text: string, from: number, to: number): readonly [start: number, end: number] {
  let start = from;
  while (start < to && isSpace(text, start)) start += 1;
  if (start === to) return [from, from];
  let end = to;
  while (isSpace(text, end - 1)) end -= 1;
  return [start, end];
}

/** White space as `\s` and `trim` have it; the common cases without a string. */
function isSpace(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code <= 0x20) return code === 0x20 || (code >= 9 && code <= 13);
  return code >= 0xa0 && text.charAt(index).trim() === '';
}
