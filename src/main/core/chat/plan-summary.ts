import type { Branch, StoredTurn } from './branch-history.ts';
import { inWords } from './image-content.ts';

/** What a summary of a branch would stand for. */
export interface SummaryPlan {
  /** The last message it stands for. */
  readonly messageId: string;
  /** All messages it stands for, those of an earlier summary it takes in among them. */
  readonly messageCount: number;
  /** The summary it takes in; null: there is none. */
  readonly before: string | null;
  /** What it is made from besides, oldest first. */
  readonly turns: readonly StoredTurn[];
  /** What goes along as it is after it. */
  readonly keptTurns: readonly StoredTurn[];
}

/** A summary shorter than this says too little, one longer saves too little, in tokens. */
const [smallestSummaryTokens, largestSummaryTokens] = [150, 1_000];
/** A summary's share of what it stands for. */
const summaryShare = 0.15;

/** What a summary would stand for: all but the last question and what follows it. null: there is nothing before that. */
export function planSummary({ summary, turns }: Branch): SummaryPlan | null {
  const lastQuestion = turns.findLastIndex(({ role }) => role === 'user');
  const covered = turns.slice(0, Math.max(0, lastQuestion));
  const last = covered.at(-1);
  if (last === undefined) return null;
  return {
    messageId: last.messageId,
    messageCount: (summary?.messageCount ?? 0) + covered.length,
    before: summary?.text ?? null,
    turns: covered.map(inWords),
    keptTurns: turns.slice(lastQuestion),
  };
}

/** How long a summary of this many tokens is asked to be, in tokens. */
export function summaryTargetTokens(tokens: number): number {
  return Math.round(Math.min(largestSummaryTokens, Math.max(smallestSummaryTokens, tokens * summaryShare)));
}
