import { REMOTE_DATA_JSON_URL } from '@pydantic/genai-prices';
import type { ProviderKind } from '../../../../shared/contract/usage.ts';
import type { Db } from '../../db/database.ts';
import type { AppEvents } from '../../events.ts';
import type { Fetch } from '../../ports.ts';
import { createEarlierCalls } from '../earlier-calls.ts';
import type { UsageStore } from '../usage-store.ts';
import { createOwnPriceStore } from './own-price-store.ts';
import { createPriceBook, type PriceBook } from './price-book.ts';
import type { Seller } from './price-catalog.ts';
import { createPriceListStore } from './price-list-store.ts';
import { createPriceListUpdate } from './price-list-update.ts';
import { createPriceLists, type PriceLists } from './price-lists.ts';
import { createPriceService, type PriceService } from './price-service.ts';

export interface PricesDeps {
  readonly db: Db;
  readonly dataDir: string;
  readonly usageStore: UsageStore;
  readonly providers: () => readonly (Seller & { readonly kind: ProviderKind })[];
  readonly events: AppEvents;
  /** Where a newer list is published; null: where genai-prices publishes its own. */
  readonly listUrl: string | null;
  readonly fetchFor: (target: { readonly providerKind: 'remote'; readonly baseUrl: string }) => Fetch;
  readonly timeZone: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
}

/** Everything about prices: the book calls are priced by, the lists behind it, and the `prices.` routes. */
export function createPrices(deps: PricesDeps): { priceBook: PriceBook; priceLists: PriceLists; service: PriceService } {
  const { db, usageStore, providers, events, now, newId } = deps;
  const store = createOwnPriceStore(db, deps.timeZone);
  const listStore = createPriceListStore(deps.dataDir);
  const lists = createPriceLists(listStore.current);
  const priceBook = createPriceBook(store, lists);
  const url = deps.listUrl ?? REMOTE_DATA_JSON_URL;
  // Chosen at each request: the proxy may have been set otherwise since.
  const fetch: Fetch = (input, init) => deps.fetchFor({ providerKind: 'remote', baseUrl: url })(input, init);
  const update = createPriceListUpdate({ store: listStore, lists, url, fetch, newId, now });
  const earlierCalls = createEarlierCalls({ db, events, now });
  const service = createPriceService({ db, store, usageStore, priceBook, lists, listStore, update, providers, events, now, earlierCalls });
  return { priceBook, priceLists: lists, service };
}
