import { z } from 'zod';
import { call, stream } from '../rpc/define.ts';
import { amountTotal, costNanos } from './money.ts';
import { providerKind, usageRecord } from './usage.ts';

/** A calendar day in the user's time zone, YYYY-MM-DD. */
export const localDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** What spend can be split by. A folder has all that its conversations cost, also before they were moved to it. */
export const split = z.enum(['model', 'provider', 'purpose', 'conversation', 'folder', 'collection', 'document']);
export type Split = z.infer<typeof split>;

/** What is looked at. Savings: what the provider's cache took off the bill. */
export const measure = z.enum(['cost', 'tokens', 'calls', 'speed', 'savings']);
export type Measure = z.infer<typeof measure>;

/** Everything that is summed over calls. Unknown token counts add 0. */
export const spendMeasures = z.object({
  total: amountTotal,
  inputTokens: z.int(),
  cacheReadTokens: z.int(),
  cacheWriteTokens: z.int(),
  outputTokens: z.int(),
  reasoningTokens: z.int(),
  /** Nano-USD the provider's cache took off the bill; below 0 where writing to it cost more than reading saved. */
  savedNanos: costNanos,
  durationMs: z.int(),
  /** Output of the calls long enough to tell a speed, and the time it took from the first token on. */
  timedOutputTokens: z.int(),
  timedMs: z.int(),
});
export type SpendMeasures = z.infer<typeof spendMeasures>;

/** One model, conversation and so on, and what it came to. */
export const spendPart = z.object({
  /** What tells it apart in its split: a purpose, an id, or `providerId/model`. */
  key: z.string(),
  /** As it is called now; null where it is gone. A purpose has only its key. */
  name: z.string().nullable(),
  /** The provider of a model; the kind of it. */
  providerName: z.string().nullable(),
  providerKind: providerKind.nullable(),
  measures: spendMeasures,
});
export type SpendPart = z.infer<typeof spendPart>;

const dayRange = { from: localDay, to: localDay };

/** Which calls are meant. Without a part: all of them. */
export const recordFilter = z.object({
  ...dayRange,
  part: z
    .object({ split, key: z.string().max(400) })
    .nullable()
    .default(null),
  withoutPrice: z.boolean().default(false),
});

export const spendSplit = z.object({
  /** The days asked for, without the empty stretch before the first call. */
  ...dayRange,
  total: spendMeasures,
  /** Calls that belong to none: of a split by document those that read no document. In `total`, in no part and no bar. */
  none: spendMeasures,
  /** The largest by the measure asked for. The first `seriesCount` of them have bars. */
  parts: z.array(spendPart),
  /** There are more, smaller ones; `total` has them. */
  hasMore: z.boolean(),
  seriesCount: z.int(),
  /** Periods with calls, oldest first: YYYY-MM-DD (for a week its first day) or YYYY-MM. */
  bars: z.array(
    z.object({
      period: z.string(),
      /** Of every call, `none` included. */
      total: spendMeasures,
      /** Of the part at this index of `parts`; those that are missing have no calls. */
      pieces: z.array(z.object({ index: z.int(), measures: spendMeasures })),
      /** The smaller parts together; null without any. */
      rest: spendMeasures.nullable(),
    }),
  ),
});
export type SpendSplit = z.infer<typeof spendSplit>;

/** Whose price the what-if takes: that of a model of the user's provider, or of a seller of the price lists. */
export const whatIfTarget = z.object({ of: z.enum(['provider', 'list']), id: z.string().max(64), model: z.string().min(1).max(200) });
export type WhatIfTarget = z.infer<typeof whatIfTarget>;

