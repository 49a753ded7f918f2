import { calcPrice } from '@pydantic/genai-prices';

const dateSuffix = /-\d{4}-?\d{2}-?\d{2}$/;

/**
 * How many tokens a well-known model takes in, from the bundled price table; null when the model is not in it under
 * exactly this id (or with a date after it): the table also matches look-alikes, whose window may be another. At an
 * address the table does not know, an OpenAI model's id means that model.
 */
export function knownContextTokens(baseUrl: string, modelId: string): number | null {
  const usage = { input_tokens: 1 };
  const found = calcPrice(usage, modelId, { providerApiUrl: baseUrl }) ?? calcPrice(usage, modelId, { providerId: 'openai' });
  const model = found?.model;
  if (model?.context_window === undefined) return null;
  return model.id === modelId || model.id === modelId.replace(dateSuffix, '') ? model.context_window : null;
}
