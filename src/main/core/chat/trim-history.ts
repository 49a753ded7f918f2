import type { Turn } from './prompt.ts';

/** A turn with what it costs in the prompt. */
export interface CountedTurn extends Turn {
  readonly tokens: number;
}

/**
 * The newest turns that fit into `budgetTokens` together, oldest first. Begins with a question, since an answer
 * without its question misleads the model.
 */
export function trimHistory(turns: readonly CountedTurn[], budgetTokens: number): readonly Turn[] {
  let left = budgetTokens;
  let first = turns.length;
  for (let index = turns.length - 1; index >= 0; index -= 1) {
    left -= turns[index]?.tokens ?? 0;
    if (left < 0) break;
    first = index;
  }
  while (turns[first]?.role === 'assistant') first += 1;
  return turns.slice(first).map(({ role, text }) => ({ role, text }));
}
