import { setImmediate as nextTick } from 'node:timers/promises';
import type { TokenCounter } from '../spend/tokens/token-counter.ts';
import type { StoredTurn } from './branch-history.ts';
import { trimHistory, type TrimmedHistory } from './trim-history.ts';

/** Most passages given to the model for one answer, and most tokens they may have together. */
export const passageLimits = { limit: 8, tokenBudget: 4_000 } as const;
/** A model's window when nobody says how large it is. */
const assumedContextTokens = 32_000;
/** Share of the window that earlier turns may take; the rest is for passages, the question and the answer. */
const historyShare = 0.5;
/** Counted between two turns of the event loop, in UTF-16 code units: about five milliseconds' worth. */
const charsPerTick = 50_000;
const maxKnownCounts = 100_000;

export interface SendRequest {
  /** The branch before the question, oldest first. */
  readonly turns: readonly StoredTurn[];
  readonly modelId: string;
  /** The model's window; null when nobody says. */
  readonly contextTokens: number | null;
  /** Documents are searched. */
  readonly searches: boolean;
  readonly signal: AbortSignal;
}

/** What is settled about a send before any model is asked. A run carries it out, a quote prices it. */
export interface SendPlan {
  /** The same object for the same branch, as long as it is the last one that was planned for. */
  readonly history: TrimmedHistory<StoredTurn>;
  /** The question is rewritten first, so that it can be searched for without the conversation. */
  readonly condenses: boolean;
  readonly contextTokens: number;
  readonly isContextAssumed: boolean;
}

export interface SendPlanner {
  /** Rejects with the signal's reason when it aborts meanwhile. */
  plan(request: SendRequest): Promise<SendPlan>;
}

interface PlannedHistory {
  readonly turns: readonly StoredTurn[];
  readonly encoding: string;
  readonly budgetTokens: number;
  readonly history: TrimmedHistory<StoredTurn>;
}

/**
 * Plans sends. What a stored message has in a prompt is counted once: it never changes after it was settled, and a
 * quote is asked for at every pause of someone typing.
 */
export function createSendPlanner(tokenCounter: TokenCounter): SendPlanner {
  const knownCounts = new Map<string, number>();
  let last: PlannedHistory | null = null;

  async function fitHistory({ turns, modelId, signal }: SendRequest, budgetTokens: number): Promise<TrimmedHistory<StoredTurn>> {
    const encoding = tokenCounter.encodingOf(modelId);
    if (last?.turns === turns && last.encoding === encoding && last.budgetTokens === budgetTokens) return last.history;
    let countedChars = 0;

    async function count(turn: StoredTurn, key: string): Promise<number> {
      const { perMessage } = await tokenCounter.countChatParts([{ role: turn.role, content: turn.text }], modelId);
      const tokens = perMessage[0] ?? 0;
      if (knownCounts.size >= maxKnownCounts) knownCounts.clear();
      if (turn.isFinal) knownCounts.set(key, tokens);
      countedChars += turn.text.length;
      if (countedChars > charsPerTick) {
        countedChars = 0;
        await nextTick(undefined, { signal });
      }
      return tokens;
    }

    const history = await trimHistory(turns, budgetTokens, (turn) => {
      const key = `${encoding} ${turn.messageId}`;
      return knownCounts.get(key) ?? count(turn, key);
    });
    last = { turns, encoding, budgetTokens, history };
    return history;
  }

  return {
    async plan(request) {
      const contextTokens = request.contextTokens ?? assumedContextTokens;
      const history = await fitHistory(request, Math.floor(contextTokens * historyShare));
      return {
        history,
        condenses: request.searches && history.turns.length > 0,
        contextTokens,
        isContextAssumed: request.contextTokens === null,
      };
    },
  };
}
