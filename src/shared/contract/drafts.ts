import { z } from 'zod';
import { call } from '../rpc/define.ts';
import { maxMessageChars, searchScope } from './chat.ts';
import { attachedImage } from './images.ts';
import { maxImageCount } from '../image-limits.ts';

const conversationId = z.string().min(1).max(64).nullable();

/** A question that has not been sent. */
export const draft = z.object({
  text: z.string().max(maxMessageChars),
  /** What it is to be searched for in; null: in the collections of the conversation. */
  scope: searchScope.nullable(),
  images: z.array(attachedImage).max(maxImageCount).default([]),
});
export type Draft = z.infer<typeof draft>;

export const drafts = {
  /** What was being written in a conversation, or for one that has not begun (`conversationId` null); null: nothing. */
  'drafts.read': call({ input: z.object({ conversationId }), output: draft.nullable() }),
  /** Keeps it, or forgets it when it holds nothing. For a conversation that is gone nothing happens. */
  'drafts.save': call({ input: z.object({ conversationId, draft }), output: z.void() }),
};
