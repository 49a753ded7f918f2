import { describe, expect, it } from 'vitest';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import { receiptLines, splitExactly, tokensPerSecond } from './split-amount.ts';

const call: UsageRecord = {
  id: 'u1',
  runId: null,
  attempt: 1,
  purpose: 'answer',
  outcome: 'done',
  conversationId: null,
  messageId: null,
  documentId: null,
  providerId: 'p',
  providerName: 'P',
  providerKind: 'remote',
  requestedModel: 'm',
  servedModel: null,
  serviceTier: null,
  requestId: null,
  inputTokens: 1_204,
  cacheReadTokens: 640,
  cacheWriteTokens: 0,
  outputTokens: 88,
  reasoningTokens: 64,
  tokenSource: 'provider',
  // 564 × 0.25 + 640 × 0.025 + 88 × 2.00 dollars a million, in nano-dollars.
  amount: { exactness: 'exact', costNanos: 333_000 },
  price: {
    inputPerMillion: 0.25,
    cacheReadPerMillion: 0.025,
    cacheWritePerMillion: null,
    outputPerMillion: 2,
    multiplier: 1,
    source: 's',
    version: 'v',
  },
  httpStatus: 200,
  errorCode: null,
  startedAt: 0,
  firstTokenMs: 400,
  durationMs: 1_400,
  localDay: '2026-11-23',
};

describe('receiptLines', () => {
  it('prices each share and adds up to the call', () => {
    const lines = receiptLines(call);
    expect(lines.map(({ kind, tokens, costNanos }) => [kind, tokens, costNanos])).toEqual([
      ['plain', 564, 141_000],
      ['cacheRead', 640, 16_000],
      ['output', 24, 48_000],
      ['reasoning', 64, 128_000],
    ]);
  });

  it('gives an embedding one line with the whole cost: its output has no rate', () => {
    const price = call.price === null ? null : { ...call.price, outputPerMillion: null };
    const shares = { inputTokens: 11, cacheReadTokens: null, outputTokens: 0, reasoningTokens: null };
    const lines = receiptLines({ ...call, ...shares, price, amount: { exactness: 'exact', costNanos: 220 } });
    expect(lines.map(({ kind, costNanos }) => [kind, costNanos])).toEqual([['plain', 220]]);
  });

  it('names no cost of a share when the provider named the whole', () => {
    const lines = receiptLines({ ...call, amount: { exactness: 'reported', costNanos: 400_000 } });
    expect(lines.every(({ costNanos }) => costNanos === null)).toBe(true);
  });

  it('shows tokens without rates when there is no price', () => {
    const lines = receiptLines({ ...call, price: null, amount: { exactness: 'no_price' } });
    expect(lines.map(({ perMillion, costNanos }) => [perMillion, costNanos])).toEqual(lines.map(() => [null, null]));
  });
});

describe('splitExactly', () => {
  it.each([
    [10, [1, 1, 1]],
    [333_333, [141, 16, 176]],
    [1, [0.2, 0.3, 0.5]],
    [0, [1, 2]],
  ])('splits %d by %j without losing a unit', (total, weights) => {
    const parts = splitExactly(total, weights);
    expect(parts?.reduce((a, b) => a + b, 0)).toBe(total);
  });

  it('has nothing to go by without weights', () => {
    expect(splitExactly(5, [0, 0])).toBeNull();
  });
});

it('counts the speed from the first token on', () => {
  expect(tokensPerSecond(call)).toBe(88);
  expect(tokensPerSecond({ ...call, firstTokenMs: null })).toBeNull();
});
