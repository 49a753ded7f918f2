import type { PDFPageProxy, PageViewport } from 'pdfjs-dist';
import { placeText, readingOrder } from '../../../../shared/reading-order.ts';
import { locatePassage } from './locate-passage.ts';

export type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>;

/** White space wider than this, in units of 1/72 inch, lies between columns or cells, and is not marked with them. */
const gapUnits = 12;

/**
 * The text of a page with its pieces in the order in which its passages were cut, so that one that goes from one column to the next is
 * one stretch. Where the passage to be marked stands only in the order of the file, as one of a document read by an earlier Tally may,
 * that order stays. `unscaled`: the page's viewport at scale 1.
 */
export function orderText(content: TextContent, unscaled: PageViewport, passage: { text: string; near: number } | null): TextContent {
  const items = content.items.flatMap((item) => ('str' in item ? [isGap(item) ? { ...item, str: '' } : item] : []));
  const placed = items.map((item) => placeText(item, unscaled.transform, content.styles[item.fontName]?.vertical === true));
  const { head, body, foot } = readingOrder(placed, unscaled.height);
  const ordered = [...head, ...body, ...foot].flatMap((index) => items[index] ?? []);
  const holds = (texts: readonly { str: string }[]): boolean =>
    passage !== null &&
    locatePassage(
      passage.text,
      texts.map(({ str }) => str),
      passage.near,
    ) !== null;
  return { ...content, items: passage !== null && !holds(ordered) && holds(items) ? items : ordered };
}

function isGap({ str, width }: { str: string; width: number }): boolean {
  return width > gapUnits && str.trim() === '';
}
