import type { ProviderKind } from '../../src/shared/contract/usage.ts';

/** A model somebody might use, and how: shares of conversations, and what its replies are like. */
export interface SampleModel {
  readonly providerId: string;
  readonly providerName: string;
  readonly providerKind: ProviderKind;
  readonly baseUrl: string;
  readonly model: string;
  /** Of the conversations, relative to the others. */
  readonly weight: number;
  readonly tokensPerSecond: number;
  /** The provider says what each call cost. */
  readonly reportsCost: boolean;
  /** It thinks before it answers, which is billed as output. */
  readonly reasons: boolean;
}

const openAi = {
  providerId: 'sample-openai',
  providerName: 'OpenAI',
  providerKind: 'remote',
  baseUrl: 'https://api.openai.com/v1',
} as const;
const openRouter = {
  providerId: 'sample-openrouter',
  providerName: 'OpenRouter',
  providerKind: 'remote',
  baseUrl: 'https://openrouter.ai/api/v1',
} as const;
const ollama = {
  providerId: 'sample-ollama',
  providerName: 'Ollama',
  providerKind: 'local',
  baseUrl: 'http://127.0.0.1:11434/v1',
} as const;
const gateway = {
  providerId: 'sample-gateway',
  providerName: 'Office gateway',
  providerKind: 'remote',
  baseUrl: 'https://models.example.com/v1',
} as const;

/** What answers are asked of. */
export const sampleChatModels: readonly SampleModel[] = [
  { ...openAi, model: 'gpt-5.4-mini', weight: 34, tokensPerSecond: 120, reportsCost: false, reasons: false },
  { ...openAi, model: 'gpt-5.4', weight: 20, tokensPerSecond: 70, reportsCost: false, reasons: true },
  { ...openAi, model: 'gpt-4o-mini', weight: 12, tokensPerSecond: 95, reportsCost: false, reasons: false },
  { ...openAi, model: 'o4-mini', weight: 5, tokensPerSecond: 85, reportsCost: false, reasons: true },
  { ...openRouter, model: 'anthropic/claude-sonnet-4.5', weight: 14, tokensPerSecond: 60, reportsCost: true, reasons: false },
  { ...openRouter, model: 'deepseek/deepseek-chat-v3.1', weight: 5, tokensPerSecond: 45, reportsCost: true, reasons: false },
  { ...ollama, model: 'llama3.2:3b', weight: 8, tokensPerSecond: 38, reportsCost: false, reasons: false },
  { ...gateway, model: 'house-model-2', weight: 2, tokensPerSecond: 50, reportsCost: false, reasons: false },
];

/** What documents and questions are embedded with. */
export const sampleEmbeddingModel: SampleModel = {
  ...openAi,
  model: 'text-embedding-3-small',
  weight: 1,
  tokensPerSecond: 0,
  reportsCost: false,
  reasons: false,
};

/** What writes titles and rewrites questions, whatever answers. */
export const sampleSmallModel: SampleModel = {
  ...openAi,
  model: 'gpt-5.4-nano',
  weight: 1,
  tokensPerSecond: 160,
  reportsCost: false,
  reasons: false,
};

/** Every model there is in the sample. */
export const sampleModels: readonly SampleModel[] = [...sampleChatModels, sampleSmallModel, sampleEmbeddingModel];
