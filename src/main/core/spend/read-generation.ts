import type { JsonObject } from './json-fields.ts';
import { readUsage, type ReportedUsage } from './read-usage.ts';

/**
 * The usage in OpenRouter's account of one generation: the model's own token counts and the charge; null when it names no
 * charge. With a key of one's own at the upstream provider, that provider's price comes on top of OpenRouter's fee.
 */
export function readGeneration(generation: JsonObject): ReportedUsage | null {
  const usage = readUsage({
    prompt_tokens: generation.native_tokens_prompt,
    completion_tokens: generation.native_tokens_completion,
    prompt_tokens_details: { cached_tokens: generation.native_tokens_cached },
    completion_tokens_details: { reasoning_tokens: generation.native_tokens_reasoning },
    cost: generation.total_cost,
    is_byok: generation.is_byok,
    cost_details: { upstream_inference_cost: generation.upstream_inference_cost },
  });
  return usage.reportedCostNanos === null || usage.inputTokens === null || usage.outputTokens === null ? null : usage;
}
