import { objectOf, parseJson, type JsonObject } from '../json-fields.ts';
import type { Endpoint } from '../read-request.ts';

/** The fields a request may say in how many tokens the answer may have; the first two for chats, the last one for responses. */
const fields = ['max_completion_tokens', 'max_tokens', 'max_output_tokens'] as const;

/** The most tokens a request lets the model write; null when it names no limit. */
export function readOutputLimit(body: JsonObject): number | null {
  const limits = fields.flatMap((field) => {
    const value = body[field];
    return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? [value] : [];
  });
  return limits.length === 0 ? null : Math.min(...limits);
}

/**
 * The body with a limit for the answer, or its own where that is smaller. OpenAI’s newer models take only `max_completion_tokens`
 * (https://platform.openai.com/docs/api-reference/chat/create), other servers know only `max_tokens`.
 */
export function withOutputLimit(body: string, request: { readonly url: string; readonly endpoint: Endpoint }, maxTokens: number): string {
  const json = objectOf(parseJson(body));
  if (json === null) return body;
  const known = fields.filter((field) => typeof json[field] === 'number');
  const names = known.length > 0 ? known : [fieldFor(request.url, request.endpoint)];
  const limit = Math.min(maxTokens, readOutputLimit(json) ?? maxTokens);
  return JSON.stringify({ ...json, ...Object.fromEntries(names.map((name) => [name, limit])) });
}

function fieldFor(url: string, endpoint: Endpoint): (typeof fields)[number] {
  if (endpoint === 'responses') return 'max_output_tokens';
  const host = URL.parse(url)?.hostname ?? '';
  return /(?:^|\.)(?:openai\.com|openai\.azure\.com)$/u.test(host) ? 'max_completion_tokens' : 'max_tokens';
}
