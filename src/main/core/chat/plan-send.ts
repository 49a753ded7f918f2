import type { TokenCounter } from '../spend/tokens/token-counter.ts';
import type { Branch, StoredTurn } from './branch-history.ts';
import { createTurnCounter } from './count-turns.ts';
import { inWords } from './image-content.ts';
import type { Turn } from './prompt.ts';
import { summaryTurns } from './summary-prompts.ts';
import { trimHistory } from './trim-history.ts';

/** Most passages given to the model for one answer, and most tokens they may have together. */
export const passageLimits = { limit: 8, tokenBudget: 4_000 } as const;
/** A model's window when nobody says how large it is. */
export const assumedContextTokens = 32_000;
/** Share of the window that earlier turns may take; the rest is for passages, the question and the answer. */
const historyShare = 0.5;

export interface SendRequest {
  /** What the question follows. */
  readonly branch: Branch;
  readonly modelId: string;
  /** The model's window; null when nobody says. */
  readonly contextTokens: number | null;
  /** The model takes images, or may: else it reads words in their place. */
  readonly takesImages: boolean;
  /** Documents are searched. */
  readonly searches: boolean;
  readonly signal: AbortSignal;
}

/** What of a branch goes along with a question. */
export interface PlannedHistory {
  /** Oldest first; the summary, where there is one, as its first two turns. */
  readonly turns: readonly Turn[];
  /** What the summary has in the prompt; 0 without one. */
  readonly summaryTokens: number;
  /** What the other turns have. */
  readonly tokens: number;
  /** Earlier turns that were left out because they do not fit. */
  readonly droppedCount: number;
  /** The oldest message that goes along as it is; null when none does. */
  readonly firstMessageId: string | null;
}

/** What is settled about a send before any model is asked. A run carries it out, a quote prices it. */
export interface SendPlan {
  /** The same object for the same branch, as long as it is the last one that was planned for. */
  readonly history: PlannedHistory;
  /** The question is rewritten first, so that it can be searched for without the conversation. */
  readonly condenses: boolean;
  readonly contextTokens: number;
  readonly isContextAssumed: boolean;
}

export interface SendPlanner {
  /** Rejects with the signal's reason when it aborts meanwhile. */
  plan(request: SendRequest): Promise<SendPlan>;
  /** The tokens each of these turns has in a prompt for this model. Rejects like `plan`. */
  countTurns(turns: readonly StoredTurn[], modelId: string, signal: AbortSignal): Promise<number[]>;
}

interface LastHistory {
  readonly branch: Branch;
  readonly modelId: string;
  readonly takesImages: boolean;
  readonly budgetTokens: number;
  readonly history: PlannedHistory;
}

/** Most tokens that earlier turns get of a window. */
export function historyBudget(contextTokens: number): number {
  return Math.floor(contextTokens * historyShare);
}

/**
 * Plans sends. What a stored message has in a prompt is counted once: it never changes after it was settled, and a
 * quote is asked for at every pause of someone typing.
 */
export function createSendPlanner(tokenCounter: TokenCounter): SendPlanner {
  const countTurn = createTurnCounter(tokenCounter);
  let last: LastHistory | null = null;

  async function fitHistory({ branch, modelId, takesImages, signal }: SendRequest, budgetTokens: number): Promise<PlannedHistory> {
    const isLast = last?.branch === branch && last.modelId === modelId && last.takesImages === takesImages;
    if (isLast && last?.budgetTokens === budgetTokens) return last.history;
    const pinned = branch.summary === null ? [] : summaryTurns(branch.summary.text);
    const { perMessage } = await tokenCounter.countChatParts(
      pinned.map(({ role, text }) => ({ role, content: text })),
      modelId,
    );
    const summaryTokens = perMessage.reduce((sum, tokens) => sum + tokens, 0);
    const count = countTurn(modelId, signal);
    const { turns, tokens, droppedCount } = await trimHistory(
      takesImages ? branch.turns : branch.turns.map(inWords),
      budgetTokens - summaryTokens,
      count,
    );
    const firstMessageId = turns[0]?.messageId ?? null;
    const history = { turns: [...pinned, ...turns], summaryTokens, tokens, droppedCount, firstMessageId };
    last = { branch, modelId, takesImages, budgetTokens, history };
    return history;
  }

  return {
    async plan(request) {
      const contextTokens = request.contextTokens ?? assumedContextTokens;
      const history = await fitHistory(request, historyBudget(contextTokens));
      return {
        history,
        condenses: request.searches && history.turns.length > 0,
        contextTokens,
        isContextAssumed: request.contextTokens === null,
      };
    },
    async countTurns(turns, modelId, signal) {
      const count = countTurn(modelId, signal);
      const counts: number[] = [];
      for (const turn of turns) {
        const counted = count(turn);
        counts.push(typeof counted === 'number' ? counted : await counted);
      }
      return counts;
    },
  };
}
