/** `[1]`, `[1, 2]`, and the wide brackets Japanese answers use. */
const citation = /[[［【]\s*(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\s*[\]］】]/gu;

/** What is quoted and not said: code, inline or fenced, and the text of links. */
const literal = /(`{3,}|~{3,})[^]*?(?:\1|$)|(`+)[^]*?\2|\[[^\]\n]*\]\([^)\n]*\)/gu;

/** Splits a text at its citations: strings stay text, numbers are the n of `[n]`. */
export function splitCitations(text: string): (string | number)[] {
  const parts: (string | number)[] = [];
  let end = 0;
  for (const match of text.matchAll(citation)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    for (const ordinal of (match[1] ?? '').split(/[,，、]/u)) parts.push(Number(ordinal));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

/** The n of every `[n]` that an answer cites, in its Markdown. */
export function citedOrdinals(markdown: string): ReadonlySet<number> {
  return new Set(splitCitations(markdown.replaceAll(literal, ' ')).filter((part) => typeof part === 'number'));
}
