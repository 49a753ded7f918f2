import type { Turn } from './prompt.ts';

/** The part of a conversation that goes along with a question. */
export interface TrimmedHistory<T extends Turn = Turn> {
  /** Oldest first. */
  readonly turns: readonly T[];
  /** What these turns have in the prompt. */
  readonly tokens: number;
  /** Earlier turns that were left out because they do not fit. */
  readonly droppedCount: number;
}

/**
 * The newest turns that fit into `budgetTokens` together. Begins with a question, since an answer without its question
 * misleads the model. Turns are counted from the newest on, and no further than they fit.
 */
export async function trimHistory<T extends Turn>(
  turns: readonly T[],
  budgetTokens: number,
  tokensOf: (turn: T) => number | Promise<number>,
): Promise<TrimmedHistory<T>> {
  const kept: { readonly turn: T; readonly tokens: number }[] = [];
  let left = budgetTokens;
  for (const turn of turns.toReversed()) {
    const counted = tokensOf(turn);
    // A known count is taken at once: waiting for each of thousands of turns would be slower than the counting.
    const tokens = typeof counted === 'number' ? counted : await counted;
    left -= tokens;
    if (left < 0) break;
    kept.push({ turn, tokens });
  }
  while (kept.at(-1)?.turn.role === 'assistant') kept.pop();
  kept.reverse();
  return {
    turns: kept.map(({ turn }) => turn),
    tokens: kept.reduce((sum, { tokens }) => sum + tokens, 0),
    droppedCount: turns.length - kept.length,
  };
}
