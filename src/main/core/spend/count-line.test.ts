import { expect, it } from 'vitest';
import { asCounted, expectedTokens, fitLine, type FadingSums } from './count-line.ts';

/** The sums of calls that all weigh the same. */
function sumsOf(calls: readonly (readonly [counted: number, reported: number])[]): FadingSums {
  const sum = (of: (counted: number, reported: number) => number): number => calls.reduce((total, call) => total + of(...call), 0);
  return {
    weight: calls.length,
    counted: sum((counted) => counted),
    reported: sum((_, reported) => reported),
    countedSquared: sum((counted) => counted ** 2),
    product: sum((counted, reported) => counted * reported),
  };
}

it('leaves counts that agree as they are, to the token', () => {
  const line = fitLine(sumsOf([[9, 9], [1_204, 1_204], [31, 31]]), 'input'); // prettier-ignore
  for (const counted of [0, 1, 17, 90_001]) expect(expectedTokens(line, counted)).toBe(counted);
});

it('takes a difference that stays the same for what a format adds', () => {
  const line = fitLine(sumsOf([[15, 91], [14, 90], [11, 87]]), 'input'); // prettier-ignore
  expect(expectedTokens(line, 40)).toBe(116);
  expect(expectedTokens(line, 4_000)).toBeLessThan(4_200);
});

it('takes a difference that grows with the text for a finer tokenizer', () => {
  const line = fitLine(sumsOf([[500, 650], [2_000, 2_600], [8_000, 10_400]]), 'input'); // prettier-ignore
  expect(line.perToken).toBeCloseTo(1.3, 2);
  expect(expectedTokens(line, 20_000)).toBeGreaterThan(25_900);
});

it('tells both apart when both are there', () => {
  const line = fitLine(sumsOf([[100, 420], [1_000, 1_500], [5_000, 6_300]]), 'input'); // prettier-ignore
  expect(line.perToken).toBeCloseTo(1.2, 2);
  expect(line.added).toBeCloseTo(300, -1);
});

it('stays within half and twice a token, and expects something of every text', () => {
  expect(fitLine(sumsOf([[1_000, 90_000], [9_000, 810_000]]), 'output').perToken).toBe(2); // prettier-ignore
  expect(fitLine(sumsOf([[100_000, 10], [900_000, 20]]), 'output').perToken).toBe(0.5); // prettier-ignore
  expect(expectedTokens(fitLine(sumsOf([[500, 2]]), 'input'), 3)).toBe(1);
  expect(expectedTokens(asCounted, 12)).toBe(12);
});
