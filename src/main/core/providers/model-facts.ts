import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { ProviderKind } from '../../../shared/contract/usage.ts';
import { takesImages } from '../../../shared/takes-images.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { knownContextTokens } from './context-window.ts';
import { longestAnswerTokens } from './longest-answer.ts';
import type { ProviderKeys } from './provider-keys.ts';
import type { ProviderRow, ProviderStore } from './provider-store.ts';

/** What is known of a model without asking anyone and without its provider's key. */
export interface ModelFacts {
  readonly providerKind: ProviderKind;
  readonly baseUrl: string;
  /** null when nobody says how much it takes in. */
  readonly contextTokens: number | null;
  /** Most tokens it writes, thinking included; null when nobody says. */
  readonly outputTokens: number | null;
  /** It is not known to take no images. */
  readonly takesImages: boolean;
}

export interface KnownModels {
  /** Throws AppError NOT_FOUND when there is no such provider. */
  factsOf(ref: ModelRef): ModelFacts;
  /** The same; null when there is no such provider. */
  findFacts(ref: ModelRef): ModelFacts | null;
  /** The model that would embed a question, as far as can be told without opening a key; null when there is none. */
  embeddingModel(): ModelRef | null;
}

/** Looks models up in what is stored. */
export function createKnownModels(deps: {
  readonly store: Pick<ProviderStore, 'list' | 'get' | 'model'>;
  readonly keys: Pick<ProviderKeys, 'protectionOf'>;
}): KnownModels {
  const { store, keys } = deps;

  function findFacts(ref: ModelRef): ModelFacts | null {
    const provider = store.get(ref.providerId);
    if (provider === undefined) return null;
    return {
      providerKind: provider.kind,
      baseUrl: provider.baseUrl,
      contextTokens: contextTokensOf(store, provider, ref.modelId),
      outputTokens: longestAnswerTokens(ref.modelId),
      takesImages: takesImagesAt(store, provider, ref.modelId) !== false,
    };
  }

  return {
    factsOf(ref) {
      const facts = findFacts(ref);
      if (facts === null) throw new AppError('NOT_FOUND', 'No such provider.');
      return facts;
    },
    findFacts,
    embeddingModel() {
      for (const { id: providerId, embeddingModelId, needsKey } of store.list()) {
        if (embeddingModelId === null || (needsKey && keys.protectionOf(providerId) === 'none')) continue;
        return { providerId, modelId: embeddingModelId };
      }
      return null;
    },
  };
}

/** A model's window as its provider's list says, else as the price table knows it; null when neither does. */
function contextTokensOf(store: Pick<ProviderStore, 'model'>, provider: ProviderRow, modelId: string): number | null {
  return store.model(provider.id, modelId)?.contextTokens ?? knownContextTokens(provider.baseUrl, modelId);
}

/** Whether a model takes images as its provider's list says, else as its name does; null when neither does. */
export function takesImagesAt(store: Pick<ProviderStore, 'model'>, provider: ProviderRow, modelId: string): boolean | null {
  return store.model(provider.id, modelId)?.takesImages ?? takesImages(provider, modelId);
}
