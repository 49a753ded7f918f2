import { expect, it } from 'vitest';
import { adviseSummary, type AdviceFacts } from './advise-summary.ts';
import type { TurnForecast } from './forecast-turn.ts';

const costing = (inputTokens: number, costNanos: number): TurnForecast => ({ inputTokens, amount: { exactness: 'estimated', costNanos } });
const withoutPrice = (inputTokens: number): TurnForecast => ({ inputTokens, amount: { exactness: 'no_price' } });

const long: AdviceFacts = {
  messageCount: 24,
  historyTokens: 20_000,
  historyTokensAfter: 1_500,
  now: costing(20_400, 21_000_000),
  after: costing(1_900, 4_000_000),
  withoutHistory: costing(400, 2_000_000),
  summary: { tokens: 20_800, amount: { exactness: 'estimated', costNanos: 6_000_000 } },
  contextTokens: 128_000,
  isTrimmed: false,
  dismissal: null,
};

it('says what a further turn costs, what the summary costs, and what a turn costs after it', () => {
  const { messageCount, now, after, summary } = long;
  expect(adviseSummary(long)).toEqual({ messageCount, now, after, summary, isWindowFull: false });
});

const unpriced = { now: withoutPrice(20_400), after: withoutPrice(1_900), withoutHistory: withoutPrice(400) };

it.each<[string, Partial<AdviceFacts>, boolean]>([
  ['a short history', { historyTokens: 3_999 }, false],
  ['the answer is most of the cost', { withoutHistory: costing(400, 10_500_000) }, false],
  ['the answer is most of the cost, but the window is full', { withoutHistory: costing(400, 15_000_000), contextTokens: 34_000 }, true],
  ['the same, just below', { withoutHistory: costing(400, 15_000_000), contextTokens: 34_001 }, false],
  ['messages are left out already', { withoutHistory: costing(400, 15_000_000), isTrimmed: true }, true],
  ['nobody knows the window', { contextTokens: null }, true],
  ['the last exchange is most of the history', { historyTokensAfter: 10_001 }, false],
  ['the same, but messages are left out already', { historyTokensAfter: 10_001, isTrimmed: true }, true],
  ['ten turns pay for the summary', { summary: { tokens: 1, amount: { exactness: 'estimated', costNanos: 170_000_000 } } }, true],
  ['ten turns do not', { summary: { tokens: 1, amount: { exactness: 'estimated', costNanos: 170_000_001 } } }, false],
  ['a cache makes turns no dearer than those after it', { after: costing(1_900, 21_000_000) }, false],
  ['no price, long', unpriced, true],
  ['no price, and a question longer than the history', { ...unpriced, now: withoutPrice(40_001) }, false],
  ['declined at more than half of this cost', { dismissal: { inputTokens: 1, costNanos: 10_500_001 } }, false],
  ['declined at half of this cost', { dismissal: { inputTokens: 20_400, costNanos: 10_500_000 } }, true],
  ['declined without a price at more than half of the tokens', { dismissal: { inputTokens: 10_201, costNanos: null } }, false],
  ['declined with a price that is not known any more', { ...unpriced, dismissal: { inputTokens: 10_200, costNanos: 90_000_000 } }, true],
])('%s', (_name, facts, isSaid) => {
  expect(adviseSummary({ ...long, ...facts }) !== null).toBe(isSaid);
});
