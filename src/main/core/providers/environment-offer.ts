import type { PresetId } from '../../../shared/contract/providers.ts';
import type { CorePorts } from '../ports.ts';
import { parseBaseUrl } from './base-url.ts';
import { presetOf, presetOfAddress } from './presets.ts';

/** A provider the environment describes. */
export interface OfferedProvider {
  readonly preset: PresetId;
  readonly name: string;
  readonly baseUrl: string;
  readonly key: string | null;
}

/**
 * The provider that OPENAI_API_KEY and OPENAI_BASE_URL describe; null when neither is set. An unknown address with a
 * key is taken for one where calls are paid for, even on this computer: a gateway often stands there.
 * Throws AppError BASE_URL_INVALID.
 */
export function providerOfEnvironment(environment: CorePorts['environment']): OfferedProvider | null {
  const { openAiKey: key, openAiBaseUrl } = environment;
  if (key === null && openAiBaseUrl === null) return null;
  const baseUrl = parseBaseUrl(openAiBaseUrl ?? presetOf('openai').baseUrl, '/v1');
  const known = presetOfAddress(baseUrl);
  const preset = known === 'custom' && key !== null ? 'openai' : known;
  const name = known === 'custom' ? `${presetOf(preset).name} (${new URL(baseUrl).host})` : presetOf(preset).name;
  return { preset, name, baseUrl, key };
}
