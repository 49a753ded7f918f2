import { bareModelName } from '../../../../shared/bare-model-name.ts';

/** Tokens that surround what a request says. */
export interface PromptFrame {
  /** What opens the reply, and instructions of the provider's own that every prompt of the model has. */
  readonly beforeReply: number;
  /** What surrounds the declared functions, by endpoint. */
  readonly aroundFunctions: { readonly chat: number; readonly responses: number };
  readonly perFunction: number;
}

/** GPT-3.5 to GPT-4.1. The cookbook's rule; what surrounds functions is fitted to recorded bills. */
const classic: PromptFrame = { beforeReply: 3, aroundFunctions: { chat: 9, responses: 3 }, perFunction: 0 };
/** OpenAI's reasoning models, fitted to recorded bills. */
const reasoning: PromptFrame = { beforeReply: 2, aroundFunctions: { chat: 89, responses: 7 }, perFunction: 1 };
/** Open models of OpenAI's: whoever runs them sends their system message of 64 tokens along. */
const openWeights: PromptFrame = { beforeReply: 67, aroundFunctions: { chat: 24, responses: 24 }, perFunction: 0 };

/** The frame of a model's prompts; that of GPT-4o for whatever is not known. */
export function promptFrameOf(modelId: string): PromptFrame {
  const name = bareModelName(modelId);
  if (name.startsWith('gpt-oss')) return openWeights;
  return /^(?:gpt-(?:[5-9]|\d\d)|o[134](?:$|-))/u.test(name) ? reasoning : classic;
}
