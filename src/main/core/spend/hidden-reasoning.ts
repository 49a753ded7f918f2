import { bareModelName } from '../../../shared/bare-model-name.ts';

/** Families known to bill reasoning they do not show. Names of others say nothing about it. */
const reasoningFamilies =
  /^(?:o[1-9](?:$|-)|gpt-(?:[5-9]|[1-9]\d)|gpt-oss|codex|grok-[3-9]|gemini-(?:2\.5|[3-9])|claude-.*thinking|deepseek-(?:reasoner|r\d)|magistral|qwq)/u;
/** Members of these families that answer at once. */
const answersAtOnce = /-chat(?:-latest)?$|non-reasoning/u;

/**
 * Whether a model is likely to think without showing it. Its hidden tokens are billed as output, so a count of the
 * text that was seen is a lower bound. `effort` is what the request asked for, null when it did not say.
 */
export function reasonsInSilence(modelId: string, effort: string | null): boolean {
  if (effort === 'none') return false;
  if (effort !== null) return true;
  const name = bareModelName(modelId);
  return reasoningFamilies.test(name) && !answersAtOnce.test(name);
}
