import type { Exchange } from './read-exchanges.ts';

/** What a provider reported, in the fields of a bill. null: not reported. */
export interface RecordedUsage {
  readonly inputTokens: number | null;
  readonly cacheReadTokens: number | null;
  readonly cacheWriteTokens: number | null;
  readonly outputTokens: number | null;
  readonly reasoningTokens: number | null;
  readonly costUsd: number | null;
}

/** What a recording says beside the usage. */
export interface Recording {
  readonly usage: RecordedUsage | null;
  /** Epoch milliseconds; null when the reply does not say. */
  readonly createdAt: number | null;
}

/**
 * Reads a recorded reply for itself, to hold Tally's reading against it: it shares no code with what it checks. The last usage
 * of a stream counts.
 */
export function readRecording({ reply }: Exchange): Recording {
  const payloads = typeof reply === 'string' ? eventsOf(reply) : [reply];
  let usage: RecordedUsage | null = null;
  let createdAt: number | null = null;
  for (const payload of payloads) {
    const reported = at(payload, 'usage') ?? at(payload, 'x_groq', 'usage') ?? at(payload, 'response', 'usage');
    usage = usageOf(reported) ?? usage;
    createdAt ??= numberAt(payload, 'created') ?? numberAt(payload, 'created_at') ?? numberAt(payload, 'response', 'created_at');
  }
  return { usage, createdAt: createdAt === null ? null : createdAt * 1000 };
}

function eventsOf(stream: string): unknown[] {
  return stream.split(/\r?\n/).flatMap((line) => {
    if (!line.startsWith('data:')) return [];
    try {
      return [JSON.parse(line.slice('data:'.length))];
    } catch {
      return [];
    }
  });
}

function usageOf(reported: unknown): RecordedUsage | null {
  if (typeof reported !== 'object' || reported === null) return null;
  const inputTokens = numberAt(reported, 'prompt_tokens') ?? numberAt(reported, 'input_tokens');
  const written = numberAt(reported, 'completion_tokens') ?? numberAt(reported, 'output_tokens');
  const total = numberAt(reported, 'total_tokens');
  const reasoning =
    numberAt(reported, 'completion_tokens_details', 'reasoning_tokens') ?? numberAt(reported, 'output_tokens_details', 'reasoning_tokens');
  // Some providers count reasoning beside the output; their total gives it away.
  const isBeside = written !== null && reasoning !== null && total === (inputTokens ?? 0) + written + reasoning;
  const inInput = (name: string): number | null =>
    numberAt(reported, 'prompt_tokens_details', name) ?? numberAt(reported, 'input_tokens_details', name);
  return {
    inputTokens,
    cacheReadTokens:
      inInput('cached_tokens') ??
      numberAt(reported, 'prompt_cache_hit_tokens') ??
      numberAt(reported, 'num_cached_tokens') ??
      numberAt(reported, 'cached_tokens'),
    cacheWriteTokens: inInput('cache_write_tokens') ?? inInput('cache_creation_tokens'),
    outputTokens: isBeside ? written + reasoning : written,
    reasoningTokens: reasoning,
    costUsd: costAt(reported),
  };
}

/** With a key of one's own at the upstream provider OpenRouter's `cost` is its fee alone. */
function costAt(reported: unknown): number | null {
  const cost = numberAt(reported, 'cost');
  if (cost === null || at(reported, 'is_byok') !== true) return cost;
  return cost + (numberAt(reported, 'cost_details', 'upstream_inference_cost') ?? 0);
}

function numberAt(value: unknown, ...path: string[]): number | null {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : null;
}

function at(value: unknown, ...path: string[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Object.entries(found).find(([name]) => name === key)?.[1];
  }
  return found;
}
