import { describe, expect, it } from 'vitest';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import type { RequestPart } from '../../../shared/contract/request-part.ts';
import { receiptLines, savedOf, tokensPerSecond } from './receipt-lines.ts';

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
  settledBy: null,
  httpStatus: 200,
  errorCode: null,
  startedAt: 0,
  firstTokenMs: 400,
  durationMs: 1_400,
  localDay: '2026-11-23',
};

const parts: readonly RequestPart[] = [
  { kind: 'instructions', tokens: 112, ordinal: null },
  { kind: 'history', tokens: 640, ordinal: null },
  { kind: 'passage', tokens: 231, ordinal: 1 },
  { kind: 'passage', tokens: 198, ordinal: 2 },
  { kind: 'text', tokens: 23, ordinal: null },
];

const nanosOf = (lines: ReturnType<typeof receiptLines>): (number | null)[] =>
  lines.map(({ amount }) => (amount !== null && 'costNanos' in amount ? amount.costNanos : null));
const sumOf = (values: readonly (number | null)[]): number => values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

describe('the lines of a call', () => {
  it('price each part; what was read from the cache is the beginning of the request', () => {
    const lines = receiptLines(call, [...parts]);
    expect(lines.map(({ kind, ordinal, cache, tokens }) => [kind, ordinal, cache, tokens])).toEqual([
      ['instructions', null, 'read', 112],
      ['history', null, 'read', 528],
      ['history', null, 'plain', 112],
      ['passage', 1, 'plain', 231],
      ['passage', 2, 'plain', 198],
      ['text', null, 'plain', 23],
      ['reasoning', null, 'plain', 64],
      ['answer', null, 'plain', 24],
    ]);
    expect(nanosOf(lines)).toEqual([2_800, 13_200, 28_000, 57_750, 49_500, 5_750, 128_000, 48_000]);
    expect(lines.every(({ amount, isScaled }) => amount?.exactness === 'exact' && !isScaled)).toBe(true);
    // 640 tokens at 0.25 instead of 0.025.
    expect(savedOf(lines)).toBe(144_000);
  });

  it('add up to what was billed where our own count is another, and say so', () => {
    const odd = { ...call, inputTokens: 1_313, cacheReadTokens: 640, amount: { exactness: 'exact', costNanos: 360_257 } } as const;
    const lines = receiptLines(odd, [...parts]);
    const input = lines.filter(({ kind }) => kind !== 'answer' && kind !== 'reasoning');
    expect(sumOf(input.map(({ tokens }) => tokens))).toBe(1_313);
    expect(sumOf(nanosOf(lines))).toBe(360_257);
    expect(input.every(({ isScaled, amount }) => isScaled && amount?.exactness === 'estimated')).toBe(true);
  });

  it('split what a seller charged by the rates of the list, and do not call that exact', () => {
    const lines = receiptLines({ ...call, amount: { exactness: 'reported', costNanos: 400_001 } }, [...parts]);
    expect(sumOf(nanosOf(lines))).toBe(400_001);
    expect(lines.every(({ amount }) => amount?.exactness === 'estimated')).toBe(true);
  });

  it('are the shares of the tokens where nobody counted the parts, or the call is no answer', () => {
    const shares = (output: string) => [
      ['input', 'read', 640],
      ['input', 'plain', 564],
      ['reasoning', 'plain', 64],
      [output, 'plain', 24],
    ];
    const shown = (lines: ReturnType<typeof receiptLines>) => lines.map(({ kind, cache, tokens }) => [kind, cache, tokens]);
    expect(shown(receiptLines(call))).toEqual(shares('answer'));
    expect(shown(receiptLines({ ...call, purpose: 'condense' }, [...parts]))).toEqual(shares('output'));
  });

  it('give an embedding one line with the whole cost: its output has no rate', () => {
    const price = call.price === null ? null : { ...call.price, outputPerMillion: null };
    const shares = { inputTokens: 11, cacheReadTokens: null, outputTokens: 0, reasoningTokens: null };
    const lines = receiptLines({ ...call, ...shares, price, amount: { exactness: 'exact', costNanos: 220 } });
    expect(lines.map(({ kind }) => kind)).toEqual(['input']);
    expect(nanosOf(lines)).toEqual([220]);
  });

  it('show tokens without rates when there is no price', () => {
    const lines = receiptLines({ ...call, price: null, amount: { exactness: 'no_price' } }, [...parts]);
    expect(lines.every(({ perMillion, amount }) => perMillion === null && amount === null)).toBe(true);
    expect(savedOf(lines)).toBe(0);
  });
});

it('counts the speed from the first token on', () => {
  expect(tokensPerSecond(call)).toBe(88);
  expect(tokensPerSecond({ ...call, firstTokenMs: null })).toBeNull();
});

it('names no speed for an answer too short to have one', () => {
  expect(tokensPerSecond({ ...call, outputTokens: 19 })).toBeNull();
  expect(tokensPerSecond({ ...call, firstTokenMs: call.durationMs - 499 })).toBeNull();
});
