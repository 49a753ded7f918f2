import { objectOf, type JsonObject } from './json-fields.ts';

/** The token counts a reply reported. null: it did not say. */
export interface ReportedUsage {
  /** All input, cached shares included. */
  readonly inputTokens: number | null;
  readonly cacheReadTokens: number | null;
  /** All cache writes, the 12-hour ones included. */
  readonly cacheWriteTokens: number | null;
  readonly cacheWrite12hTokens: number | null;
  /** All output, reasoning included. */
  readonly outputTokens: number | null;
  readonly reasoningTokens: number | null;
  /** Spoken input and output, which are inside the totals and have rates of their own. */
  readonly audioTokens: number;
  /** What the provider says it charged, in nano-USD. */
  readonly reportedCostNanos: number | null;
  /** What does not add up, one word each. */
  readonly anomalies: readonly string[];
  /** The usage object as sent; null when it is too long to be one. */
  readonly json: string | null;
}

/** More tokens than any request has: a count above it is a server's mistake. */
const maxPlausibleTokens = 1_000_000_000;
/** Longest usage object kept for checking against the bill, in characters. */
const maxUsageJsonChars = 8_192;
const nanosPerUsd = 1e9;

/**
 * Finds the usage object of a reply or of one event of a stream: `usage` (Chat Completions, embeddings),
 * `x_groq.usage` (Groq) or `response.usage` (Responses API). null when there is none.
 */
export function findUsage(payload: JsonObject): JsonObject | null {
  return objectOf(payload.usage) ?? objectOf(objectOf(payload.x_groq)?.usage) ?? objectOf(objectOf(payload.response)?.usage);
}

/**
 * Reads a usage object of any of the dialects: OpenAI's Chat Completions, Responses and embeddings, OpenRouter's
 * `cost`, DeepSeek's `prompt_cache_hit_tokens`, Mistral's `num_cached_tokens`, and reasoning reported beside the output instead of inside it.
 */
export function readUsage(usage: JsonObject): ReportedUsage {
  const anomalies: string[] = [];
  const count = (...values: readonly unknown[]): number | null => firstCount(values, anomalies);
  const inputDetails = objectOf(usage.prompt_tokens_details) ?? objectOf(usage.input_tokens_details) ?? {};
  const outputDetails = objectOf(usage.completion_tokens_details) ?? objectOf(usage.output_tokens_details) ?? {};
  const writes = objectOf(inputDetails.cache_write_tokens_details) ?? {};
  const inputTokens = count(usage.prompt_tokens, usage.input_tokens);
  const reasoningTokens = count(outputDetails.reasoning_tokens);
  const visibleOutput = count(usage.completion_tokens, usage.output_tokens);
  const total = count(usage.total_tokens);
  const outputTokens = withReasoning(inputTokens, visibleOutput, reasoningTokens, total);
  const cacheReadTokens = count(inputDetails.cached_tokens, usage.prompt_cache_hit_tokens, usage.num_cached_tokens, usage.cached_tokens);
  const cacheWriteTokens = count(inputDetails.cache_write_tokens, inputDetails.cache_creation_tokens);
  const cacheWrite12hTokens = count(writes.ttl_12h_tokens);
  const audioTokens = (count(inputDetails.audio_tokens) ?? 0) + (count(outputDetails.audio_tokens) ?? 0);
  if ((cacheReadTokens ?? 0) + (cacheWriteTokens ?? 0) > (inputTokens ?? Infinity)) anomalies.push('cache_exceeds_input');
  if ((cacheWrite12hTokens ?? 0) > (cacheWriteTokens ?? 0)) anomalies.push('cache_ttl_exceeds_writes');
  if ((reasoningTokens ?? 0) > (outputTokens ?? Infinity)) anomalies.push('reasoning_exceeds_output');
  const json = JSON.stringify(usage);
  return {
    inputTokens,
    cacheReadTokens,
    cacheWriteTokens,
    cacheWrite12hTokens,
    outputTokens,
    reasoningTokens,
    audioTokens,
    reportedCostNanos: readCost(usage),
    anomalies,
    json: json.length <= maxUsageJsonChars ? json : null,
  };
}

function firstCount(values: readonly unknown[], anomalies: string[]): number | null {
  for (const value of values) {
    if (value === undefined || value === null) continue;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= maxPlausibleTokens) return value;
    if (!anomalies.includes('implausible_count')) anomalies.push('implausible_count');
  }
  return null;
}

/** Some servers (xAI, Gemini) leave reasoning out of the completion count; their total gives it away. */
function withReasoning(input: number | null, output: number | null, reasoning: number | null, total: number | null): number | null {
  if (input === null || output === null || reasoning === null || total === null || reasoning === 0) return output;
  return total === input + output + reasoning ? output + reasoning : output;
}

/**
 * OpenRouter names the charge in USD. With a key of one's own at the upstream provider, `cost` is OpenRouter's fee
 * alone and `cost_details.upstream_inference_cost` comes on top (https://openrouter.ai/docs/use-cases/usage-accounting).
 */
function readCost(usage: JsonObject): number | null {
  if (!isCost(usage.cost)) return null;
  const upstream = usage.is_byok === true ? objectOf(usage.cost_details)?.upstream_inference_cost : 0;
  const nanos = Math.round((usage.cost + (isCost(upstream) ? upstream : 0)) * nanosPerUsd);
  return Number.isSafeInteger(nanos) ? nanos : null;
}

function isCost(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
