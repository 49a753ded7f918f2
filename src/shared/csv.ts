/** A spreadsheet would run a cell that begins with one of these (https://owasp.org/www-community/attacks/CSV_Injection). */
const startsFormula = /^[=+\-@\t\r]/;

/**
 * One line of CSV as RFC 4180 has it, with its line break. Numbers stand as they are; null is an empty cell; text that a spreadsheet
 * would take for a formula gets an apostrophe before it.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = startsFormula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Nano-dollars as a decimal number of dollars with every digit, as text: no spreadsheet's or parser's rounding touches it. */
export function dollarsOf(costNanos: number): string {
  const digits = String(Math.abs(costNanos)).padStart(10, '0');
  return `${costNanos < 0 ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}
