import { z } from 'zod';
import { call, stream } from '../rpc/define.ts';
import { message, modelRef } from './chat.ts';
import { amountTotal } from './money.ts';
import { modelParameters, systemPrompt } from './parameters.ts';

const id = z.string().min(1).max(64);

export const conversation = z.object({
  id: z.string(),
  title: z.string(),
  /** Last model used. */
  model: modelRef.nullable(),
  collectionIds: z.array(z.string()),
  /** How its questions are asked. */
  parameters: modelParameters,
  systemPrompt,
  /** Whom it was begun with, who may be gone; null: nobody. */
  assistantId: z.string().nullable(),
  /** The message the open branch ends with. */
  leafMessageId: z.string().nullable(),
  runId: z.string().nullable(),
  total: amountTotal,
  /** null: in none. */
  folderId: z.string().nullable(),
  isPinned: z.boolean(),
  isArchived: z.boolean(),
  createdAt: z.int(),
  updatedAt: z.int(),
});
export type Conversation = z.infer<typeof conversation>;

/** Most messages that are read at once. */
export const maxMessagesAtOnce = 200;

/** Where a message stands in a branch and how much room it will take; what it says is read when it is looked at. */
export const branchEntry = z.object({
  id: z.string(),
  role: z.enum(['user', 'assistant']),
  /** Length of its text in UTF-8. */
  sizeBytes: z.int().nonnegative(),
});
export type BranchEntry = z.infer<typeof branchEntry>;

export const searchHit = z.object({
  conversationId: z.string(),
  conversationTitle: z.string(),
  isArchived: z.boolean(),
  messageId: z.string(),
  role: z.enum(['user', 'assistant']),
  /** Text around the hit, and the hits inside it as [start, end) UTF-16 offsets. */
  snippet: z.string(),
  highlights: z.array(z.tuple([z.int(), z.int()])),
  createdAt: z.int(),
});
export type SearchHit = z.infer<typeof searchHit>;

export const branchHits = z.object({
  /** The messages that hold every word, oldest first; of very many, the newest. */
  messageIds: z.array(z.string()),
  /** How many there are in all. */
  count: z.int().nonnegative(),
  /** Where they hold them: a regular expression (flag `u`) for their text after `foldText`; null when nothing was asked for. */
  pattern: z.string().nullable(),
});
export type BranchHits = z.infer<typeof branchHits>;

/** What the history is sorted by. */
export const conversationOrder = z.enum(['newest', 'dearest', 'title']);
export type ConversationOrder = z.infer<typeof conversationOrder>;

/**
 * Where in the history: a folder, those pinned, those archived, or `loose`: in none of them. A pinned conversation is with the pinned
 * and not in its folder. Anywhere: all that are not archived.
 */
export const conversationPlace = z.union([z.enum(['anywhere', 'loose', 'pinned', 'archived']), z.object({ folderId: id })]);
export type ConversationPlace = z.infer<typeof conversationPlace>;

export const conversations = {
  /**
   * Newest first, dearest first, or by title. `before` is the `nextCursor` of the page before; of a folder and of the pinned it is how
   * many come before the page.
   */
  'conversations.list': call({
    input: z.object({
      before: z.string().max(200).nullable().default(null),
      limit: z.int().min(1).max(200).default(60),
      order: conversationOrder.default('newest'),
      place: conversationPlace.default('anywhere'),
    }),
    output: z.object({ conversations: z.array(conversation), nextCursor: z.string().nullable() }),
  }),
  /** A conversation, the order of its open branch (oldest first), and the newest messages of that branch whole. */
  'conversations.open': call({
    input: z.object({ conversationId: id }),
    output: z.object({
      conversation,
      branch: z.array(branchEntry),
      /** What the answers of the open branch cost, as their receipts say; null where there is no other branch. */
      branchTotal: amountTotal.nullable(),
      messages: z.array(message),
    }),
  }),
  /** Messages whole, in the order asked for; those that do not exist are left out. */
  'conversations.messages': call({
    input: z.object({ messageIds: z.array(id).max(maxMessagesAtOnce) }),
    output: z.object({ messages: z.array(message) }),
  }),
  /** Makes the branch that runs through this message the open one (to its newest leaf). */
  'conversations.showBranch': call({ input: z.object({ messageId: id }), output: z.object({ conversationId: z.string() }) }),
  /** Hides a message and all that follows it; `restoreMessage` brings them back until the next start. Usage records stay. */
  'conversations.removeMessage': call({ input: z.object({ messageId: id }), output: z.void() }),
  'conversations.restoreMessage': call({ input: z.object({ messageId: id }), output: z.void() }),
  /** Ends the comparison an answer is part of, and opens the branch through this answer; the others stay beside it. */
  'conversations.continueWith': call({ input: z.object({ messageId: id }), output: z.void() }),
  'conversations.rename': call({
    input: z.object({ conversationId: id, title: z.string().trim().min(1).max(200) }),
    output: z.void(),
  }),
  /** How its next questions are asked. */
  'conversations.setAsking': call({
    input: z.object({ conversationId: id, parameters: modelParameters, systemPrompt }),
    output: z.void(),
  }),
  /** Hides it; `restore` brings it back. It is erased for good at the next start. Its usage records always stay. */
  'conversations.remove': call({ input: z.object({ conversationId: id }), output: z.void() }),
  'conversations.restore': call({ input: z.object({ conversationId: id }), output: z.void() }),
  /** Conversations as a file (`conversation-file.ts`), to be put together from the pieces in their order. null: all of them. */
  'conversations.export': stream({
    input: z.object({ conversationIds: z.array(id).min(1).max(10_000).nullable() }),
    item: z.object({ text: z.string() }),
  }),
  /** Full text of every message, and titles; newest first. */
  'conversations.search': call({
    input: z.object({ query: z.string().trim().min(1).max(500), limit: z.int().min(1).max(100).default(30) }),
    output: z.object({ hits: z.array(searchHit) }),
  }),
  /** Every message of the open branch that holds the words. */
  'conversations.find': call({
    input: z.object({ conversationId: id, query: z.string().trim().min(1).max(500) }),
    output: branchHits,
  }),
};
