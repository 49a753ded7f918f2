/** Decimals that are kept while amounts are added: bills write up to thirty, of which the last are zeros. */
const decimals = 18;
const unitsPerNano = 10n ** BigInt(decimals - 9);
const maxChars = 60;
/** Ten million dollars: no bill of a person is larger, and all of it stays a safe integer of nano-dollars. */
const maxUnits = 10n ** BigInt(decimals + 7);

/**
 * A decimal number as an integer of 1e-18, exact; null when it is none or beyond ten millions. Takes what CSV and JSON write:
 * a sign, an exponent, and where `hasDecimalComma` a comma before the decimals.
 */
export function parseDecimal(text: string, hasDecimalComma = false): bigint | null {
  const plain = (hasDecimalComma ? text.replace(',', '.') : text).trim();
  if (plain.length > maxChars) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/u.exec(plain) ?? [];
  if (sign === undefined || whole + fraction === '') return null;
  const shift = decimals - fraction.length + Number(exponent);
  const digits = BigInt(whole + fraction);
  const scaled = shift >= 0 ? digits * 10n ** BigInt(Math.min(shift, 80)) : digits / 10n ** BigInt(-shift);
  if (scaled > maxUnits) return null;
  return sign === '-' ? -scaled : scaled;
}

/** Such an integer in nano-dollars, rounded half away from zero. */
export function toNanos(units: bigint): number {
  const half = unitsPerNano / 2n;
  return Number(units < 0n ? -((-units + half) / unitsPerNano) : (units + half) / unitsPerNano);
}
