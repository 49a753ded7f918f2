import type { Db } from '../../src/main/core/db/database.ts';
import { createProviderStore } from '../../src/main/core/providers/provider-store.ts';
import { sampleEmbeddingModel, sampleModels, sampleSmallModel } from '../sample-spend/sample-models.ts';

/** Stores the providers of the sample with their models; none needs a key. `at` in epoch milliseconds. */
export function storeProviders(db: Db, at: number): void {
  const store = createProviderStore(db);
  for (const [providerId, models] of Map.groupBy(sampleModels, (model) => model.providerId)) {
    const [first] = models;
    if (first === undefined) continue;
    const isOpenAi = providerId === sampleEmbeddingModel.providerId;
    const preset = ({ 'sample-openai': 'openai', 'sample-openrouter': 'openrouter', 'sample-ollama': 'ollama' } as const)[providerId];
    store.insert({
      id: providerId,
      preset: preset ?? 'custom',
      kind: first.providerKind,
      name: first.providerName,
      baseUrl: first.baseUrl,
      needsKey: false,
      embeddingModelId: isOpenAi ? sampleEmbeddingModel.model : null,
      smallModelId: isOpenAi ? sampleSmallModel.model : null,
      createdAt: at,
    });
    const listed = models.map(({ model }) => ({
      id: model,
      kind: model === sampleEmbeddingModel.model ? ('embedding' as const) : ('chat' as const),
      contextTokens: null,
      inputPerMillion: null,
      outputPerMillion: null,
      takesImages: null,
    }));
    store.replaceModels(providerId, listed, at);
  }
}
