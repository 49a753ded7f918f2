import type { PlacedText } from '../../../../shared/reading-order.ts';

/** A piece of text and whether its line ends after it. */
export interface PageItem extends PlacedText {
  readonly endsLine: boolean;
}

/** Further apart than this, in units of 1/72 inch, two pieces stand on two lines; unless a raised one is as high as its line. */
const lineUnits = 4.6;
/** Further apart than this, two pieces on a line are cells of a table. */
const cellUnits = 7;
const cellSeparator = '\t';
/** In heights of the line: no space between two words is as wide. */
const cellGapHeights = 1.2;

/** Pieces of a page, in the order in which they are read, as lines of text. */
export function pageText(items: readonly PageItem[]): string {
  const parts: string[] = [];
  let last: PageItem | null = null;
  let lineHeight = 0;
  for (const item of items) {
    const drop = last === null ? 0 : Math.abs(item.bottom - last.bottom);
    const isAtLineStart = last === null || last.endsLine;
    if (!isAtLineStart && item.text.trim() !== '') {
      if (drop > lineUnits && drop - 1 > lineHeight) {
        parts.push('\n');
        lineHeight = 0;
      } else if (drop < lineUnits && last !== null && item.left - last.right > cellUnits) parts.push(cellSeparator);
    }
    const isWideGap = item.text.trim() === '' && item.right - item.left > Math.max(cellUnits, lineHeight * cellGapHeights);
    parts.push(isWideGap ? cellSeparator : item.text);
    lineHeight = item.endsLine ? 0 : Math.max(lineHeight, item.bottom - item.top);
    if (item.endsLine) parts.push('\n');
    last = item;
  }
  return parts
    .join('')
    .replaceAll(/[ \t]+\n/g, '\n')
    .trim();
}
