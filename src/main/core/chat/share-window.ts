/** A model's window when nobody says how large it is: most take in more, and few of those in use less. */
export const assumedContextTokens = 32_000;

/**
 * Windows this large are taken to be shared as those of GPT-5 are: 400,000 tokens, of which 128,000 are for the answer alone.
 * Source: https://platform.openai.com/docs/models/gpt-5
 */
const [largeWindowTokens, largeAnswerTokens] = [400_000, 128_000];
/** What is kept for an answer where nobody says how long one can get: what GPT-4o writes at most, or a quarter of a small window. */
const [usualAnswerTokens, usualAnswerShare] = [16_384, 0.25];
/** A model that could fill its window with one answer seldom does; half of it is for what goes in. */
const largestAnswerShare = 0.5;

/** Most passages given to the model for one answer, and most tokens they may have together. */
const [mostPassages, mostPassageTokens] = [8, 4_000];
/** Their share of a small window. */
const passageShare = 0.25;
/** What stands around a passage, its document's name among it, in tokens. */
const passageFrameTokens = 40;

/** How a model's window is shared, in tokens. */
export interface WindowShares {
  readonly contextTokens: number;
  /** Nobody says how large the window is. */
  readonly isContextAssumed: boolean;
  /** Kept for the answer. */
  readonly answerTokens: number;
  /** For passages, when documents are searched. */
  readonly passages: { readonly limit: number; readonly tokenBudget: number };
}

export interface WindowRequest {
  /** null when nobody says. */
  readonly contextTokens: number | null;
  /** The longest answer the model writes; null when nobody says. */
  readonly modelOutputTokens: number | null;
  /** The most the answer was limited to; null: it was not. */
  readonly askedOutputTokens: number | null;
}

/** Shares a window. What is left of it is for instructions, question and history. */
export function shareWindow({ contextTokens: known, modelOutputTokens, askedOutputTokens }: WindowRequest): WindowShares {
  const contextTokens = known ?? assumedContextTokens;
  const usual =
    modelOutputTokens === null
      ? Math.min(usualAnswerTokens, contextTokens * usualAnswerShare)
      : Math.min(modelOutputTokens, contextTokens * largestAnswerShare);
  // The rest of such a window takes nothing in, however short the answer may be.
  const least = contextTokens >= largeWindowTokens ? largeAnswerTokens : 0;
  return {
    contextTokens,
    isContextAssumed: known === null,
    answerTokens: Math.min(contextTokens, Math.max(least, askedOutputTokens ?? Math.floor(usual))),
    passages: { limit: mostPassages, tokenBudget: Math.min(mostPassageTokens, Math.floor(contextTokens * passageShare)) },
  };
}

/**
 * What is kept free for passages, all of it, whatever is found: the history is chosen before it is known which those are, and it should
 * not be another one in the quote than in the request.
 */
export function passageRoom({ passages: { limit, tokenBudget } }: WindowShares): number {
  return tokenBudget + limit * passageFrameTokens;
}
