import type { Preset, PresetId } from '../../../shared/contract/providers.ts';

/** Id of the demo's provider, which always exists. */
export const demoProviderId = 'demo';
/** Where the demo model answers. `.invalid` never resolves, so nothing can leave this computer by mistake (RFC 2606). */
const demoBaseUrl = 'https://demo.invalid/v1';

const presetsById: Readonly<Record<PresetId, Omit<Preset, 'id'>>> = {
  openai: {
    kind: 'remote',
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    needsKey: true,
    keyUrl: 'https://platform.openai.com/api-keys',
    defaultEmbeddingModelId: 'text-embedding-3-small',
  },
  openrouter: {
    kind: 'remote',
    name: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    needsKey: true,
    keyUrl: 'https://openrouter.ai/settings/keys',
    defaultEmbeddingModelId: null,
  },
  deepseek: {
    kind: 'remote',
    name: 'DeepSeek',
    baseUrl: 'https://api.deepseek.com/v1',
    needsKey: true,
    keyUrl: 'https://platform.deepseek.com/api_keys',
    defaultEmbeddingModelId: null,
  },
  groq: {
    kind: 'remote',
    name: 'Groq',
    baseUrl: 'https://api.groq.com/openai/v1',
    needsKey: true,
    keyUrl: 'https://console.groq.com/keys',
    defaultEmbeddingModelId: null,
  },
  mistral: {
    kind: 'remote',
    name: 'Mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    needsKey: true,
    keyUrl: 'https://console.mistral.ai/api-keys',
    defaultEmbeddingModelId: 'mistral-embed',
  },
  azure: {
    kind: 'remote',
    name: 'Azure OpenAI',
    baseUrl: 'https://RESOURCE.openai.azure.com/openai/v1',
    needsKey: true,
    keyUrl: 'https://portal.azure.com/',
    defaultEmbeddingModelId: null,
  },
  ollama: {
    kind: 'local',
    name: 'Ollama',
    baseUrl: 'http://localhost:11434/v1',
    needsKey: false,
    keyUrl: null,
    defaultEmbeddingModelId: 'nomic-embed-text',
  },
  lmstudio: {
    kind: 'local',
    name: 'LM Studio',
    baseUrl: 'http://localhost:1234/v1',
    needsKey: false,
    keyUrl: null,
    defaultEmbeddingModelId: 'text-embedding-nomic-embed-text-v1.5',
  },
  llamacpp: {
    kind: 'local',
    name: 'llama.cpp',
    baseUrl: 'http://localhost:8080/v1',
    needsKey: false,
    keyUrl: null,
    defaultEmbeddingModelId: null,
  },
  vllm: {
    kind: 'local',
    name: 'vLLM',
    baseUrl: 'http://localhost:8000/v1',
    needsKey: false,
    keyUrl: null,
    defaultEmbeddingModelId: null,
  },
  custom: { kind: 'remote', name: 'OpenAI-compatible', baseUrl: '', needsKey: false, keyUrl: null, defaultEmbeddingModelId: null },
  demo: { kind: 'demo', name: 'Demo', baseUrl: demoBaseUrl, needsKey: false, keyUrl: null, defaultEmbeddingModelId: null },
};

/** Every preset, in the order they are offered. */
export const presets: readonly Preset[] = Object.entries(presetsById).map(([id, preset]) => ({
  // Object.entries widens the keys of a Record to string.
  id: id as PresetId,
  ...preset,
}));

/** The preset of that id. */
export function presetOf(id: PresetId): Preset {
  return { id, ...presetsById[id] };
}

/** The preset whose default address has this address's host; `custom` when none has. */
export function presetOfAddress(baseUrl: string): PresetId {
  const host = URL.parse(baseUrl)?.host;
  return presets.find((preset) => host !== undefined && URL.parse(preset.baseUrl)?.host === host)?.id ?? 'custom';
}
