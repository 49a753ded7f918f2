import type { Receipt } from '../../../shared/contract/chat.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';

/** The tokens of an answer over all its calls. Null: no call says. */
export interface AnswerFigures {
  readonly inputTokens: number | null;
  readonly cacheReadTokens: number | null;
  readonly outputTokens: number | null;
  readonly reasoningTokens: number | null;
  /** From the request to the first token of the answer itself; null when none came. */
  readonly firstTokenMs: number | null;
}

function sumKnown(
  calls: readonly UsageRecord[],
  field: 'inputTokens' | 'cacheReadTokens' | 'outputTokens' | 'reasoningTokens',
): number | null {
  const known = calls.map((call) => call[field]).filter((count) => count !== null);
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
}

/** Adds up a receipt's calls. */
export function figuresOf({ calls }: Receipt): AnswerFigures {
  return {
    inputTokens: sumKnown(calls, 'inputTokens'),
    cacheReadTokens: sumKnown(calls, 'cacheReadTokens'),
    outputTokens: sumKnown(calls, 'outputTokens'),
    reasoningTokens: sumKnown(calls, 'reasoningTokens'),
    firstTokenMs: calls.findLast(({ purpose, firstTokenMs }) => purpose === 'answer' && firstTokenMs !== null)?.firstTokenMs ?? null,
  };
}
