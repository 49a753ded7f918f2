/** Nano-USD with every digit, as receipts show them: `$0.000123`, at least two decimals. */
export function fullDollars(nanos: number): string {
  const decimals = String(nanos % 1_000_000_000)
    .padStart(9, '0')
    .replace(/0{1,7}$/, '');
  return `$${Math.floor(nanos / 1_000_000_000)}.${decimals}`;
}

/** The same amount marked as estimated: the seller at the address of a test's server is not known, so its prices are assumed. */
export function aboutDollars(nanos: number): string {
  return `≈ ${fullDollars(nanos)}`;
}
