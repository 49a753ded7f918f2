import { z } from 'zod';

/**
 * What the request for an answer is made of, in the order it is sent. `summary` stands for earlier turns, `overhead` is what the chat
 * format adds.
 */
export const requestPartKind = z.enum(['instructions', 'summary', 'history', 'passage', 'attachment', 'text', 'overhead']);
export type RequestPartKind = z.infer<typeof requestPartKind>;

export const requestPart = z.object({
  kind: requestPartKind,
  /** Counted when the request was assembled. */
  tokens: z.int().nonnegative(),
  /** Which of the answer's sources a passage is, or which attachment; null where there is only one of the kind. */
  ordinal: z.int().positive().nullable(),
});
export type RequestPart = z.infer<typeof requestPart>;
