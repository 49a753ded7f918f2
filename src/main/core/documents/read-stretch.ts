/**
 * A stretch of a text for the page; never half of a surrogate pair. `between` reads the text from one offset to another;
 * the `startOffset` of the result is where it really begins.
 */
export function readStretch(
  between: (start: number, end: number) => string,
  totalChars: number,
  startOffset: number,
  lengthChars: number,
): { readonly startOffset: number; readonly text: string } {
  const wanted = Math.min(startOffset, totalChars);
  const from = Math.max(0, wanted - 1);
  const text = between(from, wanted + lengthChars + 2);
  const start = outsidePair(text, wanted - from);
  const end = outsidePair(text, Math.min(start + lengthChars, text.length));
  // A stretch of one code unit that starts with a pair would come out empty.
  return { startOffset: from + start, text: text.slice(start, end > start ? end : Math.min(start + 2, text.length)) };
}

function outsidePair(text: string, index: number): number {
  const isInside = index > 0 && index < text.length && (text.codePointAt(index - 1) ?? 0) > 0xffff;
  return isInside ? index - 1 : index;
}
