import { addAmount, emptyTotal, type AmountTotal } from '../../../shared/amount.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../db/database.ts';
import type { AppEvents } from '../events.ts';
import { priceAfterwards, type UnpricedRow } from './price-afterwards.ts';
import type { FrozenPrice } from './prices/price-book.ts';
import { isWithoutPrice } from './settled-amount.ts';
import { createSettlements, type Settlement } from './settlements.ts';

export interface EarlierCallsDeps {
  readonly db: Db;
  readonly events: AppEvents;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

interface ModelKey {
  readonly providerId: string;
  readonly model: string;
}

/** What calls without a price would come to at a price, and the days they are of. */
export interface EarlierQuote {
  readonly total: AmountTotal;
  readonly fromDay: string;
  readonly toDay: string;
}

type Row = UnpricedRow & { readonly localDay: string; readonly startedAt: number };

/** Calls in a slice, so that answers go on streaming between two of them. */
const sliceSize = 500;

export type EarlierCalls = ReturnType<typeof createEarlierCalls>;

/** Pricing calls afterwards that were booked without a price: an act of its own, a slice at a time, that can be taken back. */
export function createEarlierCalls({ db, events, now }: EarlierCallsDeps) {
  const settlements = createSettlements(db, now);
  const slice = db.prepare<ModelKey & { day: string; startedAt: number; id: string; limit: number }, Row>(`
    SELECT id, local_day AS localDay, started_at AS startedAt, requested_model AS requestedModel, outcome, token_source AS tokenSource,
      input_tokens AS inputTokens, cache_read_tokens AS cacheReadTokens, cache_write_tokens AS cacheWriteTokens,
      output_tokens AS outputTokens, reasoning_tokens AS reasoningTokens, usage_json AS usageJson
    FROM usage_record
    WHERE ${isWithoutPrice} AND provider_id = @providerId AND requested_model = @model
      AND (local_day, started_at, id) > (@day, @startedAt, @id)
    ORDER BY local_day, started_at, id LIMIT @limit`);
  const pricedIds = db
    .prepare<ModelKey & { limit: number }, string>(
      `SELECT record_id FROM usage_settlement JOIN usage_record ON usage_record.id = record_id
       WHERE source = 'own_price' AND undone_at IS NULL AND provider_id = @providerId AND requested_model = @model LIMIT @limit`,
    )
    .pluck();
  const pricedLater = db.prepare<[], ModelKey & AmountTotal>(`
    SELECT provider_id AS providerId, requested_model AS model, count(*) AS callCount, sum(settled.cost_nanos) AS costNanos,
      sum(iif(settled.exactness = 'exact', settled.cost_nanos, 0)) AS exactNanos, sum(settled.exactness = 'estimated') AS estimatedCount,
      sum(settled.exactness = 'lower_bound') AS lowerBoundCount, 0 AS noPriceCount, 0 AS freeCount
    FROM usage_settlement AS settled JOIN usage_record ON usage_record.id = record_id
    WHERE source = 'own_price' AND undone_at IS NULL GROUP BY provider_id, requested_model`);

  /** The calls of a model without a price, oldest first. Other work gets its turn between slices. */
  async function* slices({ providerId, model }: ModelKey): AsyncGenerator<readonly Row[]> {
    let after = { day: '', startedAt: 0, id: '' };
    for (;;) {
      const rows = slice.all({ providerId, model, ...after, limit: sliceSize });
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows;
      after = { day: last.localDay, startedAt: last.startedAt, id: last.id };
      await new Promise(setImmediate);
    }
  }

  async function quote(key: ModelKey, price: FrozenPrice): Promise<EarlierQuote | null> {
    let [total, fromDay, toDay]: [AmountTotal, string | null, string] = [emptyTotal, null, ''];
    for await (const rows of slices(key)) {
      for (const row of rows) {
        const amount = priceAfterwards(row, price);
        if (amount === null) continue;
        total = addAmount(total, amount);
        fromDay ??= row.localDay;
        toDay = row.localDay;
      }
    }
    return fromDay === null ? null : { total, fromDay, toDay };
  }

  return {
    /** What the calls of a model without a price would come to at this one; null without any. */
    quote,
    /** Throws AppError CONFLICT when the calls are no longer what the person was told; nothing is changed then. */
    async price(key: ModelKey, price: FrozenPrice, told: { readonly callCount: number; readonly costNanos: number }): Promise<void> {
      const total = (await quote(key, price))?.total;
      if (total?.callCount !== told.callCount || total.costNanos !== told.costNanos) {
        throw new AppError('CONFLICT', 'There are other calls without a price by now.');
      }
      const priceJson = JSON.stringify(price);
      const toSettlement = (row: Row): readonly Settlement[] => {
        const amount = priceAfterwards(row, price);
        return amount === null ? [] : [{ recordId: row.id, source: 'own_price', ...amount, priceJson, billJson: null }];
      };
      for await (const rows of slices(key)) {
        inTransaction(db, () => settlements.settle(rows.flatMap(toSettlement)));
      }
      events.emit({ type: 'usage.settled' });
    },
    /** Takes the price off the calls of a model again that were priced afterwards. */
    async setBack({ providerId, model }: ModelKey): Promise<void> {
      for (;;) {
        const ids = pricedIds.all({ providerId, model, limit: sliceSize });
        if (ids.length === 0) break;
        inTransaction(db, () => settlements.setBack(ids));
        await new Promise(setImmediate);
      }
      events.emit({ type: 'usage.settled' });
    },
    /** What was priced afterwards, by `providerId/model`. */
    pricedLater: () =>
      new Map(pricedLater.all().map(({ providerId, model, ...total }): [string, AmountTotal] => [`${providerId}/${model}`, total])),
  };
}
