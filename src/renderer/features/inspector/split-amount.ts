import type { UsageRecord } from '../../../shared/contract/usage.ts';

export type ReceiptLineKind = 'plain' | 'cacheRead' | 'cacheWrite' | 'output' | 'reasoning';

/** One share of a call's tokens. */
export interface ReceiptLine {
  readonly kind: ReceiptLineKind;
  readonly tokens: number;
  /** USD per million tokens; null: no rate known. */
  readonly perMillion: number | null;
  /** This share of the call's cost; null where it cannot be told apart. */
  readonly costNanos: number | null;
}

type Share = Omit<ReceiptLine, 'costNanos'>;

/** The disjoint shares of a call's tokens: input without cache, cache, output without reasoning, reasoning. */
function sharesOf(call: UsageRecord): Share[] {
  const { inputTokens, outputTokens, price } = call;
  const cacheRead = call.cacheReadTokens ?? 0;
  const cacheWrite = call.cacheWriteTokens ?? 0;
  const reasoning = call.reasoningTokens ?? 0;
  const inputRate = price?.inputPerMillion ?? null;
  const outputRate = price?.outputPerMillion ?? null;
  const shares: Share[] = [];
  if (inputTokens !== null) shares.push({ kind: 'plain', tokens: inputTokens - cacheRead - cacheWrite, perMillion: inputRate });
  if (cacheRead > 0) shares.push({ kind: 'cacheRead', tokens: cacheRead, perMillion: price?.cacheReadPerMillion ?? inputRate });
  if (cacheWrite > 0) shares.push({ kind: 'cacheWrite', tokens: cacheWrite, perMillion: price?.cacheWritePerMillion ?? inputRate });
  // An embedding has no output, and no rate for it.
  const hasOutput = outputTokens !== null && (outputTokens > 0 || outputRate !== null);
  if (hasOutput) shares.push({ kind: 'output', tokens: outputTokens - reasoning, perMillion: outputRate });
  if (reasoning > 0) shares.push({ kind: 'reasoning', tokens: reasoning, perMillion: outputRate });
  return shares;
}

/**
 * Splits `total` in proportion to `weights` so that the parts add up to it exactly: each gets its floor, and
 * the units left go to the largest remainders (Hamilton's method). Null when there is no weight to go by.
 */
export function splitExactly(total: number, weights: readonly number[]): number[] | null {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum <= 0) return null;
  const quotas = weights.map((weight) => (total * weight) / sum);
  const parts = quotas.map(Math.floor);
  const byRemainder = quotas
    .map((quota, index) => ({ index, remainder: quota - Math.floor(quota) }))
    .toSorted((a, b) => b.remainder - a.remainder);
  let left = total - parts.reduce((a, b) => a + b, 0);
  for (const { index } of byRemainder) {
    if (left <= 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    left -= 1;
  }
  return parts;
}

/** The lines of a call on the receipt. Their costs add up to the call's to the last digit, or are not given at all. */
export function receiptLines(call: UsageRecord): ReceiptLine[] {
  const shares = sharesOf(call);
  const isPriced =
    'costNanos' in call.amount && call.amount.exactness !== 'reported' && shares.every(({ perMillion }) => perMillion !== null);
  const parts =
    isPriced && 'costNanos' in call.amount
      ? splitExactly(
          call.amount.costNanos,
          shares.map(({ tokens, perMillion }) => tokens * (perMillion ?? 0)),
        )
      : null;
  return shares.map((share, index) => ({ ...share, costNanos: parts?.[index] ?? null }));
}

/** Output tokens a second after the first token came; null where too little is known. */
export function tokensPerSecond(call: UsageRecord): number | null {
  if (call.outputTokens === null || call.firstTokenMs === null) return null;
  const seconds = (call.durationMs - call.firstTokenMs) / 1_000;
  return seconds <= 0 || call.outputTokens < 2 ? null : call.outputTokens / seconds;
}
