import type { PresetId } from '../../../shared/contract/providers.ts';
import type { Fetch } from '../ports.ts';
import { listModels } from './list-models.ts';
import { presets } from './presets.ts';

/** How long a server on this computer may take to answer. */
const probeTimeoutMs = 600;

export interface LocalServer {
  readonly preset: PresetId;
  readonly baseUrl: string;
  readonly modelCount: number;
}

/** Where the servers of the local presets listen unless told otherwise. */
const usualAddresses: readonly Omit<LocalServer, 'modelCount'>[] = presets
  .filter((preset) => preset.kind === 'local')
  .map((preset) => ({ preset: preset.id, baseUrl: preset.baseUrl }));

/** The model servers that answer with a model list right now, asked all at once. No key is sent. */
export async function findLocal(fetch: Fetch, signal: AbortSignal, addresses = usualAddresses): Promise<readonly LocalServer[]> {
  const probes = addresses.map(async ({ preset, baseUrl }) => {
    const models = await listModels({ baseUrl, key: null, fetch, timeoutMs: probeTimeoutMs, signal });
    return { preset, baseUrl, modelCount: models.length };
  });
  const answers = await Promise.allSettled(probes);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
}
