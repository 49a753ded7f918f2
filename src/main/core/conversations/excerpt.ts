import type { TextRange } from './find-hits.ts';

/** Length of an excerpt, and how much of it comes before its first hit, in UTF-16 code units. */
const excerptLength = 160;
const leadLength = 48;
/** A hit that begins within as much is seen from the beginning on, on two lines of Japanese, too. */
const openingLength = 64;
/** How far a cut may move to fall between two words. */
const reach = 16;

const ellipsis = '…';

/** The part of `text` around its first hit (its beginning when there is none), on one line, and the hits inside that part. */
export function excerptAround(text: string, hits: readonly TextRange[]): { snippet: string; highlights: TextRange[] } {
  const firstHit = hits[0]?.[0] ?? 0;
  const wantedStart = firstHit <= openingLength ? 0 : firstHit - leadLength;
  const start = wantedStart === 0 ? 0 : cutNear(text, wantedStart, firstHit);
  const wantedEnd = start + excerptLength;
  const end = wantedEnd >= text.length ? text.length : cutNear(text, wantedEnd - reach, text.length);
  const before = start > 0 ? ellipsis : '';
  const shift = before.length - start;
  // Each white space becomes one blank, so that offsets stay.
  const snippet = `${before}${text.slice(start, end).replace(/\s/gu, ' ')}${end < text.length ? ellipsis : ''}`;
  const inside = hits.filter(([hitStart]) => hitStart >= start && hitStart < end);
  return { snippet, highlights: inside.map(([hitStart, hitEnd]) => [hitStart + shift, Math.min(hitEnd, end) + shift]) };
}

/** The first place from `wanted` on that is between two words, or else between two characters; never beyond `limit`. */
function cutNear(text: string, wanted: number, limit: number): number {
  for (let cut = wanted; cut <= Math.min(wanted + reach, limit); cut += 1) if (/\s/u.test(text.charAt(cut - 1))) return cut;
  let cut = wanted;
  while (cut < limit && /^[\p{M}\udc00-\udfff\uff9e\uff9f]/u.test(text.slice(cut, cut + 2))) cut += 1;
  return cut;
}
