import type { AmountTotal } from '../../../../shared/amount.ts';
import type { Seller } from '../../../../shared/contract/bill.ts';
import type { Db } from '../../db/database.ts';
import { addDays, type DayRange } from '../day-span.ts';
import type { FrozenPrice } from '../prices/price-book.ts';
import { settledBy, settledExactness, settledNanos } from '../settled-amount.ts';

export interface Tokens {
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

/** Calls that a bill has settled: what they were booked at, and what they came to. */
export interface SettledCalls {
  readonly recordIds: readonly string[];
  readonly bookedNanos: number;
  readonly settledNanos: number;
}

/** What Tally has booked of a model on a UTC day. */
export interface BookedDay {
  readonly seller: Seller;
  readonly day: string;
  readonly model: string;
  readonly total: AmountTotal;
  /** Calls that reached the model: those refused before cost nothing and are on no bill. */
  readonly billableCount: number;
  readonly tokens: Tokens;
  /** Estimated and lower bound. */
  readonly uncertain: Tokens & { readonly callCount: number; readonly costNanos: number };
  /** The only uncertain call; null when there are none or several. */
  readonly uncertainRecordId: string | null;
  /** The rates of every priced call, where all had the same. */
  readonly price: FrozenPrice | null;
  /** Every amount was named by the seller itself. */
  readonly isReported: boolean;
  readonly settled: SettledCalls;
}

type Row = Omit<BookedDay, 'total' | 'tokens' | 'uncertain' | 'price' | 'isReported' | 'settled'> &
  AmountTotal &
  Tokens & {
    readonly uncertainCount: number;
    readonly uncertainNanos: number;
    readonly uncertainInputTokens: number;
    readonly uncertainCachedTokens: number;
    readonly uncertainOutputTokens: number;
    readonly priceJson: string | null;
    readonly isReported: number;
    readonly settledIdsJson: string;
    readonly settledBookedNanos: number;
    readonly settledNanos: number;
  };

/** Where the calls of a seller went. A region of OpenAI's has an address of its own. */
export const sellerOf = `CASE
  WHEN base_url LIKE 'https://api.openai.com/%' OR base_url LIKE 'https://%.api.openai.com/%' THEN 'openai'
  WHEN base_url LIKE 'https://openrouter.ai/%' THEN 'openrouter' END`;

/** A local day begins up to 14 hours before and 12 hours after the UTC day of its date. */
export function localDaysAround({ from, to }: DayRange): { localFrom: string; localTo: string } {
  return { localFrom: addDays(from, -1), localTo: addDays(to, 1) };
}

/** Reads what is booked, by UTC day and by the model that answered, without the calls that are matched one by one. */
export function createBookedDays(db: Db): (days: DayRange, matchedIds: readonly string[]) => BookedDay[] {
  const ifUncertain = (value: string): string => `coalesce(sum(iif(is_uncertain, ${value}, 0)), 0)`;
  const statement = db.prepare<DayRange & { localFrom: string; localTo: string; matchedIdsJson: string }, Row>(`
    WITH record AS (
      SELECT id, ${sellerOf} AS seller, date(started_at / 1000, 'unixepoch') AS day, coalesce(served_model, requested_model) AS model,
        input_tokens, cache_read_tokens, output_tokens, price_json,
        ${settledExactness} AS exactness, ${settledNanos} AS cost_nanos, cost_nanos AS booked_nanos, ${settledBy} AS settled_by
      FROM usage_record WHERE local_day BETWEEN @localFrom AND @localTo AND provider_kind = 'remote'
        AND id NOT IN (SELECT value FROM json_each(@matchedIdsJson))
    ), marked AS (
      SELECT *, exactness IN ('estimated', 'lower_bound') AS is_uncertain FROM record WHERE seller IS NOT NULL AND day BETWEEN @from AND @to
    )
    SELECT seller, day, model,
      count(*) AS callCount, coalesce(sum(cost_nanos), 0) AS costNanos,
      coalesce(sum(iif(exactness IN ('exact', 'reported'), cost_nanos, 0)), 0) AS exactNanos,
      sum(exactness = 'estimated') AS estimatedCount, sum(exactness = 'lower_bound') AS lowerBoundCount,
      sum(exactness = 'no_price') AS noPriceCount, 0 AS freeCount,
      sum(NOT (exactness = 'exact' AND cost_nanos = 0 AND coalesce(input_tokens, 0) = 0)) AS billableCount,
      coalesce(sum(input_tokens), 0) AS inputTokens, coalesce(sum(cache_read_tokens), 0) AS cachedTokens,
      coalesce(sum(output_tokens), 0) AS outputTokens,
      sum(is_uncertain) AS uncertainCount, ${ifUncertain('cost_nanos')} AS uncertainNanos,
      ${ifUncertain('input_tokens')} AS uncertainInputTokens, ${ifUncertain('cache_read_tokens')} AS uncertainCachedTokens,
      ${ifUncertain('output_tokens')} AS uncertainOutputTokens,
      iif(sum(is_uncertain) = 1, max(iif(is_uncertain, id, NULL)), NULL) AS uncertainRecordId,
      iif(min(price_json) = max(price_json), min(price_json), NULL) AS priceJson,
      min(exactness = 'reported') AS isReported,
      json_group_array(id) FILTER (WHERE settled_by = 'bill') AS settledIdsJson,
      coalesce(sum(iif(settled_by = 'bill', booked_nanos, 0)), 0) AS settledBookedNanos,
      coalesce(sum(iif(settled_by = 'bill', cost_nanos, 0)), 0) AS settledNanos
    FROM marked GROUP BY seller, day, model`);
  return (days, matchedIds) =>
    statement.all({ ...days, ...localDaysAround(days), matchedIdsJson: JSON.stringify(matchedIds) }).map(toBookedDay);
}

function toBookedDay(row: Row): BookedDay {
  const { seller, day, model, billableCount, uncertainRecordId } = row;
  const { callCount, costNanos, exactNanos, estimatedCount, lowerBoundCount, noPriceCount, freeCount } = row;
  return {
    seller,
    day,
    model,
    total: { callCount, costNanos, exactNanos, estimatedCount, lowerBoundCount, noPriceCount, freeCount },
    billableCount,
    tokens: { inputTokens: row.inputTokens, cachedTokens: row.cachedTokens, outputTokens: row.outputTokens },
    uncertain: {
      callCount: row.uncertainCount,
      costNanos: row.uncertainNanos,
      inputTokens: row.uncertainInputTokens,
      cachedTokens: row.uncertainCachedTokens,
      outputTokens: row.uncertainOutputTokens,
    },
    uncertainRecordId,
    // Written by toUsageRow; the table refuses updates.
    price: row.priceJson === null ? null : (JSON.parse(row.priceJson) as FrozenPrice),
    isReported: row.isReported === 1,
    settled: {
      // Made by the statement above.
      recordIds: JSON.parse(row.settledIdsJson) as string[],
      bookedNanos: row.settledBookedNanos,
      settledNanos: row.settledNanos,
    },
  };
}
