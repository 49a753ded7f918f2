import { clip } from './clip.ts';
import { withImageWords } from './image-content.ts';
import type { Turn } from './prompt.ts';

/** Most of a conversation that is shown for rewriting a question, in tokens: what a question refers to was mostly said just before. */
export const condensedTokens = 8_000;
/** Its share of the window of the model that rewrites. */
export const condensedShare = 0.5;
/** A summary's share of it: all that came before. */
const summaryShare = 0.5;
/** Longest earlier message that is shown, in UTF-16 code units. */
const excerptChars = 2_000;

export interface CondensedHistory<T extends Turn> {
  /** What stands for earlier turns; empty without a summary. */
  readonly summary: readonly Turn[];
  /** Oldest first. */
  readonly turns: readonly T[];
}

/**
 * What of a conversation is shown for rewriting a question: the summary as a whole as far as half of `budgetTokens` reaches, and the
 * newest turns that fit beside it, of each its beginning.
 */
export async function chooseCondensed<T extends Turn>(
  { summary, turns }: CondensedHistory<T>,
  budgetTokens: number,
  count: (text: string) => Promise<number>,
): Promise<Turn[]> {
  const chosen: Turn[] = [];
  let left = budgetTokens;
  for (const { role, text } of summary) {
    const shown = await clipToTokens(text, Math.floor(budgetTokens * summaryShare), count);
    left -= await count(shown);
    chosen.push({ role, text: shown });
  }
  const newest: Turn[] = [];
  for (const { role, text, images } of turns.toReversed()) {
    const shown = clip(withImageWords(text, images), excerptChars);
    left -= await count(shown);
    if (left < 0) break;
    newest.push({ role, text: shown });
  }
  return [...chosen, ...newest.toReversed()];
}

/** The beginning of a text that has no more tokens than that, with an ellipsis where something is missing. */
async function clipToTokens(text: string, maxTokens: number, count: (text: string) => Promise<number>): Promise<string> {
  let shown = text;
  for (let tokens = await count(shown); tokens > maxTokens && shown.length > 1; tokens = await count(shown)) {
    shown = clip(text, Math.max(0, Math.min(shown.length - 2, Math.floor((shown.length * maxTokens) / tokens))));
  }
  return shown;
}
