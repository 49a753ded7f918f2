import { z } from 'zod';
import { amount } from './money.ts';

/** What a billable call was for. */
export const purpose = z.enum(['answer', 'condense', 'multi_query', 'query_embedding', 'rerank', 'index_embedding', 'title', 'summary']);
export type Purpose = z.infer<typeof purpose>;

/** How a call ended. `interrupted`: the reply stopped without saying it was finished, or Tally was killed. */
export const outcome = z.enum(['done', 'stopped', 'failed', 'interrupted']);
export type Outcome = z.infer<typeof outcome>;

/** Who runs the model: a company, this computer, or Tally's own demo. Demo and local never mix with real spend. */
export const providerKind = z.enum(['remote', 'local', 'demo']);
export type ProviderKind = z.infer<typeof providerKind>;

/**
 * One HTTP attempt to a model, as it was booked. Token counts are disjoint shares:
 * input = plainInput + cacheRead + cacheWrite, output includes reasoning (also given alone).
 * A null count is unknown; 0 is observed.
 */
export const usageRecord = z.object({
  id: z.string(),
  runId: z.string().nullable(),
  attempt: z.int().positive(),
  purpose,
  outcome,
  conversationId: z.string().nullable(),
  messageId: z.string().nullable(),
  documentId: z.string().nullable(),
  providerId: z.string(),
  providerName: z.string(),
  providerKind,
  requestedModel: z.string(),
  /** The model the reply named; null when it named none. */
  servedModel: z.string().nullable(),
  serviceTier: z.string().nullable(),
  requestId: z.string().nullable(),
  inputTokens: z.int().nullable(),
  cacheReadTokens: z.int().nullable(),
  cacheWriteTokens: z.int().nullable(),
  outputTokens: z.int().nullable(),
  reasoningTokens: z.int().nullable(),
  /** provider: the reply said so; local: counted here. */
  tokenSource: z.enum(['provider', 'local']),
  amount,
  /** The rates used, frozen when the call was booked, in USD per million tokens; null without a price. */
  price: z
    .object({
      inputPerMillion: z.number().nullable(),
      cacheReadPerMillion: z.number().nullable(),
      cacheWritePerMillion: z.number().nullable(),
      outputPerMillion: z.number().nullable(),
      multiplier: z.number(),
      source: z.string(),
      version: z.string(),
    })
    .nullable(),
  /** By whose word the amount was settled after the call was booked; null: it is as it was booked. */
  settledBy: z.enum(['bill', 'own_price']).nullable(),
  httpStatus: z.int().nullable(),
  errorCode: z.string().nullable(),
  /** Epoch milliseconds. */
  startedAt: z.int(),
  firstTokenMs: z.int().nullable(),
  durationMs: z.int(),
  /** The user's calendar day when the call started, YYYY-MM-DD. */
  localDay: z.string(),
});
export type UsageRecord = z.infer<typeof usageRecord>;
