import { inColumns, type Segment } from './text-columns.ts';

/** A piece of text as it stands on a page. Units of the page, 0 at its upper left corner. */
export interface PlacedText {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** It is written along a horizontal line, left to right in its own script's direction. */
  readonly isUpright: boolean;
  readonly isRightToLeft: boolean;
}

/** What pdf.js tells of a piece of text. Its `transform` places it in the file's units. */
export interface PdfText {
  readonly str: string;
  readonly dir: string;
  readonly transform: readonly unknown[];
  readonly width: number;
  readonly height: number;
}

/** Places in the list of pieces, in the order in which a person reads them. */
export interface ReadingOrder {
  /** What stands apart at the upper edge, as running heads do. */
  readonly head: readonly number[];
  readonly body: readonly number[];
  /** What stands apart at the lower edge, as page numbers do. */
  readonly foot: readonly number[];
}

/** Gaps within a line, in heights of its letters, that are wider stand between columns or cells. */
const maxGapHeights = 0.7;
/** Share of a page's height at either edge in which running heads and page numbers stand. */
const edgeShare = 0.12;
const maxEdgeLines = 3;
/** Between a running head and the text lies at least this, in heights of its letters; between two lines of a text there is less. */
const minEdgeGapHeights = 1;
/** Share of a page's text that may be turned, or written in columns of letters, before its order is left alone. */
const maxTurnedShare = 0.2;
/** A page of more is a drawing. */
const maxSegments = 5_000;
/** Places a piece of pdf.js's by the viewport's transform (at scale 1). `isVertical`: its font is written downwards. */
export function placeText(item: PdfText, viewportTransform: readonly unknown[], isVertical: boolean): PlacedText {
  const [a = 1, b = 0, , , e = 0, f = 0] = item.transform.map(Number);
  const [va = 1, vb = 0, vc = 0, vd = 1, ve = 0, vf = 0] = viewportTransform.map(Number);
  const [left, bottom] = [va * e + vc * f + ve, vb * e + vd * f + vf];
  const [along, across] = [va * a + vc * b, vb * a + vd * b];
  const isUpright = !isVertical && along > 0 && Math.abs(across) < along * 0.02;
  return {
    text: item.str,
    left,
    right: left + item.width,
    top: bottom - item.height,
    bottom,
    isUpright,
    isRightToLeft: item.dir === 'rtl',
  };
}

/**
 * The order in which a page is read: one column after the other, and what stands across them between. A page whose columns cannot be
 * told for sure keeps the order of its file, which mostly is the right one. Every piece has its place exactly once.
 */
export function readingOrder(items: readonly PlacedText[], pageHeight: number): ReadingOrder {
  const written = items.filter(({ text }) => text.trim() !== '');
  const turned = written.filter(({ isUpright }) => !isUpright);
  if (turned.length > written.length * maxTurnedShare) return asInFile(items);
  const segments = segmentsOf(items);
  if (segments.length > maxSegments) return asInFile(items);
  const { head, body, foot } = withoutEdges(segments, pageHeight);
  const isRightToLeft = written.filter((item) => item.isRightToLeft).length > written.length / 2;
  const itemsOf = (part: readonly Segment[]): number[] => part.flatMap((segment) => segment.items);
  // What is written along the edge of a page is no part of its text.
  const aside = items.flatMap(({ text, isUpright }, index) => (text.trim() !== '' && !isUpright ? [index] : []));
  return { head: itemsOf(head), body: itemsOf(inColumns(body, isRightToLeft)), foot: [...itemsOf(foot), ...aside] };
}

function asInFile(items: readonly PlacedText[]): ReadingOrder {
  return { head: [], body: items.map((_, index) => index), foot: [] };
}

function segmentsOf(items: readonly PlacedText[]): Segment[] {
  const segments: Segment[] = [];
  const leading: number[] = [];
  let last: Segment | undefined;
  for (const [index, item] of items.entries()) {
    if (item.text.trim() === '') {
      (last?.items ?? leading).push(index);
      continue;
    }
    if (!item.isUpright) continue;
    if (last === undefined || !continues(last, item)) {
      last = { items: leading.splice(0), left: item.left, right: item.right, top: item.top, bottom: item.bottom, weight: 0 };
      segments.push(last);
    }
    last.items.push(index);
    last.left = Math.min(last.left, item.left);
    last.right = Math.max(last.right, item.right);
    last.top = Math.min(last.top, item.top);
    last.bottom = Math.max(last.bottom, item.bottom);
    last.weight += weightOf(item.text);
  }
  // Of a page without any words.
  if (leading.length > 0) segments.push({ items: leading, left: 0, right: 0, top: 0, bottom: 0, weight: 0 });
  return segments;
}

function continues(segment: Segment, item: PlacedText): boolean {
  const height = Math.max(segment.bottom - segment.top, item.bottom - item.top);
  const isSameLine = Math.abs(item.bottom - segment.bottom) < height / 2;
  const gap = Math.max(item.left - segment.right, segment.left - item.right);
  return isSameLine && gap < height * maxGapHeights;
}

function weightOf(text: string): number {
  return text.length + (text.match(/[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]/g)?.length ?? 0);
}

function withoutEdges(segments: readonly Segment[], pageHeight: number): Record<keyof ReadingOrder, readonly Segment[]> {
  const lines = linesOf(segments);
  const headCount = edgeLineCount(lines, ({ bottom }) => bottom < pageHeight * edgeShare, 1);
  const footCount = edgeLineCount(lines.toReversed(), ({ top }) => top > pageHeight * (1 - edgeShare), -1);
  const head = new Set(lines.slice(0, headCount).flatMap((line) => line.segments));
  const foot = new Set(lines.slice(lines.length - footCount).flatMap((line) => line.segments));
  const byPlace = (set: ReadonlySet<Segment>): Segment[] => [...set];
  return { head: byPlace(head), body: segments.filter((segment) => !head.has(segment) && !foot.has(segment)), foot: byPlace(foot) };
}

interface Line {
  readonly segments: Segment[];
  top: number;
  bottom: number;
}

/** Segments by line from the top, each from the left. */
function linesOf(segments: readonly Segment[]): Line[] {
  const lines: Line[] = [];
  for (const segment of segments.toSorted((a, b) => a.bottom - b.bottom || a.left - b.left)) {
    const line = lines.at(-1);
    if (line !== undefined && segment.bottom - line.bottom < (segment.bottom - segment.top) / 2) {
      line.segments.push(segment);
      line.top = Math.min(line.top, segment.top);
      line.bottom = Math.max(line.bottom, segment.bottom);
    } else lines.push({ segments: [segment], top: segment.top, bottom: segment.bottom });
  }
  for (const line of lines) line.segments.sort((a, b) => a.left - b.left);
  return lines;
}

/** How many lines from an edge on stand apart from the text. `direction`: 1 from the upper edge, -1 from the lower. */
function edgeLineCount(lines: readonly Line[], isAtEdge: (line: Line) => boolean, direction: 1 | -1): number {
  for (let count = Math.min(maxEdgeLines, lines.length - 1); count > 0; count -= 1) {
    const [last, next] = [lines[count - 1], lines[count]];
    if (last === undefined || next === undefined || !isAtEdge(last)) continue;
    const gap = direction === 1 ? next.top - last.bottom : last.top - next.bottom;
    if (gap >= (last.bottom - last.top) * minEdgeGapHeights) return count;
  }
  return 0;
}
