import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTemporaryDatabase } from '../../../../../tests/temporary-database.ts';
import { createOwnPriceStore, type OwnPriceStore } from './own-price-store.ts';
import { createPriceBook, type PriceBook } from './price-book.ts';

const baseUrl = 'https://llm.example.com/v1';
const rates = { inputPerMillion: 1, cacheReadPerMillion: 0.1, cacheWritePerMillion: null, outputPerMillion: 4 };
const query = { baseUrl, model: 'house-model', serviceTier: null, inputTokens: 1_000, at: Date.UTC(2026, 10, 20) };

let database: ReturnType<typeof openTemporaryDatabase>;
let store: OwnPriceStore;
let book: PriceBook;

beforeEach(() => {
  database = openTemporaryDatabase();
  store = createOwnPriceStore(database.db, () => 'Asia/Tokyo');
  book = createPriceBook(store);
});

afterEach(() => database[Symbol.dispose]());

it('is that of the day of the call, where the user is', () => {
  store.set({ baseUrl, model: 'house-model', validFrom: '2026-11-01', ...rates });
  store.set({ baseUrl, model: 'house-model', validFrom: '2026-11-21', ...rates, inputPerMillion: 2 });
  const at = (time: number): number | null | undefined => book.priceOf({ ...query, at: time })?.inputPerMillion;
  expect(at(Date.UTC(2026, 9, 31, 14, 59))).toBeUndefined();
  expect(at(Date.UTC(2026, 9, 31, 15, 0))).toBe(1);
  expect(at(Date.UTC(2026, 10, 20, 14, 59))).toBe(1);
  expect(at(Date.UTC(2026, 10, 20, 15, 0))).toBe(2);
});

it('goes before every list, as it is set, and says whose it is', () => {
  const openAi = 'https://eu.api.openai.com/v1';
  store.set({ baseUrl: openAi, model: 'gpt-5.6-terra', validFrom: '2026-11-01', ...rates });
  expect(
    book.priceOf({ ...query, baseUrl: openAi, model: 'gpt-5.6-terra-2026-07-09', serviceTier: 'priority', inputTokens: 900_000 }),
  ).toEqual({
    ...rates,
    cacheWrite12hPerMillion: null,
    multiplier: 1,
    source: 'own',
    version: '2026-11-01',
    isAssumed: false,
  });
});

it('is meant for one model of one seller', () => {
  store.set({ baseUrl, model: 'house-model', validFrom: '2026-11-01', ...rates });
  expect(book.priceOf({ ...query, model: 'house-model-large' })).toBeNull();
  expect(book.priceOf({ ...query, baseUrl: 'https://other.example.com/v1' })).toBeNull();
  // The reply may name the model otherwise.
  expect(book.priceOf({ ...query, model: 'served-as-this', requestedModel: 'house-model' })).not.toBeNull();
});

it('can be corrected and taken back', () => {
  const price = { baseUrl, model: 'house-model', validFrom: '2026-11-01' };
  store.set({ ...price, ...rates });
  store.set({ ...price, ...rates, inputPerMillion: 3 });
  expect(store.list(baseUrl)).toEqual([{ ...price, ...rates, inputPerMillion: 3 }]);
  store.remove(price);
  expect(store.list(baseUrl)).toEqual([]);
  expect(book.priceOf(query)).toBeNull();
});
