interface Limits {
  readonly min: number;
  readonly max: number;
  readonly isWhole?: boolean;
}

/** A number as a field shows it; nothing for null. */
export function textOf(value: number | null): string {
  return value === null ? '' : String(value);
}

/** What a field says; null when it is empty. Full-width digits, as a Japanese keyboard gives them, count too. */
export function numberOf(text: string): number | null {
  const plain = text.normalize('NFKC').trim();
  return plain === '' ? null : Number(plain);
}

/** Whether a field is empty or holds a number within the limits. */
export function isNumberField(text: string, { min, max, isWhole = false }: Limits): boolean {
  const value = numberOf(text);
  return value === null || (value >= min && value <= max && (!isWhole || Number.isInteger(value)));
}
