import { expect, it } from 'vitest';
import { seededRandom } from '../../../../../tests/seeded-random.ts';
import { judgeCall, largestOutputTokens, leftOf, type BudgetStanding, type PlannedCall } from './judge-call.ts';

const standing = (fields: Partial<BudgetStanding> = {}): BudgetStanding => ({
  budgetId: 'day',
  limitNanos: 1_000_000,
  spentNanos: 0,
  reservedNanos: 0,
  ...fields,
});
const call = (fields: Partial<PlannedCall> = {}): PlannedCall => ({
  inputNanos: 1_000,
  outputTokenNanos: 1,
  outputCeilingTokens: largestOutputTokens,
  smallestOutputTokens: 256,
  ...fields,
});

it('a call that fits whole is held for the most it can cost, and its answer is not capped', () => {
  expect(judgeCall(call(), [standing()])).toEqual({ kind: 'admitted', reservedNanos: 1_000 + largestOutputTokens, maxOutputTokens: null });
});

it('an answer that may not fit is capped at what is left, and leaves room for another one where there is much', () => {
  const tight = standing({ limitNanos: 11_000 });
  expect(judgeCall(call(), [tight])).toEqual({ kind: 'admitted', reservedNanos: 11_000, maxOutputTokens: 10_000 });
  const ample = standing({ limitNanos: 101_000 });
  expect(judgeCall(call(), [ample])).toEqual({ kind: 'admitted', reservedNanos: 51_000, maxOutputTokens: 50_000 });
  const between = standing({ limitNanos: 21_000 });
  expect(judgeCall(call(), [between])).toEqual({ kind: 'admitted', reservedNanos: 17_384, maxOutputTokens: 16_384 });
});

it('a call needs its input and the shortest useful answer, to the nano-dollar', () => {
  expect(judgeCall(call(), [standing({ limitNanos: 1_256 })])).toEqual({ kind: 'admitted', reservedNanos: 1_256, maxOutputTokens: 256 });
  expect(judgeCall(call(), [standing({ limitNanos: 1_255 })])).toEqual({ kind: 'refused', reason: 'over', budgetId: 'day' });
  // An answer that is asked to be shorter needs no more than that.
  const short = call({ outputCeilingTokens: 10 });
  expect(judgeCall(short, [standing({ limitNanos: 1_010 })])).toEqual({ kind: 'admitted', reservedNanos: 1_010, maxOutputTokens: null });
  // An embedding writes nothing.
  const embedding = call({ outputCeilingTokens: 0, outputTokenNanos: 0 });
  expect(judgeCall(embedding, [standing({ limitNanos: 1_000 })])).toEqual({
    kind: 'admitted',
    reservedNanos: 1_000,
    maxOutputTokens: null,
  });
});

it('what is under way counts like what is booked', () => {
  const fits = standing({ limitNanos: 3_256, spentNanos: 1_000, reservedNanos: 1_000 });
  expect(judgeCall(call(), [fits])).toMatchObject({ kind: 'admitted', maxOutputTokens: 256 });
  expect(judgeCall(call(), [{ ...fits, reservedNanos: 1_001 }])).toMatchObject({ kind: 'refused', reason: 'over' });
  expect(judgeCall(call(), [{ ...fits, spentNanos: 9_000_000 }])).toMatchObject({ kind: 'refused', reason: 'over' });
});

it('the tightest of several budgets decides, and is the one that is named', () => {
  const wide = standing({ budgetId: 'month', limitNanos: 9_000_000 });
  const tight = standing({ budgetId: 'model', limitNanos: 500 });
  expect(judgeCall(call(), [wide, tight])).toEqual({ kind: 'refused', reason: 'over', budgetId: 'model' });
  expect(judgeCall(call(), [wide, standing({ limitNanos: 2_000 })])).toMatchObject({ maxOutputTokens: 1_000 });
});

it('without a price no budget can bound a call; without a budget it need not be bound', () => {
  expect(judgeCall(call({ inputNanos: null }), [standing()])).toEqual({ kind: 'refused', reason: 'unpriced', budgetId: 'day' });
  expect(judgeCall(call({ inputNanos: null }), [])).toMatchObject({ kind: 'admitted', maxOutputTokens: null });
});

it('whatever the numbers, nothing admitted can cost more than was left, nor be capped below a useful answer', () => {
  const random = seededRandom(17);
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  let admitted = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const planned = call({
      inputNanos: upTo(50_000),
      outputTokenNanos: upTo(3) === 0 ? 0 : random() * 200,
      outputCeilingTokens: [0, 10, 4_096, largestOutputTokens][upTo(3)] ?? 0,
      smallestOutputTokens: [256, 1_024][upTo(1)] ?? 256,
    });
    const standings = Array.from({ length: 1 + upTo(2) }, (_, index) =>
      standing({ budgetId: String(index), limitNanos: 1 + upTo(4_000_000), spentNanos: upTo(2_000_000), reservedNanos: upTo(100_000) }),
    );
    const left = Math.min(...standings.map(leftOf));
    const smallest = Math.min(planned.smallestOutputTokens, planned.outputCeilingTokens);
    const least = (planned.inputNanos ?? 0) + Math.ceil(planned.outputTokenNanos * smallest);
    const verdict = judgeCall(planned, standings);
    expect(verdict.kind).toBe(least <= left ? 'admitted' : 'refused');
    if (verdict.kind === 'refused') continue;
    admitted += 1;
    const most =
      (planned.inputNanos ?? 0) + Math.floor(planned.outputTokenNanos * (verdict.maxOutputTokens ?? planned.outputCeilingTokens));
    expect(most).toBeLessThanOrEqual(verdict.reservedNanos);
    expect(verdict.reservedNanos).toBeLessThanOrEqual(left);
    expect(verdict.maxOutputTokens ?? smallest).toBeGreaterThanOrEqual(smallest);
  }
  expect(admitted).toBeGreaterThan(5_000);
});
