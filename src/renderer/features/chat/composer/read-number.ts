export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly isWhole: boolean;
}

/** What is typed in a field for a number: null where it is left empty, undefined where it is none of this range. */
export function readNumber(text: string, { min, max, isWhole }: NumberRange): number | null | undefined {
  const trimmed = text.trim().normalize('NFKC');
  if (trimmed === '') return null;
  // Whole numbers may have their thousands marked; elsewhere a comma is a decimal sign to many.
  const plain = isWhole ? trimmed.replaceAll(/[, _]/gu, '') : trimmed.replace(',', '.');
  if (!(isWhole ? /^\d{1,9}$/u : /^\d{1,9}(?:\.\d{1,9})?$/u).test(plain)) return undefined;
  const value = Number(plain);
  return value >= min && value <= max ? value : undefined;
}
