import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../../tests/seeded-random.ts';
import { emptyTotal } from '../../../../shared/amount.ts';
import { costNanosOf } from '../prices/cost-of.ts';
import type { FrozenPrice } from '../prices/price-book.ts';
import { explainDifference, settledNanosOf, type BilledDay, type BookedSide } from './explain-difference.ts';

const price: FrozenPrice = {
  inputPerMillion: 2,
  cacheReadPerMillion: 0.5,
  cacheWritePerMillion: null,
  cacheWrite12hPerMillion: null,
  outputPerMillion: 8,
  multiplier: 1,
  source: 't',
  version: '1',
  isAssumed: false,
};

const none = { callCount: 0, costNanos: 0, inputTokens: 0, cachedTokens: 0, outputTokens: 0 };

function costOf(inputTokens: number, outputTokens: number, cachedTokens = 0): number {
  const shares = { cacheReadTokens: cachedTokens, cacheWriteTokens: 0, cacheWrite12hTokens: 0, outputTokens };
  return costNanosOf({ plainInputTokens: inputTokens - cachedTokens, ...shares }, price);
}

/** Two exact calls of 1,000 tokens in and 100 out together, and what a test adds. */
function booked(fields: Partial<BookedSide> = {}): BookedSide {
  return {
    total: { ...emptyTotal, callCount: 2, costNanos: costOf(1_000, 100), exactNanos: costOf(1_000, 100) },
    billableCount: 2,
    tokens: { inputTokens: 1_000, cachedTokens: 0, outputTokens: 100 },
    uncertain: none,
    uncertainRecordId: null,
    price,
    isReported: false,
    ...fields,
  };
}

/** The two exact calls and a third, whose 500 and 20 tokens are estimated. */
const withEstimate = booked({
  total: { ...emptyTotal, callCount: 3, costNanos: costOf(1_500, 120), exactNanos: costOf(1_000, 100), estimatedCount: 1 },
  billableCount: 3,
  tokens: { inputTokens: 1_500, cachedTokens: 0, outputTokens: 120 },
  uncertain: { callCount: 1, costNanos: costOf(500, 20), inputTokens: 500, cachedTokens: 0, outputTokens: 20 },
  uncertainRecordId: 'stopped',
});

function billed(costNanos: number | null, requestCount: number | null, inputTokens: number, outputTokens: number): BilledDay {
  const usage = requestCount === null ? null : { requestCount, inputTokens, cachedTokens: 0, outputTokens };
  return { costNanos, usage, isListed: true, hasComparableTokens: true };
}

describe('a difference', () => {
  it('of calls from elsewhere is what their tokens cost', () => {
    const parts = explainDifference(billed(costOf(3_000, 300), 5, 3_000, 300), booked());
    expect(parts).toEqual([{ cause: 'elsewhere', nanos: costOf(2_000, 200) }]);
  });

  it('of calls from elsewhere at another price than ours is not all explained', () => {
    const parts = explainDifference(billed(costOf(3_000, 300) - 2_000_000, 5, 3_000, 300), booked());
    expect(parts).toEqual([
      { cause: 'elsewhere', nanos: costOf(2_000, 200) },
      { cause: 'unknown', nanos: -2_000_000 },
    ]);
  });

  it('of the same tokens is a price', () => {
    expect(explainDifference(billed(9_000_000, 2, 1_000, 100), booked())[0]?.cause).toBe('price');
  });

  it('of more tokens in as many requests is not explained by a price', () => {
    expect(explainDifference(billed(9_000_000, 2, 2_000, 100), booked())).toMatchObject([{ cause: 'unknown' }]);
  });

  it('of an estimate is what its tokens came to', () => {
    const parts = explainDifference(billed(costOf(1_510, 150), 3, 1_510, 150), withEstimate);
    expect(parts).toEqual([{ cause: 'estimates', nanos: costOf(1_510, 150) - costOf(1_500, 120) }]);
  });

  it('is not given to Tally where there are calls from elsewhere beside an estimate', () => {
    expect(explainDifference(billed(costOf(9_000, 900), 4, 9_000, 900), withEstimate)).toMatchObject([{ cause: 'elsewhere_or_estimates' }]);
  });

  it('of a bill without requests is not explained, and one without money is none', () => {
    expect(explainDifference(billed(99_000_000, null, 0, 0), withEstimate)).toMatchObject([{ cause: 'unknown' }]);
    expect(explainDifference(billed(null, 5, 1, 1), booked())).toEqual([]);
  });

  it('of what only one side knows says so', () => {
    const nothing = booked({ total: emptyTotal, billableCount: 0, tokens: none, price: null });
    expect(explainDifference(billed(5_000_000, null, 0, 0), nothing)).toEqual([{ cause: 'elsewhere', nanos: 5_000_000 }]);
    const unlisted = { ...billed(0, null, 0, 0), isListed: false };
    expect(explainDifference(unlisted, booked())).toEqual([{ cause: 'not_on_bill', nanos: -costOf(1_000, 100) }]);
  });

  it('of a few hundred nano-dollars is rounding', () => {
    expect(explainDifference(billed(costOf(1_000, 100) + 400, 9, 5_000, 100), booked())).toEqual([{ cause: 'rounding', nanos: 400 }]);
  });
});

