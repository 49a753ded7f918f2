import { bareModelName } from '../../../shared/bare-model-name.ts';

/**
 * Most tokens a model writes, thinking included, by its own name; the first that fits counts.
 * Sources: https://platform.openai.com/docs/models, https://docs.anthropic.com/en/docs/about-claude/models/overview,
 * https://ai.google.dev/gemini-api/docs/models, https://api-docs.deepseek.com/quick_start/pricing
 */
const families: readonly (readonly [name: RegExp, tokens: number])[] = [
  [/^gpt-[5-9](?:\.\d+)?-chat/u, 16_384],
  [/^gpt-[5-9]/u, 128_000],
  [/^o1-mini/u, 65_536],
  [/^o1-preview/u, 32_768],
  [/^o[1-9](?:$|-)/u, 100_000],
  [/^gpt-4\.1/u, 32_768],
  [/^gpt-4o/u, 16_384],
  [/^gpt-(?:4-turbo|3\.5-turbo)/u, 4_096],
  [/^gpt-4(?:$|-)/u, 8_192],
  [/^claude-opus-4(?:$|[-.][01](?:$|-)|-2025)/u, 32_000],
  [/^claude-(?:opus|sonnet|haiku)-[4-9]/u, 64_000],
  [/^claude-3[-.]7/u, 64_000],
  [/^claude-3[-.]5/u, 8_192],
  [/^claude-3/u, 4_096],
  [/^gemini-(?:2\.5|[3-9])/u, 65_536],
  [/^gemini-(?:1\.5|2\.0)/u, 8_192],
  [/^deepseek-reasoner/u, 64_000],
  [/^deepseek-chat/u, 8_000],
];

/** The longest answer a well-known model writes, in tokens; null for another. */
export function longestAnswerTokens(modelId: string): number | null {
  const name = bareModelName(modelId);
  return families.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
