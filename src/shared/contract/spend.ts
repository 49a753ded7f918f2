import { z } from 'zod';
import { call } from '../rpc/define.ts';
import { amountTotal } from './money.ts';
import { providerKind, purpose, usageRecord } from './usage.ts';

/** A calendar day in the user's time zone, YYYY-MM-DD. */
export const localDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const modelKey = z.object({ providerId: z.string(), providerName: z.string(), providerKind, model: z.string() });

export const modelSpend = modelKey.extend({
  total: amountTotal,
  inputTokens: z.int(),
  cacheReadTokens: z.int(),
  outputTokens: z.int(),
});
export type ModelSpend = z.infer<typeof modelSpend>;

export const spend = {
  /** Spend from `from` to `to`, both days included. Demo and local calls are in their own rows and cost nothing. */
  'spend.summary': call({
    input: z.object({ from: localDay, to: localDay }),
    output: z.object({
      today: localDay,
      total: amountTotal,
      byDay: z.array(z.object({ day: localDay, models: z.array(modelSpend) })),
      byModel: z.array(modelSpend),
      byPurpose: z.array(z.object({ purpose, total: amountTotal })),
    }),
  }),
  /** Totals for the header: today and this month. */
  'spend.totals': call({ input: z.void(), output: z.object({ today: amountTotal, month: amountTotal, allTime: amountTotal }) }),
  /** Single calls, newest first. */
  'spend.records': call({
    input: z.object({
      from: localDay,
      to: localDay,
      conversationId: z.string().max(64).nullable().default(null),
      before: z.string().max(200).nullable().default(null),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({
      records: z.array(usageRecord.extend({ conversationTitle: z.string().nullable() })),
      nextCursor: z.string().nullable(),
    }),
  }),
};