it('has parts that add up to it, to the nano-dollar, whatever the figures are', () => {
  const random = seededRandom(11);
  const pick = <T>(...values: T[]): T => values[Math.floor(random() * values.length)] as T;
  const tokens = () => ({
    inputTokens: Math.floor(random() * 1e6),
    cachedTokens: pick(0, Math.floor(random() * 1e5)),
    outputTokens: Math.floor(random() * 1e5),
  });
  for (let round = 0; round < 5_000; round += 1) {
    const own = tokens();
    const costNanos = pick(0, Math.floor(random() * 1e10));
    const uncertain = pick(none, { callCount: pick(1, 3), costNanos: Math.floor(random() * 1e6), ...tokens() });
    const side = booked({
      total: { ...emptyTotal, callCount: pick(0, 1, 5), costNanos, noPriceCount: pick(0, 0, 1), estimatedCount: uncertain.callCount },
      billableCount: pick(0, 1, 5),
      tokens: own,
      uncertain,
      uncertainRecordId: uncertain.callCount === 1 ? 'one' : null,
      price: pick(price, null),
      isReported: pick(false, true),
    });
    const usage = pick(null, { requestCount: pick(null, 0, 1, 5, 8), ...pick(own, tokens()) });
    const bill: BilledDay = {
      costNanos: pick(null, costNanos, Math.floor(random() * 1e10)),
      usage,
      isListed: pick(true, true, false),
      hasComparableTokens: pick(true, false),
    };
    const parts = explainDifference(bill, side);
    const sum = parts.reduce((whole, { nanos }) => whole + nanos, 0);
    expect(sum).toBe(bill.costNanos === null ? 0 : bill.costNanos - costNanos);
    expect(parts.every(({ nanos }) => Number.isSafeInteger(nanos) && nanos !== 0)).toBe(true);
  }
});

describe('an estimate is settled', () => {
  it('where requests, tokens and money leave exactly it', () => {
    expect(settledNanosOf(billed(costOf(1_510, 150), 3, 1_510, 150), withEstimate)).toBe(costOf(510, 50));
  });

  it('also where it was right', () => {
    expect(settledNanosOf(billed(costOf(1_500, 120), 3, 1_500, 120), withEstimate)).toBe(costOf(500, 20));
  });

  it.each([
    ['the bill has a call more', billed(costOf(1_510, 150), 4, 1_510, 150), withEstimate],
    ['the money does not fit the tokens', billed(costOf(1_510, 150) + 50_000, 3, 1_510, 150), withEstimate],
    ['the bill has fewer tokens than the exact calls', billed(costOf(900, 90), 3, 900, 90), withEstimate],
    ['the bill does not say how many calls', billed(costOf(1_510, 150), null, 1_510, 150), withEstimate],
    ['tokens are counted otherwise', { ...billed(costOf(1_510, 150), 3, 1_510, 150), hasComparableTokens: false }, withEstimate],
    [
      'another call has no price',
      billed(costOf(1_510, 150), 3, 1_510, 150),
      { ...withEstimate, total: { ...withEstimate.total, noPriceCount: 1 } },
    ],
    ['prices changed that day', billed(costOf(1_510, 150), 3, 1_510, 150), { ...withEstimate, price: null }],
  ])('never where %s', (_, bill, side) => {
    expect(settledNanosOf(bill, side)).toBeNull();
  });
});
