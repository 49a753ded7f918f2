import { bareModelName } from '../../../../shared/bare-model-name.ts';

/** The two byte-pair encodings that OpenAI's current models use. */
export type EncodingName = 'o200k_base' | 'cl100k_base';

const cl100kModel = /^(gpt-4(?!o|\.)|gpt-3|text-embedding)/;

/**
 * The encoding a model's tokens are counted in: cl100k_base for GPT-3.5, GPT-4 and OpenAI's embeddings, o200k_base for
 * everything since GPT-4o. A model of another maker gets o200k_base too, as the nearest guess; its count is an estimate.
 */
export function encodingOfModel(modelId: string): EncodingName {
  return cl100kModel.test(bareModelName(modelId)) ? 'cl100k_base' : 'o200k_base';
}
