import { calcPrice, findProvider, type ModelInfo, type ModelPrice, type Provider } from '@pydantic/genai-prices';
import { indexModels, type ModelIndex } from './model-index.ts';
import type { ListedPrice } from './rates.ts';

/** The version of the bundled list, as pinned in package.json. */
export const basePricesVersion = '0.1.8';

/** Fees per request make a price by tokens too low; a model that has them is not priced. */
const feeKeys = ['requests_kcount'];

export interface BasePrices {
  /** The list's name for who answers at this address; null when it is nobody it knows. */
  providerAt(baseUrl: string): string | null;
  /** The price at a moment (epoch milliseconds). Above a long-context threshold `inputTokens` decides; null counts as below. */
  find(query: { providerId: string; modelId: string; at: number; inputTokens: number | null }): ListedPrice | null;
}

/** The price list that comes with `@pydantic/genai-prices`. Nothing is fetched. */
export function createBasePrices(): BasePrices {
  const indexes = new Map<string, ModelIndex>();

  function findModel(provider: Provider, modelId: string): { provider: Provider; model: ModelInfo } | null {
    const index = indexes.get(provider.id) ?? indexModels(provider);
    indexes.set(provider.id, index);
    const model = index(modelId);
    if (model) return { provider, model };
    // Azure, for one, sells the models of others at their prices.
    for (const providerId of provider.fallback_model_providers ?? []) {
      const other = findProvider({ providerId });
      const found = other && findModel(other, modelId);
      if (found) return found;
    }
    return null;
  }

  return {
    providerAt: (baseUrl) => findProvider({ providerApiUrl: baseUrl })?.id ?? null,
    find({ providerId, modelId, at, inputTokens }) {
      const provider = findProvider({ providerId });
      const found = provider && findModel(provider, modelId);
      if (!found) return null;
      const prices = pricesAt(found.provider, found.model, at);
      if (!prices || feeKeys.some((key) => prices[key] !== undefined)) return null;
      const inputPerMillion = rateOf(prices, 'input_mtok', inputTokens);
      if (inputPerMillion === null) return null;
      const rates = {
        inputPerMillion,
        cacheReadPerMillion: rateOf(prices, 'cache_read_mtok', inputTokens),
        cacheWritePerMillion: rateOf(prices, 'cache_write_mtok', inputTokens),
        cacheWrite12hPerMillion: null,
        outputPerMillion: rateOf(prices, 'output_mtok', inputTokens),
      };
      return { rates, modelId: found.model.id, source: 'genai-prices', version: basePricesVersion };
    },
  };
}

/** Of prices that changed, those of the moment; the library knows its own conditions. */
function pricesAt(provider: Provider, model: ModelInfo, at: number): ModelPrice | null {
  const only = { ...provider, models: [{ ...model, match: { equals: model.id } }] };
  return calcPrice({ input_tokens: 0 }, model.id, { provider: only, timestamp: new Date(at) })?.model_price ?? null;
}

/** A tier applies to the whole request when its input is longer than the tier's start. */
function rateOf(prices: ModelPrice, key: string, inputTokens: number | null): number | null {
  const price = prices[key];
  if (price === undefined || typeof price === 'number') return price ?? null;
  return price.tiers.findLast((tier) => (inputTokens ?? 0) > tier.start)?.price ?? price.base;
}
