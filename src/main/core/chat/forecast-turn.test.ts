import { expect, it } from 'vitest';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import { typicalTurn } from './forecast-turn.ts';

const model = { providerId: 'p', modelId: 'gpt-4o-mini' };

/** Only what a forecast reads of a record. */
function call(values: Partial<UsageRecord>): UsageRecord {
  const usual = { purpose: 'answer', outcome: 'done', providerId: 'p', requestedModel: 'gpt-4o-mini', amount: { exactness: 'free' } };
  // The fields left out are not read.
  return { ...usual, inputTokens: 1_000, cacheReadTokens: null, outputTokens: 100, ...values } as UsageRecord;
}

it('takes a turn without its history, the mean of the last answers, the share from the cache, and the cost of the other calls', () => {
  const parts = [
    { kind: 'instructions', tokens: 30, ordinal: null },
    { kind: 'summary', tokens: 200, ordinal: null },
    { kind: 'history', tokens: 700, ordinal: null },
    { kind: 'passage', tokens: 60, ordinal: 1 },
    { kind: 'text', tokens: 10, ordinal: null },
  ] as const;
  const calls = [
    call({ purpose: 'condense', amount: { exactness: 'exact', costNanos: 40 } }),
    call({ purpose: 'title', amount: { exactness: 'exact', costNanos: 900 } }),
    call({ outcome: 'failed', outputTokens: 5, cacheReadTokens: 0 }),
    call({ cacheReadTokens: 750, outputTokens: 300 }),
  ];
  const typical = typicalTurn(
    [
      { calls, parts, textTokens: 1 },
      { calls: [], parts: [], textTokens: 100 },
    ],
    8,
    model,
  );
  expect(typical).toEqual({ ownTokens: 100, outputTokens: 200, cachedShare: 0.75, otherNanos: 40 });
});

it('does not count on the cache of another model, and takes the question where nobody counted the request', () => {
  const answer = { calls: [call({ cacheReadTokens: 750 })], parts: [], textTokens: 1 };
  expect(typicalTurn([answer], 8, { ...model, modelId: 'gpt-4o' })).toMatchObject({ ownTokens: 8, cachedShare: 0 });
  expect(typicalTurn([answer], 8, { ...model, providerId: 'q' })).toMatchObject({ cachedShare: 0 });
});
