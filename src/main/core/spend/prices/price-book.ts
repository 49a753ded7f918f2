import type { UsageRecord } from '../../../../shared/contract/usage.ts';
import type { OwnPrices } from './own-price-store.ts';
import { createPriceLists, type PriceLists } from './price-lists.ts';
import type { ListedPrice } from './rates.ts';
import { regionAt, serviceTierOf, tallyPricesVersion } from './tally-prices.ts';

/** The rates of one call, as they go into its record. The multiplier is not in the rates. */
export interface FrozenPrice extends NonNullable<UsageRecord['price']> {
  /** Cache writes kept for twelve hours; null when no rate of their own is known. */
  readonly cacheWrite12hPerMillion: number | null;
  /** The seller at this address is not known, and the price is the list price of the model's maker. */
  readonly isAssumed: boolean;
}

export interface PriceQuery {
  readonly baseUrl: string;
  readonly model: string;
  /** What was asked for, where the reply names another model: a price set for either counts. */
  readonly requestedModel?: string;
  /** Epoch milliseconds; the start of the request. */
  readonly at: number;
  /** The tier the reply says it was served in; null when it says none. */
  readonly serviceTier: string | null;
  /** All of the input, for long-context prices; null counts as short. */
  readonly inputTokens: number | null;
}

export interface PriceBook {
  /** Null when the price is not known for certain: no model has the price of one with a similar name, and no unknown tier the standard price. */
  priceOf(query: PriceQuery): FrozenPrice | null;
}

/** Names providers give to ordinary processing. */
const standardTiers: ReadonlySet<string> = new Set(['default', 'standard', 'auto', 'on_demand']);

/** Before any list, what the user has set. */
const noOwnPrices: OwnPrices = { find: () => null };

/** Prices offline: the user's own first, then the lists. */
export function createPriceBook(ownPrices = noOwnPrices, lists = createPriceLists()): PriceBook {
  return {
    priceOf({ baseUrl, model, requestedModel = model, at, serviceTier, inputTokens }) {
      const own = ownPrices.find({ baseUrl, names: [model, requestedModel], at });
      if (own !== null) return frozenOwn(own);
      const seller = sellerAt(lists, baseUrl);
      // Anybody may run an open model at a price of their own.
      if (seller.isAssumed && model.toLowerCase().startsWith('gpt-oss')) return null;
      const listed = lists.find({ providerId: seller.providerId, modelId: model, at, inputTokens });
      const tiered = listed && withServiceTier(listed, seller.providerId, serviceTier?.toLowerCase() ?? null);
      if (!tiered) return null;
      const regional = regionAt(baseUrl)?.multiplierOf(tiered.modelId) ?? 1;
      return {
        ...tiered.rates,
        // 1.1 x 1.75 is not 1.9250000000000003.
        multiplier: Number((tiered.multiplier * regional).toFixed(6)),
        source: tiered.source,
        version: tiered.version,
        isAssumed: seller.isAssumed,
      };
    },
  };
}

/** A price of the user's as it goes into a record. Whoever sets a price means what is billed: no tier and no surcharge comes on top. */
export function frozenOwn({ rates, source, version }: ListedPrice): FrozenPrice {
  return { ...rates, multiplier: 1, source, version, isAssumed: false };
}

/** Who sells at an address. Whoever passes OpenAI's models on at an address nobody knows is taken to pass on its prices. */
export function sellerAt(lists: Pick<PriceLists, 'providerAt'>, baseUrl: string): { providerId: string; isAssumed: boolean } {
  const providerId = regionAt(baseUrl)?.providerId ?? lists.providerAt(baseUrl);
  return providerId === null ? { providerId: 'openai', isAssumed: true } : { providerId, isAssumed: false };
}

function withServiceTier(listed: ListedPrice, providerId: string, tier: string | null): (ListedPrice & { multiplier: number }) | null {
  if (tier === null || standardTiers.has(tier)) return { ...listed, multiplier: 1 };
  const found = serviceTierOf(providerId, listed.modelId, tier);
  if (!found) return null;
  if ('rates' in found) return { ...listed, ...found, multiplier: 1, source: 'tally', version: tallyPricesVersion };
  return { ...listed, multiplier: found.multiplier };
}
