import type { Fetch } from '../ports.ts';
import { withOutputLimit } from './budgets/output-limit.ts';
import type { RequestFacts } from './read-request.ts';

/** A billable request on its way. */
export interface Outgoing {
  readonly url: string;
  readonly init: RequestInit;
  readonly callBody: string;
  /** What is sent. */
  readonly body: string;
}

/** The parts of a billable request; null for any other. */
export async function readOutgoing(input: Parameters<Fetch>[0], init: RequestInit | undefined): Promise<Outgoing | null> {
  if (input instanceof Request) {
    const request = new Request(input, init);
    if (request.method !== 'POST') return null;
    const { method, headers, signal } = request;
    const body = await request.text();
    return { url: request.url, init: { ...init, method, headers, signal }, callBody: body, body };
  }
  if (init?.method?.toUpperCase() !== 'POST' || typeof init.body !== 'string') return null;
  return { url: String(input), init, callBody: init.body, body: init.body };
}

/** The request with a limit for its answer; null: no limit of ours. */
export function limited(outgoing: Outgoing, facts: RequestFacts, maxOutputTokens: number | null): Outgoing {
  if (maxOutputTokens === null) return outgoing;
  return { ...outgoing, body: withOutputLimit(outgoing.body, { url: outgoing.url, endpoint: facts.endpoint }, maxOutputTokens) };
}
