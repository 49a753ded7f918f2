import type { ModelInfo } from '../../../shared/contract/providers.ts';
import type { ProviderRow } from './provider-store.ts';
import { presetOf } from './presets.ts';

/**
 * The embedding model to begin with, from what the provider lists: the preset's own. On one's own computer, where it
 * costs nothing, any other will do as well. null: documents are found by their words.
 */
export function chooseEmbeddingModel(
  provider: Pick<ProviderRow, 'preset' | 'kind'>,
  models: readonly Pick<ModelInfo, 'id' | 'kind'>[],
): string | null {
  const preferred = presetOf(provider.preset).defaultEmbeddingModelId;
  // Ollama lists "nomic-embed-text:latest".
  const listed = models.find((model) => preferred !== null && (model.id === preferred || model.id.startsWith(`${preferred}:`)));
  if (listed !== undefined) return listed.id;
  if (provider.kind !== 'local') return null;
  return models.find((model) => model.kind === 'embedding')?.id ?? null;
}
