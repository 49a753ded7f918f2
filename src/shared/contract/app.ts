import { z } from 'zod';
import { call, stream } from '../rpc/define.ts';
import { document } from './documents.ts';

/** Tells the page what changed, so that it can ask again. Not a log: a page that was away asks anew for everything. */
export const appEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('conversation.changed'), conversationId: z.string() }),
  /** However it ended. `title`: the conversation's; empty where it has none. */
  z.object({ type: z.literal('answer.ended'), conversationId: z.string(), title: z.string() }),
  /** What goes along with its next question. */
  z.object({ type: z.literal('context.changed'), conversationId: z.string() }),
  z.object({ type: z.literal('usage.recorded'), conversationId: z.string().nullable() }),
  /** Calls that are booked have another amount. */
  z.object({ type: z.literal('usage.settled') }),
  z.object({ type: z.literal('usage.deleted') }),
  z.object({ type: z.literal('document.changed'), document }),
  z.object({ type: z.literal('document.removed'), documentId: z.string() }),
  z.object({ type: z.literal('collections.changed') }),
  /** Their names, what is in them, or what they cost. */
  z.object({ type: z.literal('folders.changed') }),
  z.object({ type: z.literal('library.changed') }),
  z.object({ type: z.literal('providers.changed') }),
  z.object({ type: z.literal('prices.changed') }),
  z.object({ type: z.literal('budgets.changed') }),
  z.object({ type: z.literal('bills.changed') }),
  z.object({ type: z.literal('settings.changed') }),
]);
export type AppEvent = z.infer<typeof appEvent>;

export const app = {
  'app.info': call({
    input: z.void(),
    output: z.object({
      version: z.string(),
      host: z.enum(['electron', 'loopback', 'terminal', 'test']),
      platform: z.string(),
      /** What is shown is sample data, and nothing leaves the computer. */
      isSample: z.boolean(),
      dataDir: z.string(),
      /** The day and zone the core counts in. */
      timeZone: z.string(),
      /** Answers found unfinished at the start, now marked as interrupted. */
      recoveredAnswerCount: z.int(),
    }),
  }),
  'events.watch': stream({ input: z.void(), item: appEvent }),
};
