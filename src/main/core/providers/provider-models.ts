import type { ModelInfo } from '../../../shared/contract/providers.ts';
import { takesImages } from '../../../shared/takes-images.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../db/database.ts';
import type { PriceBook } from '../spend/prices/price-book.ts';
import { askOllama } from './ask-ollama.ts';
import { chooseEmbeddingModel } from './choose-embedding-model.ts';
import { knownContextTokens } from './context-window.ts';
import { requestJson, listModels, type ModelListRequest } from './list-models.ts';
import type { ProviderFetch } from './provider-fetch.ts';
import type { ProviderKeys } from './provider-keys.ts';
import type { ListedModel, ProviderRow, ProviderStore } from './provider-store.ts';

/** How long a model list is good for. What runs on one's own computer changes with every download. */
const maxAgeMs = { remote: 24 * 60 * 60 * 1_000, local: 30 * 1_000, demo: 0 };

export interface ModelList {
  readonly models: ModelInfo[];
  /** Epoch milliseconds. */
  readonly fetchedAt: number;
}

export interface FetchOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface ProviderModels {
  /** The stored list while it is fresh, else a new one. An old list is better than none: it stays when asking fails. */
  list(provider: ProviderRow, options: FetchOptions): Promise<ModelList>;
  /** Asks the provider and stores its list. Throws AppError with the code of what went wrong. */
  fetch(provider: ProviderRow, options: FetchOptions): Promise<ModelList>;
}

export interface ProviderModelsDeps {
  readonly db: Db;
  readonly store: ProviderStore;
  readonly keys: Pick<ProviderKeys, 'read'>;
  readonly providerFetch: Pick<ProviderFetch, 'of'>;
  readonly priceBook: Pick<PriceBook, 'priceOf'>;
  /** Called when the first list has given a provider its embedding model. */
  readonly onProviderChanged: () => void;
  readonly now: () => number;
}

/** The providers' model lists: asked for, kept, and shown with what is known about each model. */
export function createProviderModels(deps: ProviderModelsDeps): ProviderModels {
  const { store, now } = deps;

  async function fetchList(provider: ProviderRow, options: FetchOptions): Promise<ModelList> {
    const key = await deps.keys.read(provider.id);
    if (key === null && provider.needsKey) throw new AppError('KEY_MISSING');
    const fetch = deps.providerFetch.of({ providerKind: provider.kind, baseUrl: provider.baseUrl });
    const request: ModelListRequest = { baseUrl: provider.baseUrl, key, fetch, ...options };
    try {
      const listed = await listModels(request);
      const models = provider.preset === 'ollama' ? await askOllama(request, listed, store.models(provider.id)?.models ?? []) : listed;
      // OpenRouter lists its models to anyone; only this says whether the key is good.
      if (provider.preset === 'openrouter' && key !== null) await requestJson(request, '/key');
      return present(provider, keep(provider, models));
    } catch (error) {
      const isKeyless = key === null && error instanceof AppError && error.code === 'KEY_REJECTED';
      throw isKeyless ? new AppError('KEY_MISSING', 'The server asks for a key.', { cause: error }) : error;
    }
  }

  function keep(provider: ProviderRow, models: readonly ListedModel[]): { models: readonly ListedModel[]; fetchedAt: number } {
    const fetchedAt = now();
    const adopted = inTransaction(deps.db, () => {
      const stored = store.get(provider.id);
      // Removed or moved to another address while its list was on the way.
      if (stored === undefined || stored.baseUrl !== provider.baseUrl) return null;
      const isFirst = store.models(provider.id) === null;
      store.replaceModels(provider.id, models, fetchedAt);
      const embeddingModelId = isFirst && stored.embeddingModelId === null ? chooseEmbeddingModel(stored, models) : null;
      if (embeddingModelId !== null) store.update({ ...stored, embeddingModelId });
      return embeddingModelId;
    });
    if (adopted !== null) deps.onProviderChanged();
    return { models, fetchedAt };
  }

  function present(provider: ProviderRow, list: { models: readonly ListedModel[]; fetchedAt: number }): ModelList {
    return { models: list.models.map((model) => describe(provider, model)), fetchedAt: list.fetchedAt };
  }

  function describe(provider: ProviderRow, model: ListedModel): ModelInfo {
    const { baseUrl } = provider;
    const known = {
      ...model,
      contextTokens: model.contextTokens ?? knownContextTokens(baseUrl, model.id),
      takesImages: model.takesImages ?? takesImages(provider, model.id),
    };
    if (provider.kind !== 'remote') return { ...known, inputPerMillion: null, outputPerMillion: null };
    const price = deps.priceBook.priceOf({ baseUrl, model: model.id, at: now(), serviceTier: null, inputTokens: null });
    if (price === null) return known;
    const { inputPerMillion, outputPerMillion, multiplier } = price;
    const scaled = (rate: number | null): number | null => (rate === null ? null : rate * multiplier);
    return { ...known, inputPerMillion: scaled(inputPerMillion), outputPerMillion: scaled(outputPerMillion) };
  }

  return {
    fetch: fetchList,
    async list(provider, options) {
      const stored = store.models(provider.id);
      if (stored !== null && now() - stored.fetchedAt < maxAgeMs[provider.kind]) return present(provider, stored);
      try {
        return await fetchList(provider, options);
      } catch (error) {
        if (stored === null || options.signal.aborted) throw error;
        return present(provider, stored);
      }
    },
  };
}
