/** A place in a list of texts: which one, and the UTF-16 code unit in it. */
export interface TextPlace {
  readonly item: number;
  readonly offset: number;
}

/** From `start` up to, not including, `end`. */
export interface TextRange {
  readonly start: TextPlace;
  readonly end: TextPlace;
}

/** Letters and digits as they are; what differs between two readings of a page left out. */
interface Skeleton {
  readonly text: string;
  /** For each code unit of `text`: the code point it comes from. */
  readonly items: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** White space, control and format characters, and hyphens, which may be a line's or a word's. */
const dropped = /[\s\p{Cc}\p{Cf}\-\u2010\u2011]/u;

/**
 * Finds a passage among the pieces of text a page is drawn with. White space, hyphenation and ligatures may differ.
 * `near`: where on the page it should be, from 0 to 1, for one that stands there twice. Null when it is not there.
 */
export function locatePassage(passage: string, items: readonly string[], near: number): TextRange | null {
  const wanted = skeletonOf([passage]).text;
  if (wanted === '') return null;
  const page = skeletonOf(items);
  const found = nearest(page.text, wanted, near * page.text.length);
  if (found === null) return null;
  const last = found + wanted.length - 1;
  const [startItem, startOffset] = [page.items[found], page.starts[found]];
  const [endItem, endOffset] = [page.items[last], page.ends[last]];
  if (startItem === undefined || startOffset === undefined || endItem === undefined || endOffset === undefined) return null;
  return { start: { item: startItem, offset: startOffset }, end: { item: endItem, offset: endOffset } };
}

function nearest(text: string, wanted: string, target: number): number | null {
  let best: number | null = null;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (best === null || Math.abs(at - target) < Math.abs(best - target)) best = at;
  }
  return best;
}

function skeletonOf(texts: readonly string[]): Skeleton {
  const letters: string[] = [];
  const items: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const [item, text] of texts.entries()) {
    let offset = 0;
    for (const character of text) {
      const end = offset + character.length;
      // One code point at a time, taken apart: a ligature and an accent come out the same however they were written.
      for (const letter of character.normalize('NFKD')) {
        if (dropped.test(letter)) continue;
        letters.push(letter);
        for (let unit = 0; unit < letter.length; unit += 1) {
          items.push(item);
          starts.push(offset);
          ends.push(end);
        }
      }
      offset = end;
    }
  }
  return { text: letters.join(''), items, starts, ends };
}
