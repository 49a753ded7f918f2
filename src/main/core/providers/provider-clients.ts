import type { ChatOpenAI } from '@langchain/openai';
import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { ModelParameters } from '../../../shared/contract/parameters.ts';
import type { CallAttribution, MeteredCall } from '../spend/ledger.ts';

/** What a step adds to the attribution; the provider's own part is filled in here. */
export type StepAttribution = Pick<CallAttribution, 'runId' | 'purpose' | 'conversationId' | 'messageId' | 'documentId'>;

/** A chat model ready for one step of a run, and the meter its calls go through. */
export interface MeteredChatModel {
  readonly model: ChatOpenAI;
  readonly call: MeteredCall;
  readonly label: string;
  /** It is not known to take no images. */
  readonly takesImages: boolean;
}

/** Embeds texts through a provider. Vectors have unit length. */
export interface MeteredEmbedder {
  /** providerId/modelId, the name vectors are stored under. */
  readonly vectorSpace: string;
  embed(texts: readonly string[], options: { attribution: StepAttribution; signal: AbortSignal }): Promise<Float32Array[]>;
}

/** The name that a model's vectors are stored under. */
export function vectorSpaceOf({ providerId, modelId }: ModelRef): string {
  return `${providerId}/${modelId}`;
}

/** The model behind a name that vectors are stored under. Ids of providers have no slash, those of models may. */
export function modelOfVectorSpace(vectorSpace: string): ModelRef {
  const slash = vectorSpace.indexOf('/');
  return { providerId: vectorSpace.slice(0, slash), modelId: vectorSpace.slice(slash + 1) };
}

/** Makes model clients from the stored providers and their keys. */
export interface ProviderClients {
  /** Parameters the model does not take are left out. Throws AppError NOT_FOUND, KEY_MISSING or SECRETS_LOCKED. */
  chatModel(ref: ModelRef, attribution: StepAttribution, parameters?: ModelParameters): Promise<MeteredChatModel>;
  /** The model for rewriting and titles: the provider's small model, else the same one. */
  smallModelOf(ref: ModelRef): ModelRef;
  /** null when no provider that can be used now has an embedding model. */
  embedder(): Promise<MeteredEmbedder | null>;
}
