/** What is typed in a field for a rate: USD per million tokens, null where it is left empty, undefined where it is no rate. */
export function readRate(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  // A comma is a decimal sign to many; thousands of dollars for a million tokens are not sold.
  if (!/^\d{1,5}(?:[.,]\d{1,6})?$/u.test(trimmed)) return undefined;
  return Number(trimmed.replace(',', '.'));
}

/** A rate as it is edited. */
export function rateInput(rate: number | null): string {
  return rate === null ? '' : rate.toFixed(6).replace(/\.?0+$/u, '');
}
