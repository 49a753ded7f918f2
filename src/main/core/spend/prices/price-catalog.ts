import type { ListedModel, ModelPrice, OwnRates, UsedModel } from '../../../../shared/contract/prices.ts';
import type { EarlierCalls } from '../earlier-calls.ts';
import type { UsageStore } from '../usage-store.ts';
import type { OwnPriceStore, StoredOwnPrice } from './own-price-store.ts';
import { sellerAt, type FrozenPrice, type PriceBook } from './price-book.ts';
import type { PriceLists } from './price-lists.ts';
import type { ListedRates } from './rates.ts';
import { serviceTiersOf } from './tally-prices.ts';

/** A provider that is paid. */
export interface Seller {
  readonly id: string;
  readonly name: string;
  readonly baseUrl: string;
}

export interface CatalogDeps {
  readonly earlierCalls: Pick<EarlierCalls, 'pricedLater'>;
  readonly store: Pick<OwnPriceStore, 'list'>;
  readonly usageStore: Pick<UsageStore, 'listByModel'>;
  readonly priceBook: PriceBook;
  readonly lists: PriceLists;
}

type Particulars = 'steps' | 'otherRates' | 'serviceTiers' | 'variesByTime' | 'multiplier' | 'isAssumed';

/** A price that is the same for every call. */
const plain: Pick<ModelPrice, Particulars> = {
  steps: [],
  otherRates: [],
  serviceTiers: [],
  variesByTime: false,
  multiplier: 1,
  isAssumed: false,
};

/** The models of these sellers that were called or have a price of the user's: most calls first, by what they would cost at `at`. */
export function usedModels(
  { store, usageStore, priceBook, lists, earlierCalls }: CatalogDeps,
  sellers: readonly Seller[],
  at: number,
): UsedModel[] {
  const called = new Map(usageStore.listByModel().map(({ providerId, model, total }) => [`${providerId}/${model}`, total]));
  const later = earlierCalls.pricedLater();
  return sellers.flatMap(({ id: providerId, name: providerName, baseUrl }) => {
    const own = Map.groupBy(store.list(baseUrl), ({ model }) => model);
    const ofSeller = [...called.keys()].filter((key) => key.startsWith(`${providerId}/`)).map((key) => key.slice(providerId.length + 1));
    return [...new Set([...ofSeller, ...own.keys()])]
      .map((model): UsedModel => {
        const total = called.get(`${providerId}/${model}`);
        return {
          providerId,
          providerName,
          model,
          callCount: total?.callCount ?? 0,
          unpricedCount: total?.noPriceCount ?? 0,
          pricedLater: later.get(`${providerId}/${model}`) ?? null,
          price: priceAt({ priceBook, lists }, { baseUrl, model, at }),
          own: (own.get(model) ?? []).map((price) => toOwnPrice(price, providerId, providerName)),
        };
      })
      .toSorted((a, b) => b.callCount - a.callCount || a.model.localeCompare(b.model));
  });
}

/** Every model of the lists at a moment, with the seller's provider among the user's, if there is one. */
export function listedModels(lists: PriceLists, sellers: readonly Seller[], at: number): ListedModel[] {
  const providers = new Map(
    sellers.toReversed().flatMap(({ id, baseUrl }) => {
      const seller = sellerAt(lists, baseUrl);
      return seller.isAssumed ? [] : [[seller.providerId, id] as const];
    }),
  );
  return lists.all(at).map(({ sellerId, sellerName, modelId, price }) => ({
    sellerId,
    sellerName,
    model: modelId,
    price: price === null ? null : toModelPrice(price, sellerId, modelId),
    providerId: providers.get(sellerId) ?? null,
  }));
}

/** What a model costs at an address at a moment, with all there is to say about it; null when nobody knows. */
export function priceAt(
  { priceBook, lists }: Pick<CatalogDeps, 'priceBook' | 'lists'>,
  { baseUrl, model, at }: { readonly baseUrl: string; readonly model: string; readonly at: number },
): ModelPrice | null {
  const price = priceBook.priceOf({ baseUrl, model, at, serviceTier: null, inputTokens: null });
  if (price === null) return null;
  if (price.source === 'own') return { ...plain, rates: toOwnRates(price), source: 'own', version: price.version, since: price.version };
  const { providerId } = sellerAt(lists, baseUrl);
  const listed = lists.describe({ providerId, modelId: model, at }) ?? { modelId: model, price: null };
  const { multiplier, isAssumed, source, version } = price;
  if (listed.price === null) return { ...plain, rates: toOwnRates(price), multiplier, isAssumed, source, version, since: null };
  return { ...toModelPrice(listed.price, providerId, listed.modelId), multiplier, isAssumed };
}

/** A price of a list as it is shown; its tiers are those of the seller. */
export function toModelPrice(price: ListedRates, sellerId: string, modelId: string): ModelPrice {
  return {
    ...plain,
    rates: toOwnRates(price.rates),
    steps: price.steps.map(({ fromTokens, rates }) => ({ fromTokens, rates: toOwnRates(rates) })),
    otherRates: [...price.otherRates],
    serviceTiers: serviceTiersOf(sellerId, modelId),
    variesByTime: price.variesByTime,
    source: price.source,
    version: price.version,
    since: price.since,
  };
}

/** A stored price as the page knows it: by its provider instead of the address. */
export function toOwnPrice({ baseUrl: _baseUrl, ...price }: StoredOwnPrice, providerId: string, providerName: string) {
  return { ...price, providerId, providerName };
}

function toOwnRates(rates: Pick<FrozenPrice, keyof OwnRates>): OwnRates {
  const { inputPerMillion, cacheReadPerMillion, cacheWritePerMillion, outputPerMillion } = rates;
  return { inputPerMillion: inputPerMillion ?? 0, cacheReadPerMillion, cacheWritePerMillion, outputPerMillion };
}
