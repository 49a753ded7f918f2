import { z } from 'zod';
import { call } from '../rpc/define.ts';
import { failure, modelRef } from './chat.ts';
import { amount, amountTotal } from './money.ts';
import { asking } from './parameters.ts';

const id = z.string().min(1).max(64);

/** Longest summary, in UTF-16 code units. */
export const maxSummaryChars = 40_000;

/** A summary that stands for a message and all before it. */
export const branchSummary = z.object({
  /** The last message it stands for. */
  messageId: z.string(),
  /** Messages it stands for. */
  messageCount: z.int().positive(),
  text: z.string(),
  /** False: the messages go along all the same. */
  isUsed: z.boolean(),
  /** Who wrote it. */
  model: modelRef,
  /** Of the calls that wrote it. */
  total: amountTotal,
  /** Epoch milliseconds. */
  createdAt: z.int(),
  /** Changed by hand; null: never. */
  editedAt: z.int().nullable(),
});
export type BranchSummary = z.infer<typeof branchSummary>;

const turnForecast = z.object({ inputTokens: z.int().nonnegative(), amount });

/** What a summary of the earlier messages would change, by the prices of now. All of it is estimated. */
export const summaryAdvice = z.object({
  /** Messages it would stand for. */
  messageCount: z.int().positive(),
  /** A further turn like the last ones, its answer included. */
  now: turnForecast,
  /** The same once the summary is there. */
  after: turnForecast,
  /** The calls that write it: all their tokens, and money. */
  summary: z.object({ tokens: z.int().nonnegative(), amount }),
  /** The model's window is nearly full, or earlier messages are left out already. */
  isWindowFull: z.boolean(),
});
export type SummaryAdvice = z.infer<typeof summaryAdvice>;

/** A summary that is being written, or could not be. */
export const summaryRun = z.discriminatedUnion('state', [
  z.object({ state: z.literal('writing') }),
  z.object({ state: z.literal('failed'), failure }),
]);
export type SummaryRun = z.infer<typeof summaryRun>;

/** What of a branch goes along with the next question, whatever that says. */
export const branchContext = z.object({
  /** The oldest message that goes along as it is; null when none does. */
  firstMessageId: z.string().nullable(),
  /** Earlier messages that are left out because they do not fit; those a summary stands for are not counted. */
  droppedTurnCount: z.int().nonnegative(),
  /** Those before them, which are left out because fewer turns were chosen. */
  unchosenTurnCount: z.int().nonnegative(),
  /** The most turns that were chosen to go along; null: all that fit. */
  historyTurns: z.int().nonnegative().nullable(),
  /** Questions that go along with a word in place of each image, since the model takes none. */
  unseenImagesOf: z.array(z.string()),
  /** Of several on the branch the one that stands for most of it; null when there is none. */
  summary: branchSummary.nullable(),
  /** null: none is being written. */
  summaryRun: summaryRun.nullable(),
  /** null: a summary is not worth a word. */
  advice: summaryAdvice.nullable(),
});
export type BranchContext = z.infer<typeof branchContext>;

export const contexts = {
  /** What goes along when a short question, asked like this, follows `leafId`. Asks no model. */
  'chat.context': call({
    input: z.object({
      conversationId: id,
      leafId: id,
      model: modelRef,
      collectionIds: z.array(id).max(50).default([]),
      ...asking,
    }),
    output: branchContext,
  }),
};

export const summaries = {
  /**
   * Begins to summarise the earlier messages of a branch and returns at once; the last question and its answer stay as they are.
   * How it goes on is told by `chat.context`.
   */
  'summaries.make': call({
    input: z.object({ conversationId: id, leafId: id, model: modelRef, passBudgetId: id.nullable().default(null) }),
    output: z.object({ runId: z.string() }),
  }),
  /** Ends the one that is being written, of which nothing is kept, and forgets that one could not be. */
  'summaries.stop': call({ input: z.object({ conversationId: id }), output: z.void() }),
  /** Whether the following requests take the summary along, or the messages it stands for. */
  'summaries.use': call({ input: z.object({ messageId: id, isUsed: z.boolean() }), output: z.void() }),
  'summaries.edit': call({ input: z.object({ messageId: id, text: z.string().trim().min(1).max(maxSummaryChars) }), output: z.void() }),
  /** Removes it with those it took in: the messages go along again. `restore` brings them back until the next start. What they cost stays booked. */
  'summaries.remove': call({ input: z.object({ messageId: id }), output: z.void() }),
  'summaries.restore': call({ input: z.object({ messageId: id }), output: z.void() }),
  /** No advice until a turn costs twice what it does now: what the advice said of it. */
  'summaries.dismiss': call({ input: z.object({ conversationId: id, now: turnForecast }), output: z.void() }),
};
