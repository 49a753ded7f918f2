import { useQueries, useQuery } from '@tanstack/react-query';
import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { ModelInfo, Provider } from '../../../shared/contract/providers.ts';
import { failureOf } from '../../components/error-sentence.ts';
import type { Failure } from '../../../shared/contract/chat.ts';
import { queries } from '../../rpc/queries.ts';

/** A provider with what can be asked there. */
export interface ProviderModels {
  readonly provider: Provider;
  readonly models: readonly ModelInfo[];
  readonly failure: Failure | null;
  readonly isLoading: boolean;
}

/** Every provider and its chat models; real ones first, the demo last. */
export function useProviderModels(): { readonly groups: readonly ProviderModels[]; readonly isLoading: boolean } {
  const list = useQuery(queries.providers());
  const providers = list.data?.providers ?? [];
  const sorted = [...providers.filter(({ kind }) => kind !== 'demo'), ...providers.filter(({ kind }) => kind === 'demo')];
  const models = useQueries({
    queries: sorted.map((provider) => ({ ...queries.models(provider.id), enabled: provider.hasKey || !provider.needsKey })),
  });
  const groups = sorted.map((provider, index): ProviderModels => {
    const result = models[index];
    const isUsable = provider.hasKey || !provider.needsKey;
    return {
      provider,
      models: result?.data?.models.filter(({ kind }) => kind === 'chat') ?? [],
      failure: isUsable ? (result?.error ? failureOf(result.error) : null) : { code: 'KEY_MISSING' },
      isLoading: isUsable && (result?.isPending ?? false),
    };
  });
  return { groups, isLoading: list.isPending || groups.some((group) => group.isLoading) };
}

/** The provider of a model, unless it is gone. */
export function findProvider(groups: readonly ProviderModels[], model: ModelRef | null): Provider | undefined {
  return model === null ? undefined : groups.find(({ provider }) => provider.id === model.providerId)?.provider;
}

/** The first wish whose provider is still there, else the first model there is: which one that is shows when all are known. */
export function chooseModel(groups: readonly ProviderModels[], wishes: readonly (ModelRef | null | undefined)[]): ModelRef | null {
  for (const wish of wishes) if (wish && findProvider(groups, wish)) return wish;
  if (groups.some(({ isLoading }) => isLoading)) return null;
  for (const { provider, models } of groups) {
    const [first] = models;
    if (first) return { providerId: provider.id, modelId: first.id };
  }
  return null;
}
