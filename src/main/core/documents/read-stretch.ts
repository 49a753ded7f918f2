/** A stretch of a text for the page; never half of a surrogate pair. `startOffset` is where it really begins. */
export function readStretch(
  text: string,
  startOffset: number,
  lengthChars: number,
): { readonly startOffset: number; readonly text: string } {
  const start = outsidePair(text, Math.min(startOffset, text.length));
  const end = outsidePair(text, Math.min(start + lengthChars, text.length));
  // A stretch of one code unit that starts with a pair would come out empty.
  return { startOffset: start, text: text.slice(start, end > start ? end : Math.min(start + 2, text.length)) };
}

function outsidePair(text: string, index: number): number {
  const isInside = index > 0 && index < text.length && (text.codePointAt(index - 1) ?? 0) > 0xffff;
  return isInside ? index - 1 : index;
}
