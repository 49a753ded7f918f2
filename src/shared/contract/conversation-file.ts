import { z } from 'zod';
import { failure, source } from './chat.ts';
import { systemPrompt } from './parameters.ts';
import { requestPart } from './request-part.ts';
import { usageRecord } from './usage.ts';

/** What says that a file holds conversations of Tally's, and of which version it is. */
export const conversationFileFormat = 'tally-conversation';
export const conversationFileVersion = 1;

const id = z.string().min(1).max(200);
const name = z.string().max(1_000);
/** Epoch milliseconds. */
const time = z.int().nonnegative();

/** An image without its data: what a file keeps of it. In pixels; null where that is not known. */
const filedImage = z.object({ name, width: z.int().positive().nullable(), height: z.int().positive().nullable() });

/** A message of any branch. It follows `parentId`; null: it begins the conversation. */
export const filedMessage = z.object({
  id,
  parentId: id.nullable(),
  role: z.enum(['user', 'assistant']),
  text: z.string(),
  images: z.array(filedImage).default([]),
  status: z.enum(['done', 'stopped', 'failed', 'interrupted']).default('done'),
  /** Why an answer failed. */
  failure: failure.nullable().default(null),
  /** Who answered, as it was called and shown. */
  modelId: name.nullable().default(null),
  modelLabel: name.nullable().default(null),
  condensedQuestion: z.string().nullable().default(null),
  reasoning: z.string().default(''),
  reasoningMs: z.int().nonnegative().nullable().default(null),
  /** The passages an answer was given, with their texts. */
  sources: z.array(source).default([]),
  /** The usage records of its calls, as they were booked: money in nano-USD. */
  calls: z.array(usageRecord).default([]),
  /** What the request was made of, by our own count. */
  requestParts: z.array(requestPart).default([]),
  createdAt: time,
  finishedAt: time.nullable().default(null),
});
export type FiledMessage = z.infer<typeof filedMessage>;

export const filedConversation = z.object({
  id,
  title: name,
  /** The message the branch that was shown ends with. */
  leafMessageId: id.nullable().default(null),
  systemPrompt: systemPrompt.default(''),
  createdAt: time,
  updatedAt: time,
  /** Every branch; a message stands after the one it follows. */
  messages: z.array(filedMessage),
  /** Calls that belong to no message above: titles, summaries, answers that were deleted. */
  otherCalls: z.array(usageRecord).default([]),
});
export type FiledConversation = z.infer<typeof filedConversation>;

/**
 * What stands around the conversations of a file. The whole is `{ format, version, exportedAt, conversations: [FiledConversation] }`,
 * one line a message, so that a long one can be read without holding it all.
 */
export const conversationFileHead = z.object({
  format: z.literal(conversationFileFormat),
  version: z.literal(conversationFileVersion),
  exportedAt: time,
});
