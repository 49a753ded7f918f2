import { z } from 'zod';
import { call } from '../rpc/define.ts';
import { budgetNotice } from './budgets.ts';
import { maxMessageChars, modelRef, searchScope } from './chat.ts';
import { amount, amountTotal, costNanos } from './money.ts';
import { imageUses } from './images.ts';
import { asking } from './parameters.ts';

const id = z.string().min(1).max(64);

/**
 * What the input of a send is made of. `summary` stands for earlier messages, `overhead` is what the chat format adds around the
 * question and before the reply.
 * `condense`, `multi_query`, `embedding`, `rerank` and `title` are calls of their own; everything else is the request for the answer.
 */
export const quotePartKind = z.enum([
  'instructions',
  'summary',
  'history',
  'attachment',
  'passages',
  'text',
  'overhead',
  'condense',
  'multi_query',
  'embedding',
  'rerank',
  'title',
]);
export type QuotePartKind = z.infer<typeof quotePartKind>;

export const quotePart = z.object({ kind: quotePartKind, tokens: z.int().nonnegative(), amount });
export type QuotePart = z.infer<typeof quotePart>;

/** What a send would cost on the side of the input, were it sent now. What the model writes comes on top. */
export const quote = z.object({
  /** Only those that have tokens. */
  parts: z.array(quotePart),
  /** Of the request for the answer, calls before and after it not included. */
  inputTokens: z.int().nonnegative(),
  /** Over every call the send makes. Counted here, without a discount for cached input. */
  total: amountTotal,
  /** The model's window. */
  contextTokens: z.int().positive(),
  /** Nobody says how large the window is. */
  isContextAssumed: z.boolean(),
  /** Of it, kept free for the answer: earlier messages get what this and everything else leaves. */
  answerRoomTokens: z.int().nonnegative(),
  /** Earlier messages that are left out because they do not fit. */
  droppedTurnCount: z.int().nonnegative(),
  /** Those before them, which are left out because fewer turns were chosen. */
  unchosenTurnCount: z.int().nonnegative(),
  /** The most turns that were chosen to go along; null: all that fit. */
  historyTurns: z.int().nonnegative().nullable(),
  /** What the answer costs in USD per million tokens; null without a price. */
  outputPerMillion: z.number().nullable(),
  /** The most the answer can come to; null when no limit is set for it. */
  answerLimit: z.object({ tokens: z.int().positive(), amount }).nullable(),
  /** The seller's own price is not known: it is the list price of the model's maker. */
  isPriceAssumed: z.boolean(),
  /** The counts were corrected by what this provider has billed before. */
  isCalibrated: z.boolean(),
  /** The send searches in another way than a quote, which costs nothing, can: other passages may be found. */
  searchDiffers: z.boolean(),
  /** What the model that is asked beside needs: all of its input and the shortest useful answer; null without one, or a price for it. */
  besideNanos: costNanos.nullable(),
  /** What the budgets say about it; null: it fits, and no notice is due. */
  budget: budgetNotice.nullable(),
});
export type Quote = z.infer<typeof quote>;

export const quotes = {
  /** Assembles the request as `chat.send` would and counts it. Nothing to say, neither text nor images, is quoted without the calls a send would make. */
  'chat.quote': call({
    input: z.object({
      conversationId: id.nullable(),
      parentId: id.nullable(),
      text: z.string().trim().max(maxMessageChars),
      images: imageUses,
      model: modelRef,
      collectionIds: z.array(id).max(50),
      scope: searchScope.nullable().default(null),
      /** The model that is asked beside it. It counts towards `budget`, and towards nothing else. */
      compareWith: modelRef.nullable().default(null),
      ...asking,
    }),
    output: quote,
  }),
};
