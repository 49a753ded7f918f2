import type { Fetch } from '../ports.ts';
import { guardBody, within } from './guarded-body.ts';
import { objectOf, parseJson, type JsonObject } from './json-fields.ts';

const patienceMs = 15_000;
const maxReplyBytes = 64 * 1024;

/** A question to a provider about a call that is over. */
export interface Question {
  readonly url: string;
  /** Sent as JSON; null: a GET. */
  readonly body: JsonObject | null;
}

/** Asks a provider, with the call's own key. null for anything but a JSON object with a good status. Never throws. */
export type AskProvider = (question: Question) => Promise<JsonObject | null>;

/** `headers` are those of the call; `signal` ends a question at once. */
export function createAskProvider(fetch: Fetch, headers: RequestInit['headers'], signal: AbortSignal): AskProvider {
  return async ({ url, body }) => {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    try {
      const authorization = new Headers(headers).get('authorization');
      const response = await within(
        fetch(url, {
          method: body === null ? 'GET' : 'POST',
          headers: { 'content-type': 'application/json', ...(authorization === null ? {} : { authorization }) },
          body: body === null ? null : JSON.stringify(body),
          // The key is meant for this host alone.
          redirect: 'manual',
          signal: patience,
        }),
        patienceMs,
      );
      const bytes = await guardBody(response.body, maxReplyBytes).readAll(patienceMs);
      return response.ok ? objectOf(parseJson(new TextDecoder().decode(bytes))) : null;
    } catch {
      return null;
    }
  };
}
