import { z } from 'zod';
import { call, stream } from '../rpc/define.ts';
import { attachedImage, imageUses } from './images.ts';
import { amountTotal } from './money.ts';
import { asking } from './parameters.ts';
import { requestPart } from './request-part.ts';
import { usageRecord } from './usage.ts';

/** Longest text a person can send at once, in UTF-16 code units. */
export const maxMessageChars = 1_000_000;

const id = z.string().min(1).max(64);

export const modelRef = z.object({ providerId: id, modelId: z.string().min(1).max(200) });
export type ModelRef = z.infer<typeof modelRef>;

/** `interrupted`: the reply broke off, or Tally was killed while it streamed. */
export const messageStatus = z.enum(['streaming', 'done', 'stopped', 'failed', 'interrupted']);
export type MessageStatus = z.infer<typeof messageStatus>;

/** A passage that was given to the model, frozen with the answer so that it outlives its document. */
export const source = z.object({
  /** The n of `[n]` in the answer, from 1. */
  ordinal: z.int().positive(),
  passageId: z.string(),
  documentId: z.string(),
  documentName: z.string(),
  /** 1-based; null where the format has no pages. */
  page: z.int().positive().nullable(),
  headingPath: z.array(z.string()),
  /** UTF-16 code unit offsets into the document's stored text; end is exclusive. */
  startOffset: z.int().nonnegative(),
  endOffset: z.int().nonnegative(),
  text: z.string(),
  keywordRank: z.int().positive().nullable(),
  vectorRank: z.int().positive().nullable(),
  score: z.number(),
});
export type Source = z.infer<typeof source>;

/** Where a question is searched for, instead of in the collections of its conversation. */
export const searchScope = z.object({ documentIds: z.array(id).max(50), collectionIds: z.array(id).max(50) });
export type SearchScope = z.infer<typeof searchScope>;

/** What an error needs to become a sentence. */
export const failure = z.object({
  code: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});
export type Failure = z.infer<typeof failure>;

/** Every call behind one answer, and what they come to. */
export const receipt = z.object({
  total: amountTotal,
  calls: z.array(usageRecord),
  /** What the request for the answer was made of, in its order, by our own count; empty where nobody counted. */
  requestParts: z.array(requestPart),
});
export type Receipt = z.infer<typeof receipt>;

export const message = z.object({
  id: z.string(),
  conversationId: z.string(),
  parentId: z.string().nullable(),
  role: z.enum(['user', 'assistant']),
  text: z.string(),
  /** Of a question: what goes along with its text. */
  images: z.array(attachedImage),
  status: messageStatus,
  failure: failure.nullable(),
  /** Something worth saying that did not fail the answer, such as a search that fell back to keywords. */
  notice: failure.nullable(),
  model: modelRef.nullable(),
  modelLabel: z.string().nullable(),
  runId: z.string().nullable(),
  /** The question as it was searched for; null when it was not rewritten. */
  condensedQuestion: z.string().nullable(),
  /** Of a question: what it was searched for in; null: in the collections of the conversation. */
  scope: searchScope.nullable(),
  /** It came with an import, which did not hold these images it had, by name ('' where that is not known); null: written here. */
  imported: z.object({ missingImages: z.array(z.string()) }).nullable(),
  /** What the model let see of its thinking; empty when nothing. It is never sent to a model again. */
  reasoning: z.string(),
  /** From its first word of thinking to its first word of the answer; null while it thinks, and without any. */
  reasoningMs: z.int().nonnegative().nullable(),
  sources: z.array(source),
  receipt: receipt.nullable(),
  /** All answers (or edits) that share this message's parent, oldest first, this one included. */
  siblingIds: z.array(z.string()),
  /** The answers shown side by side, oldest first, this one included; empty when it stands alone. */
  comparedIds: z.array(z.string()),
  createdAt: z.int(),
  finishedAt: z.int().nullable(),
});
export type Message = z.infer<typeof message>;

/** `waiting`: the provider has asked to be called again later. */
export const runStage = z.enum(['starting', 'rewriting', 'searching', 'waiting', 'answering']);
export type RunStage = z.infer<typeof runStage>;

/** The live counter: counted locally while streaming, replaced by the receipt at the end. */
export const liveUsage = z.object({ inputTokens: z.int(), outputTokens: z.int(), total: amountTotal });
export type LiveUsage = z.infer<typeof liveUsage>;

/** When the thinking that is shown began, in epoch milliseconds; null while there is none. */
const reasoningSince = z.int().nullable();

/** The end of the wait in the stage `waiting`, in epoch milliseconds; null in every other stage. */
const retryAt = z.int().nullable();

/** First a snapshot, then changes with rising `seq`, last `end`. Watching again starts over with a snapshot. */
export const runUpdate = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), seq: z.int(), stage: runStage, retryAt, reasoningSince, message, live: liveUsage.nullable() }),
  z.object({ type: z.literal('stage'), seq: z.int(), stage: runStage, retryAt, condensedQuestion: z.string().nullable() }),
  z.object({ type: z.literal('sources'), seq: z.int(), sources: z.array(source) }),
  z.object({ type: z.literal('reasoning'), seq: z.int(), delta: z.string(), reasoningSince, reasoningMs: z.int().nullable() }),
  z.object({ type: z.literal('text'), seq: z.int(), delta: z.string(), live: liveUsage.nullable() }),
  z.object({ type: z.literal('end'), seq: z.int(), message }),
]);
export type RunUpdate = z.infer<typeof runUpdate>;

/** The budget that the person was told does not allow it, and that is passed this once; null: none. It is written down. */
const passBudgetId = id.nullable().default(null);

const started = z.object({ runId: z.string(), conversationId: z.string(), userMessageId: z.string(), answerId: z.string() });

export const chat = {
  /**
   * Stores the question, starts the answer and returns at once. `messageId` is made by the page: sending
   * the same one again returns the same run instead of asking twice. Without `conversationId` a new one begins.
   */
  'chat.send': call({
    input: z
      .object({
        messageId: id,
        conversationId: id.nullable(),
        /** The message this one follows; null for the first. */
        parentId: id.nullable(),
        /** Empty only with images. */
        text: z.string().trim().max(maxMessageChars),
        images: imageUses,
        model: modelRef,
        /** Collections to search; empty: no documents. */
        collectionIds: z.array(id).max(50),
        /** Searched instead of the collections, for this question alone. */
        scope: searchScope.nullable().default(null),
        /** The assistant a new conversation begins with. */
        assistantId: id.nullable().default(null),
        ...asking,
        /** The model to be asked beside it, by `chat.regenerate`: the budgets are held against both together. */
        compareWith: modelRef.nullable().default(null),
        passBudgetId,
      })
      .refine(({ text, images }) => text !== '' || images.length > 0),
    output: started,
  }),
  /**
   * Answers the same question once more, as a sibling of the earlier answers, or side by side with one of them, which may still be
   * written. What the question was limited to still holds.
   */
  'chat.regenerate': call({
    input: z.object({
      userMessageId: id,
      besideAnswerId: id.nullable().default(null),
      model: modelRef,
      collectionIds: z.array(id).max(50),
      ...asking,
      passBudgetId,
    }),
    output: started,
  }),
  /** Stops a run. What was written stays. Stopping a finished run does nothing. */
  'chat.stop': call({ input: z.object({ runId: id }), output: z.void() }),
  'chat.watch': stream({ input: z.object({ runId: id }), item: runUpdate }),
};
