/**
 * Splits `total` in proportion to `weights` so that the parts add up to it exactly: each gets its floor, and the units left go to
 * the largest remainders (Hamilton's method), the first of equals first. All numbers are non-negative integers. Null when there is
 * no weight to go by.
 */
export function splitExactly(total: number, weights: readonly number[]): number[] | null {
  const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  if (sum === 0n) return null;
  // In integers throughout: a product of money and tokens has more digits than a double.
  const products = weights.map((weight) => BigInt(total) * BigInt(weight));
  const parts = products.map((product) => Number(product / sum));
  const byRemainder = products
    .map((product, index) => ({ index, remainder: product % sum }))
    .toSorted((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1));
  const left = total - parts.reduce((all, part) => all + part, 0);
  for (const { index } of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}
