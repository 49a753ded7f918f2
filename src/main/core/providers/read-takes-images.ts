import { isRecord } from './is-record.ts';

/**
 * Whether a model takes images, by what its provider says of it: OpenRouter and xAI name the kinds of its input, Mistral and Ollama what it
 * can do (https://openrouter.ai/docs/api-reference/list-available-models, https://docs.mistral.ai/api/#tag/models,
 * https://docs.ollama.com/api/show). null: it does not say.
 */
export function readTakesImages(entry: Readonly<Record<string, unknown>>): boolean | null {
  const { architecture, capabilities } = entry;
  const inputs = (isRecord(architecture) ? architecture['input_modalities'] : undefined) ?? entry['input_modalities'];
  if (Array.isArray(inputs)) return inputs.includes('image');
  if (Array.isArray(capabilities)) return capabilities.includes('vision');
  return isRecord(capabilities) && typeof capabilities['vision'] === 'boolean' ? capabilities['vision'] : null;
}
