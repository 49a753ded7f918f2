import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { ModelParameters } from '../../../shared/contract/parameters.ts';
import { abilitiesOf, takenParameters } from '../../../shared/model-abilities.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { usualParameters } from '../../../shared/usual-parameters.ts';
import type { CallAttribution, Ledger } from '../spend/ledger.ts';
import { clientConfiguration, noKey } from './client-configuration.ts';
import { createEmbedder } from './create-embedder.ts';
import { ignoreTracingEnvironment } from './ignore-tracing-environment.ts';
import { keyedFetch } from './keyed-fetch.ts';
import { takesImagesAt } from './model-facts.ts';
import type { MeteredChatModel, MeteredEmbedder, ProviderClients, StepAttribution } from './provider-clients.ts';
import type { ProviderKeys } from './provider-keys.ts';
import type { ProviderRow, ProviderStore } from './provider-store.ts';

export interface ProviderClientsDeps {
  readonly store: Pick<ProviderStore, 'list' | 'get' | 'model'>;
  readonly keys: Pick<ProviderKeys, 'read'>;
  readonly ledger: Ledger;
}

/** Makes LangChain clients whose every request goes through the ledger's meter. LangChain is loaded with the first one. */
export function createProviderClients(deps: ProviderClientsDeps): ProviderClients {
  // The one place that touches the process's environment: LangChain reads it behind our back otherwise.
  ignoreTracingEnvironment(process.env);
  return {
    chatModel: (ref, attribution, parameters = usualParameters) => chatModel(deps, ref, attribution, parameters),
    smallModelOf(ref) {
      const modelId = deps.store.get(ref.providerId)?.smallModelId ?? ref.modelId;
      return { providerId: ref.providerId, modelId };
    },
    embedder: () => embedder(deps),
  };
}

async function chatModel(
  deps: ProviderClientsDeps,
  ref: ModelRef,
  attribution: StepAttribution,
  parameters: ModelParameters,
): Promise<MeteredChatModel> {
  const provider = deps.store.get(ref.providerId);
  if (provider === undefined) throw new AppError('NOT_FOUND', 'No such provider.');
  const key = await deps.keys.read(provider.id);
  if (key === null && provider.needsKey) throw new AppError('KEY_MISSING');
  const { ChatOpenAI } = await import('@langchain/openai');
  const { ReasoningCompletions } = await import('./reasoning-completions.ts');
  const call = deps.ledger.meter({ ...attribution, ...attributionOf(provider, ref.modelId) });
  const fields = {
    model: ref.modelId,
    apiKey: noKey,
    // The ledger's fetch repeats what is worth repeating; LangChain would repeat six times, and sleep through a stop.
    maxRetries: 0,
    streamUsage: true,
    // For the cost callback: calls of local and demo models are free.
    metadata: { providerKind: provider.kind },
    configuration: clientConfiguration(provider.baseUrl, keyedFetch(call.fetch, key)),
    ...parameterFields(takenParameters(parameters, abilitiesOf(provider, ref.modelId))),
  };
  const model = new ChatOpenAI({ ...fields, completions: new ReasoningCompletions(fields) });
  return {
    model,
    call,
    label: provider.kind === 'demo' ? provider.name : ref.modelId,
    takesImages: takesImagesAt(deps.store, provider, ref.modelId) !== false,
  };
}

/** As ChatOpenAI names them; what is not set is not sent. */
function parameterFields({ temperature, maxOutputTokens, reasoningEffort, serviceTier }: ModelParameters) {
  return {
    ...(temperature !== null && { temperature }),
    ...(maxOutputTokens !== null && { maxTokens: maxOutputTokens }),
    ...(reasoningEffort !== null && { reasoning: { effort: reasoningEffort } }),
    ...(serviceTier !== null && { service_tier: serviceTier }),
  };
}

/**
 * The oldest provider that has an embedding model and can be used now: vectors of two models cannot be compared,
 * so the choice must not move when a provider is added.
 */
async function embedder(deps: ProviderClientsDeps): Promise<MeteredEmbedder | null> {
  for (const provider of deps.store.list()) {
    if (provider.embeddingModelId === null) continue;
    const key = await usableKey(deps.keys, provider);
    if (key === undefined) continue;
    return createEmbedder({ ledger: deps.ledger, key, provider: attributionOf(provider, provider.embeddingModelId) });
  }
  return null;
}

/** The provider's key, null when it works without one, undefined when it cannot be used now. */
async function usableKey(keys: ProviderClientsDeps['keys'], provider: ProviderRow): Promise<string | null | undefined> {
  try {
    const key = await keys.read(provider.id);
    return key === null && provider.needsKey ? undefined : key;
  } catch (error) {
    if (error instanceof AppError && (error.code === 'SECRETS_LOCKED' || error.code === 'KEY_MISSING')) return undefined;
    throw error;
  }
}

type ProviderAttribution = Pick<CallAttribution, 'providerId' | 'providerName' | 'providerKind' | 'baseUrl' | 'requestedModel'>;

function attributionOf(provider: ProviderRow, modelId: string): ProviderAttribution {
  return {
    providerId: provider.id,
    providerName: provider.name,
    providerKind: provider.kind,
    baseUrl: provider.baseUrl,
    requestedModel: modelId,
  };
}