/** History at another model's prices. Nothing of it is stored, and no amount of it is spend. */
export const whatIf = z.object({
  ...dayRange,
  /** The rates it was reckoned with, of today and for short prompts, in USD per million tokens; the multiplier is not in them. */
  rates: z.object({
    inputPerMillion: z.number().nullable(),
    cacheReadPerMillion: z.number().nullable(),
    cacheWritePerMillion: z.number().nullable(),
    outputPerMillion: z.number().nullable(),
    multiplier: z.number(),
  }),
  /** What it did cost, and what the same tokens would have. */
  real: amountTotal,
  whatIfNanos: costNanos,
  cacheReadTokens: z.int(),
  /** Calls that write nothing, such as embeddings: in neither of the two. */
  leftOut: amountTotal,
  /** The models that were called, dearest first. */
  parts: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      providerName: z.string().nullable(),
      providerKind: providerKind.nullable(),
      real: amountTotal,
      inputTokens: z.int(),
      outputTokens: z.int(),
      whatIfNanos: costNanos,
    }),
  ),
  /** Periods with calls, oldest first, named as those of `spendSplit`. */
  bars: z.array(z.object({ period: z.string(), real: amountTotal, whatIfNanos: costNanos })),
  /** What each of the parts has of each of the periods; those without calls are missing. */
  cells: z.array(z.object({ period: z.string(), key: z.string(), real: amountTotal, whatIfNanos: costNanos })),
});
export type WhatIf = z.infer<typeof whatIf>;

const deletedDays = z.object({
  ...dayRange,
  callCount: z.int(),
  costNanos,
  /** Epoch milliseconds. */
  deletedAt: z.int(),
});

export const spend = {
  /** Spend from `from` to `to`, both days included, split and by day, week or month. Demo and local calls cost nothing. */
  'spend.split': call({
    input: z.object({
      ...dayRange,
      split,
      measure,
      unit: z.enum(['day', 'week', 'month']),
      /** 1: weeks begin on Monday, 7: on Sunday. */
      weekStartsOn: z.int().min(1).max(7).default(1),
    }),
    output: spendSplit,
  }),
  /** The calls of these days at another model's prices. NOT_FOUND when nobody knows its price. Writes nothing. */
  'spend.whatIf': call({
    input: z.object({
      ...dayRange,
      target: whatIfTarget,
      unit: z.enum(['day', 'week', 'month']),
      weekStartsOn: z.int().min(1).max(7).default(1),
    }),
    output: whatIf,
  }),
  /** Totals for the header: today and this month; what the month will come to if it goes on as the last four weeks did. */
  'spend.totals': call({
    input: z.void(),
    output: z.object({
      today: amountTotal,
      month: amountTotal,
      allTime: amountTotal,
      /** Of the first call; null without any. */
      firstDay: localDay.nullable(),
      /** null before there are three whole days to go by. */
      projection: z.object({ monthNanos: costNanos, perDayNanos: costNanos, basedOnDays: z.int() }).nullable(),
    }),
  }),
  /** Single calls, newest first. */
  'spend.records': call({
    input: recordFilter.extend({
      before: z.string().max(200).nullable().default(null),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({
      records: z.array(usageRecord.extend({ conversationTitle: z.string().nullable() })),
      nextCursor: z.string().nullable(),
    }),
  }),
  /** The calls asked for as a file, newest first, in pieces. Amounts are decimal text, to the nano-dollar. */
  'spend.export': stream({ input: recordFilter.extend({ format: z.enum(['csv', 'json']) }), item: z.string() }),
  /** What deleting the history of some days would take. */
  'spend.deletionQuote': call({ input: z.object(dayRange), output: amountTotal }),
  /**
   * Deletes every record of some days, for good; conversations stay. A slice at a time, oldest first, saying how far it is; to cancel
   * keeps what is not yet deleted. Refused with CONFLICT when `callCount` is no longer how many there are.
   */
  'spend.deleteRecords': stream({
    input: z.object({ ...dayRange, callCount: z.int().positive() }),
    item: z.object({ deletedCount: z.int(), callCount: z.int() }),
  }),
  /** What was deleted of the history, newest first. */
  'spend.deletions': call({ input: z.void(), output: z.object({ deletions: z.array(deletedDays) }) }),
};
