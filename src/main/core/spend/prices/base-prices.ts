import { calcPrice, type ModelInfo, type ModelPrice, type Provider } from '@pydantic/genai-prices';
import { bundledPriceList, type PriceList } from './bundled-prices.ts';
import { indexModels, type ModelIndex } from './model-index.ts';
import type { ListedModel, ListedPrice, ModelPriceQuery, Rates } from './rates.ts';

/** Fees per request make a price by tokens too low; a model that has them is not priced. */
const feeKeys = ['requests_kcount'];
/** What is priced beside text, where a model has it. */
const otherRateKeys = {
  audioInput: 'input_audio_mtok',
  audioOutput: 'output_audio_mtok',
  imageInput: 'input_image_mtok',
  imageOutput: 'output_image_mtok',
} as const;
const otherRateKinds = ['audioInput', 'audioOutput', 'imageInput', 'imageOutput'] as const;

export interface BasePrices {
  /** The list's name for who answers at this address; null when it is nobody it knows. */
  providerAt(baseUrl: string): string | null;
  /** The price at a moment (epoch milliseconds). Above a long-context threshold `inputTokens` decides; null counts as below. */
  find(query: ModelPriceQuery): ListedPrice | null;
  /** The model and everything there is to say about its price at a moment; null when it is not listed. */
  describe(query: Omit<ModelPriceQuery, 'inputTokens'>): ListedModel | null;
  /** The entry with exactly this id, as `all` gives it, whatever names a call may find it by. */
  entry(query: Omit<ModelPriceQuery, 'inputTokens'>): ListedModel | null;
  /** Every model of every seller at a moment, in the list's order. */
  all(at: number): ListedModel[];
}

/** Prices in the form of `@pydantic/genai-prices`: those of its package, or of a list that takes their place. */
export function createBasePrices(list: () => PriceList = () => bundledPriceList): BasePrices {
  // By the provider itself, so that another list brings other indexes.
  const indexes = new WeakMap<Provider, ModelIndex>();
  const providerOf = (id: string): Provider | null => list().providers.find((provider) => provider.id === id) ?? null;

  function findModel(provider: Provider, modelId: string): { provider: Provider; model: ModelInfo } | null {
    const index = indexes.get(provider) ?? indexModels(provider);
    indexes.set(provider, index);
    const model = index(modelId);
    if (model) return { provider, model };
    // Azure, for one, sells the models of others at their prices.
    for (const providerId of provider.fallback_model_providers ?? []) {
      const other = providerOf(providerId);
      const found = other && findModel(other, modelId);
      if (found) return found;
    }
    return null;
  }

  return {
    providerAt: (baseUrl) => list().providers.find(({ api_pattern }) => new RegExp(`^(?:${api_pattern})`).test(baseUrl))?.id ?? null,
    find({ providerId, modelId, at, inputTokens }) {
      const provider = providerOf(providerId);
      const found = provider && findModel(provider, modelId);
      if (!found) return null;
      const rates = ratesOf(pricesAt(found.provider, found.model, at), inputTokens);
      return rates && { rates, modelId: found.model.id, source: 'genai-prices', version: list().version };
    },
    describe({ providerId, modelId, at }) {
      const provider = providerOf(providerId);
      const found = provider && findModel(provider, modelId);
      return found ? describe(found.provider, found.model, at, list().version) : null;
    },
    entry({ providerId, modelId, at }) {
      const provider = providerOf(providerId);
      const model = provider?.models.find(({ id }) => id === modelId);
      return provider && model ? describe(provider, model, at, list().version) : null;
    },
    all: (at) => list().providers.flatMap((provider) => provider.models.map((model) => describe(provider, model, at, list().version))),
  };
}

function describe(provider: Provider, model: ModelInfo, at: number, version: string): ListedModel {
  const seller = { sellerId: provider.id, sellerName: provider.name, modelId: model.id };
  const prices = pricesAt(provider, model, at);
  const rates = ratesOf(prices, null);
  if (prices === null || rates === null) return { ...seller, price: null };
  const starts = Object.values(prices).flatMap((price) => (typeof price === 'object' ? price.tiers.map(({ start }) => start) : []));
  const steps = [...new Set(starts)]
    .toSorted((a, b) => a - b)
    .flatMap((start) => {
      const above = ratesOf(prices, start + 1);
      return above === null ? [] : [{ fromTokens: start + 1, rates: above }];
    });
  const otherRates = otherRateKinds.flatMap((of) => {
    const usdPerMillion = rateOf(prices, otherRateKeys[of], null);
    return usdPerMillion === null ? [] : [{ of, usdPerMillion }];
  });
  const variesByTime = conditionsOf(model).some(({ constraint }) => constraint?.type === 'time_of_date');
  return { ...seller, price: { rates, steps, otherRates, variesByTime, since: sinceOf(model, prices), source: 'genai-prices', version } };
}

function conditionsOf({ prices }: ModelInfo) {
  return Array.isArray(prices) ? prices : [];
}

/** The day a price took the place of another one, where the list says so. */
function sinceOf(model: ModelInfo, prices: ModelPrice): string | null {
  const constraint = conditionsOf(model).find((condition) => condition.prices === prices)?.constraint;
  return constraint?.type === 'start_date' ? constraint.start_date : null;
}

/** Of prices that changed, those of the moment; the library knows its own conditions. */
function pricesAt(provider: Provider, model: ModelInfo, at: number): ModelPrice | null {
  if (!Array.isArray(model.prices)) return model.prices;
  const only = { ...provider, models: [{ ...model, match: { equals: model.id } }] };
  return calcPrice({ input_tokens: 0 }, model.id, { provider: only, timestamp: new Date(at) })?.model_price ?? null;
}

/** Null where tokens alone do not make the price. */
function ratesOf(prices: ModelPrice | null, inputTokens: number | null): Rates | null {
  if (prices === null || feeKeys.some((key) => prices[key] !== undefined)) return null;
  const inputPerMillion = rateOf(prices, 'input_mtok', inputTokens);
  if (inputPerMillion === null) return null;
  return {
    inputPerMillion,
    cacheReadPerMillion: rateOf(prices, 'cache_read_mtok', inputTokens),
    cacheWritePerMillion: rateOf(prices, 'cache_write_mtok', inputTokens),
    cacheWrite12hPerMillion: null,
    outputPerMillion: rateOf(prices, 'output_mtok', inputTokens),
  };
}

/** A tier applies to the whole request when its input is longer than the tier's start. */
function rateOf(prices: ModelPrice, key: string, inputTokens: number | null): number | null {
  const price = prices[key];
  if (price === undefined || typeof price === 'number') return price ?? null;
  return price.tiers.findLast((tier) => (inputTokens ?? 0) > tier.start)?.price ?? price.base;
}
