/** Most texts one embedding request carries; some servers allow no more. */
const maxBatchTexts = 96;
/** Most characters (UTF-16 code units) one request carries; OpenAI stops at 300,000 tokens. */
const maxBatchChars = 200_000;

/** Cuts a list into requests of a size servers take, in order. A text too long for any batch goes alone. */
export function batchTexts(texts: readonly string[]): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let batch: string[] = [];
  let chars = 0;
  for (const text of texts) {
    if (batch.length > 0 && (batch.length === maxBatchTexts || chars + text.length > maxBatchChars)) {
      batches.push(batch);
      batch = [];
      chars = 0;
    }
    batch.push(text);
    chars += text.length;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
