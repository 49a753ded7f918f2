/** Pieces of one line that follow each other without a gap. */
export interface Segment {
  /** Places in the list of pieces. */
  readonly items: number[];
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Characters; one that is as wide as high counts as two. */
  weight: number;
}

/** A vertical strip that columns leave between them. */
interface Gutter {
  readonly left: number;
  readonly right: number;
}

/** In heights of the letters. */
const minGutterHeights = 0.6;
/** Of all lines, at most this share runs across a gutter. */
const maxCrossingShare = 0.4;
/** A gutter lies at least this far from either edge of the text, as a share of its width. */
const gutterMargin = 0.2;
const minColumnLines = 3;
/** A region is looked at in strips a unit wide, at most so many; of a narrower one there is nothing to tell. */
const maxBins = 2_000;
const minBins = 10;
/** What tells a column of sentences from one of cells: how much its middle line holds, and how many lines fill it how far. */
const minLineWeight = 18;
const filledShare = 0.7;
const minFilledLines = 0.5;

/**
 * Segments of a region, column by column where it has columns, else as they were. After Nagy and Seth, Hierarchical representation of
 * optically scanned documents (recursive X-Y cut), ICPR 1984.
 */
export function inColumns(segments: readonly Segment[], isRightToLeft: boolean): readonly Segment[] {
  const gutter = findGutter(segments);
  if (gutter === null) return segments;
  const middle = (gutter.left + gutter.right) / 2;
  const groups = bandsOf(segments, middle).flatMap((band) => (band.isAcross ? [band] : groupsOf(band.segments, middle)));
  if (!groups.some(({ kind }) => kind === 'columns')) return segments;
  return groups.flatMap(({ kind, segments: own }) => {
    if (kind !== 'columns') return own;
    const { left, right } = sidesOf(own, middle);
    const columns = [inColumns(left, isRightToLeft), inColumns(right, isRightToLeft)];
    return (isRightToLeft ? columns.toReversed() : columns).flat();
  });
}

/** What lies together between two wide lines, and how it is read. */
interface Group {
  /** `side`: something on one side of the gutter only, which may be the rest of a column. */
  readonly kind: 'columns' | 'side' | 'plain';
  readonly segments: readonly Segment[];
}

/** Parts of a band with white space above and below, those of the same columns together again. */
function groupsOf(segments: readonly Segment[], middle: number): Group[] {
  const groups: Group[] = [];
  for (const part of partsOf(segments)) {
    const { left, right } = sidesOf(part, middle);
    const isSide = left.length === 0 || right.length === 0;
    const kind = isColumn(left) && isColumn(right) ? 'columns' : isSide ? 'side' : 'plain';
    const last = groups.at(-1);
    const goesOn = (last?.kind === 'columns' && kind !== 'plain') || (last?.kind === 'side' && kind === 'columns');
    if (last === undefined || !goesOn) groups.push({ kind, segments: part });
    else groups.splice(-1, 1, { kind: 'columns', segments: [...last.segments, ...part] });
  }
  return groups;
}

/** Cuts at white strips that go across, from top to bottom; each part in the order of the file. */
function partsOf(segments: readonly Segment[]): Segment[][] {
  const partOf = new Map<Segment, number>();
  let [part, lowest] = [0, Infinity];
  for (const segment of segments.toSorted((a, b) => a.top - b.top)) {
    if (segment.top - lowest > segment.bottom - segment.top) part += 1;
    lowest = partOf.size === 0 ? segment.bottom : Math.max(lowest, segment.bottom);
    partOf.set(segment, part);
  }
  const parts = Array.from({ length: part + 1 }, (): Segment[] => []);
  for (const segment of segments) parts[partOf.get(segment) ?? 0]?.push(segment);
  return parts;
}

function sidesOf(segments: readonly Segment[], middle: number): { left: Segment[]; right: Segment[] } {
  return {
    left: segments.filter(({ right }) => right <= middle),
    right: segments.filter(({ left }) => left >= middle),
  };
}

/** The widest strip in the middle of a region that the fewest lines cross; null where there is none worth the name. */
function findGutter(segments: readonly Segment[]): Gutter | null {
  if (segments.length < 2 * minColumnLines) return null;
  const left = Math.min(...segments.map((segment) => segment.left));
  const width = Math.max(...segments.map((segment) => segment.right)) - left;
  const binCount = Math.min(maxBins, Math.ceil(width));
  if (!(binCount >= minBins)) return null;
  const crossings = new Int32Array(binCount + 1);
  const binOf = (x: number): number => Math.max(0, Math.min(binCount, Math.round(((x - left) / width) * binCount)));
  for (const segment of segments) {
    crossings[binOf(segment.left)] = (crossings[binOf(segment.left)] ?? 0) + 1;
    crossings[binOf(segment.right)] = (crossings[binOf(segment.right)] ?? 0) - 1;
  }
  for (let bin = 1; bin <= binCount; bin += 1) crossings[bin] = (crossings[bin] ?? 0) + (crossings[bin - 1] ?? 0);
  const [first, last] = [Math.ceil(binCount * gutterMargin), Math.floor(binCount * (1 - gutterMargin))];
  const fewest = Math.min(...crossings.subarray(first, last));
  let [from, to] = [0, 0];
  for (let bin = first, start = first; bin < last; bin += 1) {
    if (crossings[bin] !== fewest) start = bin + 1;
    else if (bin + 1 - start > to - from) [from, to] = [start, bin + 1];
  }
  const gutterWidth = ((to - from) / binCount) * width;
  const heights = segments.map(({ top, bottom }) => bottom - top);
  if (fewest > segments.length * maxCrossingShare || gutterWidth < median(heights) * minGutterHeights) return null;
  return { left: left + (from / binCount) * width, right: left + (to / binCount) * width };
}

interface Band {
  readonly isAcross: boolean;
  readonly kind: 'plain';
  /** In the order of the file. */
  readonly segments: Segment[];
}

/** Cuts a region from top to bottom into what runs across a gutter, with all that stands beside it, and what does not. */
function bandsOf(segments: readonly Segment[], middle: number): Band[] {
  const across: { top: number; bottom: number }[] = [];
  for (const { top, bottom } of segments.filter(({ left, right }) => left < middle && right > middle).toSorted((a, b) => a.top - b.top)) {
    const last = across.at(-1);
    if (last !== undefined && top - last.bottom < bottom - top) last.bottom = Math.max(last.bottom, bottom);
    else across.push({ top, bottom });
  }
  // Even places are between, odd ones across.
  const bands = Array.from({ length: 2 * across.length + 1 }, (_, index): Band => ({
    isAcross: index % 2 === 1,
    kind: 'plain',
    segments: [],
  }));
  for (const segment of segments) {
    const height = (segment.top + segment.bottom) / 2;
    const above = across.filter(({ bottom }) => bottom < height).length;
    const isBeside = (across[above]?.top ?? Infinity) <= height;
    bands[2 * above + (isBeside ? 1 : 0)]?.segments.push(segment);
  }
  return bands;
}

/** Lines of sentences, as opposed to cells of a table or a list of names. */
function isColumn(segments: readonly Segment[]): boolean {
  if (segments.length < minColumnLines) return false;
  const width = Math.max(...segments.map(({ right }) => right)) - Math.min(...segments.map(({ left }) => left));
  const filled = segments.filter(({ left, right }) => right - left > width * filledShare).length;
  return median(segments.map(({ weight }) => weight)) >= minLineWeight && filled >= segments.length * minFilledLines;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
