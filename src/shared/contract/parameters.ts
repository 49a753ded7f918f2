import { z } from 'zod';
import { usualParameters } from '../usual-parameters.ts';

/** How long a model may think before it answers, from not at all upwards. Each model takes some of these. */
export const reasoningEffort = z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']);
export type ReasoningEffort = z.infer<typeof reasoningEffort>;

/** Slower and cheaper (`flex`), as usual (`default`), or faster and dearer (`priority`). Unset: what the account is set to. */
export const serviceTier = z.enum(['default', 'flex', 'priority']);
export type ServiceTier = z.infer<typeof serviceTier>;

/** Most turns that can be chosen to go along. */
export const maxHistoryTurns = 1_000;

/** How a model is asked. null: it is not said, and the model does what it usually does. */
export const modelParameters = z.object({
  temperature: z.number().min(0).max(2).nullable().default(null),
  /** Most tokens an answer may have, thinking included. */
  maxOutputTokens: z.int().min(1).max(1_000_000).nullable().default(null),
  reasoningEffort: reasoningEffort.nullable().default(null),
  serviceTier: serviceTier.nullable().default(null),
  /** How many of the last turns go along, a question with its answer being one; null: all that fit. */
  historyTurns: z.int().min(0).max(maxHistoryTurns).nullable().default(null),
});
export type ModelParameters = z.infer<typeof modelParameters>;

/** Instructions that stand before a whole conversation; empty: none. */
export const systemPrompt = z.string().max(100_000);

/** How a question is asked besides its model: part of every request that answers or quotes one. */
export const asking = {
  parameters: modelParameters.default(usualParameters),
  systemPrompt: systemPrompt.default(''),
};
