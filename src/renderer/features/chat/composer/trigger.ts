/** A word being typed that asks for a list: `/` for prompts, `@` for documents and collections. */
export interface Trigger {
  readonly kind: 'prompt' | 'place';
  /** What follows the sign. */
  readonly query: string;
  /** UTF-16 offsets of sign and query in the text. */
  readonly start: number;
  readonly end: number;
}

/** A sign further back than this is not looked for. */
const reachChars = 64;
// With a Japanese keyboard both signs come in full width too. `and/or` is no prompt, `me@example.com` no document, but
// Japanese has no spaces before a name.
const promptSign = /(?:^|\s)[/／](?<query>[^\s/／]{0,40})$/u;
const placeSign = /(?:^|[^\p{Script=Latin}\p{N}._%+-])[@＠](?<query>[^\s@＠]{0,40})$/u;

/** What the caret is in, if anything. */
export function triggerAt(text: string, caret: number): Trigger | null {
  const before = text.slice(Math.max(0, caret - reachChars), caret);
  for (const [kind, sign] of [
    ['prompt', promptSign],
    ['place', placeSign],
  ] as const) {
    const query = sign.exec(before)?.groups?.['query'];
    if (query !== undefined) return { kind, query, start: caret - query.length - 1, end: caret };
  }
  return null;
}
