import type { OwnRates } from '../../../../shared/contract/prices.ts';
import { inTransaction, type Db } from '../../db/database.ts';
import { localDayOf } from '../local-day.ts';
import { withoutSnapshotDate, type ListedPrice } from './rates.ts';

/** A price the user has set. It holds from the beginning of a day on, until the next one for the same model. */
export interface StoredOwnPrice extends OwnRates {
  /** The seller's address, so that the price stays with it. */
  readonly baseUrl: string;
  readonly model: string;
  /** YYYY-MM-DD, in the user's time zone. */
  readonly validFrom: string;
}

/** A price with the provider it belongs to. */
export interface PlannedPrice {
  readonly providerId: string;
  readonly providerName: string;
  readonly price: StoredOwnPrice;
}

/** Looks prices up that the user has set. */
export interface OwnPrices {
  /** The price of a moment (epoch milliseconds); the first of the names that has one counts, a snapshot's by its model too. */
  find(query: { readonly baseUrl: string; readonly names: readonly string[]; readonly at: number }): ListedPrice | null;
}

export interface OwnPriceStore extends OwnPrices {
  /** By model, the newest first. */
  list(baseUrl: string): readonly StoredOwnPrice[];
  /** Takes the place of the one of the same day. */
  set(price: StoredOwnPrice): void;
  remove(price: Pick<StoredOwnPrice, 'baseUrl' | 'model' | 'validFrom'>): void;
}

const columns = `base_url AS baseUrl, model, valid_from AS validFrom, input_per_million AS inputPerMillion,
  cache_read_per_million AS cacheReadPerMillion, cache_write_per_million AS cacheWritePerMillion, output_per_million AS outputPerMillion`;

/** Prices the user has set. `timeZone` (IANA) decides when their days begin. */
export function createOwnPriceStore(db: Db, timeZone: () => string): OwnPriceStore {
  const selectAll = db.prepare<[string], StoredOwnPrice>(
    `SELECT ${columns} FROM own_price WHERE base_url = ? ORDER BY model, valid_from DESC`,
  );
  const selectAt = db.prepare<[string, string, string], StoredOwnPrice>(`
    SELECT ${columns} FROM own_price WHERE base_url = ? AND model = ? AND valid_from <= ? ORDER BY valid_from DESC LIMIT 1`);
  const upsert = db.prepare<StoredOwnPrice>(`
    INSERT OR REPLACE INTO own_price VALUES (@baseUrl, @model, @validFrom, @inputPerMillion, @cacheReadPerMillion, @cacheWritePerMillion,
      @outputPerMillion)`);
  const remove = db.prepare<[string, string, string]>('DELETE FROM own_price WHERE base_url = ? AND model = ? AND valid_from = ?');

  return {
    list: (baseUrl) => selectAll.all(baseUrl),
    set: (price) => inTransaction(db, () => void upsert.run(price)),
    remove: ({ baseUrl, model, validFrom }) => inTransaction(db, () => void remove.run(baseUrl, model, validFrom)),
    find({ baseUrl, names, at }) {
      const day = localDayOf(at, timeZone());
      for (const name of new Set(names.flatMap((name) => [name, withoutSnapshotDate(name)]))) {
        const price = selectAt.get(baseUrl, name, day);
        if (price !== undefined) return toListedPrice(price);
      }
      return null;
    },
  };
}

/** A price of the user's as one of a list; its version is its first day. */
export function toListedPrice({
  inputPerMillion,
  cacheReadPerMillion,
  cacheWritePerMillion,
  outputPerMillion,
  model,
  validFrom,
}: StoredOwnPrice) {
  const rates = { inputPerMillion, cacheReadPerMillion, cacheWritePerMillion, cacheWrite12hPerMillion: null, outputPerMillion };
  return { rates, modelId: model, source: 'own', version: validFrom };
}
