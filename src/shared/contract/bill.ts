import { z } from 'zod';
import { call } from '../rpc/define.ts';
import { amountTotal, costNanos } from './money.ts';

/** A day, YYYY-MM-DD, in UTC, as sellers count them. */
const utcDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const yearMonth = z.string().regex(/^\d{4}-\d{2}$/);

/** Whose bills can be read. */
export const seller = z.enum(['openai', 'openrouter']);
export type Seller = z.infer<typeof seller>;

/** costs: money by day; usage: tokens and requests by day; activity: both. */
export const billKind = z.enum(['costs', 'usage', 'activity']);
export type BillKind = z.infer<typeof billKind>;

/** Why a row of a file was not taken. */
export const badRowReason = z.enum(['date', 'amount', 'currency', 'count', 'columns']);
export type BadRowReason = z.infer<typeof badRowReason>;

/** `row` counts from 1, the heading included; in JSON it is the position of the result. */
export const badRow = z.object({ row: z.int(), reason: badRowReason });
export type BadRow = z.infer<typeof badRow>;

export const billFile = z.object({
  id: z.int(),
  name: z.string(),
  seller,
  kind: billKind,
  fromDay: utcDay,
  toDay: utcDay,
  rowCount: z.int(),
  /** The first of them. */
  badRows: z.array(badRow),
  badRowCount: z.int(),
  /** Calls it has settled, alone or with other files. */
  settledCount: z.int(),
  /** Epoch milliseconds. */
  importedAt: z.int(),
});
export type BillFile = z.infer<typeof billFile>;

/**
 * What a part of a difference is due to.
 * - elsewhere: calls with the same account that were not made by Tally
 * - estimates: calls whose tokens Tally had to estimate
 * - elsewhere_or_estimates: both, which the bill does not tell apart
 * - no_price: calls Tally had no price for
 * - not_on_bill: calls that Tally has booked and the bill has not
 * - price: the same tokens at another price
 * - rounding: less than either side can say
 * - unknown: what the figures do not explain
 */
export const differenceCause = z.enum([
  'elsewhere',
  'estimates',
  'elsewhere_or_estimates',
  'no_price',
  'not_on_bill',
  'price',
  'rounding',
  'unknown',
]);
export type DifferenceCause = z.infer<typeof differenceCause>;

/** They add up to the difference, to the nano-dollar. */
const differenceParts = z.array(z.object({ cause: differenceCause, nanos: costNanos }));

/** Requests and tokens of one side. Null: not known. */
const billedUsage = z.object({
  requestCount: z.int().nullable(),
  inputTokens: z.int().nullable(),
  cachedTokens: z.int().nullable(),
  outputTokens: z.int().nullable(),
});
export type BilledUsage = z.infer<typeof billedUsage>;

/** Calls and what they came to: as they were booked (nothing for those without a price), and by the bill. */
const settledCalls = z.object({ callCount: z.int(), bookedNanos: costNanos, settledNanos: costNanos });

/** Which comparison is meant. */
const comparisonKey = { seller, day: utcDay, item: z.string().max(400).nullable() };

/** One model on one day, on the bill and in Tally's book. */
export const billComparison = z.object({
  seller,
  day: utcDay,
  /** As the bill calls it, else as Tally does; null: the bill does not divide this day by model. */
  item: z.string().nullable(),
  /** Null: no file says what it cost. */
  billedNanos: costNanos.nullable(),
  booked: amountTotal,
  /** billed minus booked. */
  differenceNanos: costNanos.nullable(),
  parts: differenceParts,
  billedUsage: billedUsage.nullable(),
  bookedUsage: billedUsage,
  /** Calls that bill and book both know by the seller's id, and that are compared one by one. */
  matchedCount: z.int(),
  /** USD per million tokens, in and out taken together, on either side; only where the price is what differs. */
  rates: z.object({ billed: z.number(), booked: z.number() }).nullable(),
  /** The estimates of that day. What they were booked at says how much they weigh. */
  estimates: z.object({ callCount: z.int(), costNanos }),
  /** The calls without a sure amount that the bill pins down, and what they came to by the bill. */
  settleable: settledCalls.nullable(),
  /** The calls it has settled. */
  settled: settledCalls.nullable(),
});
export type BillComparison = z.infer<typeof billComparison>;

/** What an import of one file came to. Lines are days of a model, and of money or of use. */
export const billImport = z.object({
  file: billFile,
  /** The very same file was there already; nothing was changed. */
  isKnown: z.boolean(),
  newLineCount: z.int(),
  /** Say the same as before. */
  sameLineCount: z.int(),
  /** Say something else than before, since the file adds to them or takes the place of what an earlier one said. */
  changedLineCount: z.int(),
  /** The file is one page of several. */
  hasMorePages: z.boolean(),
});
export type BillImport = z.infer<typeof billImport>;

/** Largest file that is sent: gzipped and in base64. */
export const maxBillChars = 3_500_000;

export const bill = {
  /** Takes in a file of a seller. Throws AppError BILL_UNREADABLE (nothing was changed) or BILL_TOO_LARGE. */
  'bill.import': call({
    input: z.object({ name: z.string().min(1).max(300), gzipBase64: z.string().max(maxBillChars) }),
    output: billImport,
  }),
  /** Forgets a file; what it had replaced holds again, and calls it has settled have the amounts again that they were booked at. */
  'bill.removeFile': call({ input: z.object({ id: z.int() }), output: z.void() }),
  /** The files, the latest first, and the months they speak of, the latest first. */
  'bill.files': call({ input: z.void(), output: z.object({ files: z.array(billFile), months: z.array(yearMonth) }) }),
  /** Bill against book, for a month, in UTC days, the latest first. Only days the files speak of. */
  'bill.compare': call({
    input: z.object({ month: yearMonth }),
    output: z.object({
      comparisons: z.array(billComparison),
      /** Of the comparisons with a bill. */
      total: z.object({ billedNanos: costNanos, booked: amountTotal, differenceNanos: costNanos, parts: differenceParts }),
    }),
  }),
  /**
   * Gives the calls of a day and model whose amounts the bill pins the bill's amounts. Throws AppError CONFLICT when they are no longer
   * as many or no longer come to as much; nothing is changed then.
   */
  'bill.settle': call({ input: z.object({ ...comparisonKey, callCount: z.int().positive(), settledNanos: costNanos }), output: z.void() }),
  /** Gives the calls that the bill has settled the amounts again that they were booked at. */
  'bill.setBack': call({ input: z.object(comparisonKey), output: z.void() }),
};
