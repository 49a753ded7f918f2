import { z } from 'zod';
import { call } from '../rpc/define.ts';
import { modelRef } from './chat.ts';

const id = z.string().min(1).max(64);

/** What of a branch goes along with the next question, whatever that says. */
export const branchContext = z.object({
  /** The oldest message that goes along; null when none does. */
  firstMessageId: z.string().nullable(),
  /** Earlier messages that are left out because they do not fit. */
  droppedTurnCount: z.int().nonnegative(),
});
export type BranchContext = z.infer<typeof branchContext>;

export const contexts = {
  /** What goes along when a question to this model follows `leafId`. Asks no model. */
  'chat.context': call({ input: z.object({ conversationId: id, leafId: id, model: modelRef }), output: branchContext }),
};
