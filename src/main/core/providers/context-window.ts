import { calcPrice } from '@pydantic/genai-prices';

const dateSuffix = /-\d{4}-?\d{2}-?\d{2}$/;

/**
 * How many tokens a well-known model takes in, from the bundled price table; null when the model is not in it under
 * exactly this id (or with a date after it): the table also matches look-alikes, whose window may be another.
 */
export function knownContextTokens(baseUrl: string, modelId: string): number | null {
  const found = calcPrice({ input_tokens: 1 }, modelId, { providerApiUrl: baseUrl })?.model;
  if (found?.context_window === undefined) return null;
  return found.id === modelId || found.id === modelId.replace(dateSuffix, '') ? found.context_window : null;
}
