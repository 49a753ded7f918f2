import { z } from 'zod';
import { call } from '../rpc/define.ts';
import { failure } from './chat.ts';
import { providerKind } from './usage.ts';

const id = z.string().min(1).max(64);
const baseUrl = z.string().trim().max(2_000);

/** The presets a provider can start from; `custom` is any other OpenAI-compatible address. */
export const presetId = z.enum([
  'openai',
  'openrouter',
  'deepseek',
  'groq',
  'mistral',
  'azure',
  'ollama',
  'lmstudio',
  'llamacpp',
  'vllm',
  'custom',
  'demo',
]);
export type PresetId = z.infer<typeof presetId>;

/** Where a key lies. `none`: no key stored. */
export const keyProtection = z.enum(['none', 'electron_safe_storage', 'os_keyring', 'passphrase', 'session']);

export const provider = z.object({
  id: z.string(),
  preset: presetId,
  kind: providerKind,
  name: z.string(),
  baseUrl: z.string(),
  needsKey: z.boolean(),
  hasKey: z.boolean(),
  keyProtection,
  /** Used for the vectors of documents; null: keywords only. */
  embeddingModelId: z.string().nullable(),
  /** Model for rewriting questions and titles; null: the chat's own model. */
  smallModelId: z.string().nullable(),
});
export type Provider = z.infer<typeof provider>;

export const modelInfo = z.object({
  id: z.string(),
  kind: z.enum(['chat', 'embedding', 'other']),
  contextTokens: z.int().nullable(),
  /** USD per million tokens now; null: no price known. */
  inputPerMillion: z.number().nullable(),
  outputPerMillion: z.number().nullable(),
  /** As its provider says, else by its name; null: nobody knows, so they are sent. */
  takesImages: z.boolean().nullable(),
});
export type ModelInfo = z.infer<typeof modelInfo>;

export const preset = z.object({
  id: presetId,
  kind: providerKind,
  name: z.string(),
  baseUrl: z.string(),
  needsKey: z.boolean(),
  keyUrl: z.string().nullable(),
  defaultEmbeddingModelId: z.string().nullable(),
});
export type Preset = z.infer<typeof preset>;

const editable = {
  name: z.string().trim().min(1).max(100),
  baseUrl,
  embeddingModelId: z.string().max(200).nullable(),
  smallModelId: z.string().max(200).nullable(),
};

export const providers = {
  'providers.presets': call({ input: z.void(), output: z.object({ presets: z.array(preset) }) }),
  'providers.list': call({ input: z.void(), output: z.object({ providers: z.array(provider) }) }),
  'providers.add': call({
    input: z.object({ preset: presetId, name: editable.name, baseUrl, key: z.string().trim().min(1).max(4_000).nullable().default(null) }),
    output: provider,
  }),
  'providers.update': call({ input: z.object({ providerId: id, ...editable }), output: provider }),
  'providers.remove': call({ input: z.object({ providerId: id }), output: z.void() }),
  /** Write-only: no route ever returns a key or a part of one. */
  'providers.setKey': call({ input: z.object({ providerId: id, key: z.string().trim().min(1).max(4_000) }), output: provider }),
  'providers.clearKey': call({ input: z.object({ providerId: id }), output: provider }),
  /** Asks the provider for its models and says in words what is wrong. Costs nothing. */
  'providers.test': call({
    input: z.object({ providerId: id }),
    output: z.object({ ok: z.boolean(), failure: failure.nullable(), modelCount: z.int().nullable(), durationMs: z.int() }),
  }),
  'providers.models': call({
    input: z.object({ providerId: id, refresh: z.boolean().default(false) }),
    output: z.object({ models: z.array(modelInfo), fetchedAt: z.int() }),
  }),
  /** Model servers that answer on this computer right now (Ollama, LM Studio, llama.cpp, vLLM). */
  'providers.findLocal': call({
    input: z.void(),
    output: z.object({ found: z.array(z.object({ preset: presetId, baseUrl: z.string(), modelCount: z.int() })) }),
  }),
  /** Whether OPENAI_API_KEY or OPENAI_BASE_URL are set; they are used only after `importEnvironment`. */
  'providers.environmentOffer': call({ input: z.void(), output: z.object({ hasKey: z.boolean(), baseUrl: z.string().nullable() }) }),
  'providers.importEnvironment': call({ input: z.void(), output: provider }),
};
