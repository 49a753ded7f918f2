import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { Fetch } from '../ports.ts';
import { errorCodeOfStatus, findError, judgeConnectionError, unansweredStatuses } from './error-code-of-reply.ts';
import { objectOf, parseJson } from './json-fields.ts';
import { retryAfterMs } from './retry-after.ts';

/** Longest wait a provider may ask for; beyond it the person decides. */
const maxAskedPauseMs = 60_000;

export interface RetryOptions {
  /** Makes and books one attempt. */
  readonly fetch: Fetch;
  /** Attempts after the first one. */
  readonly maxRetries: number;
  /** The wait before the first repeat when nobody asks for another one; it doubles with each repeat. */
  readonly pauseMs: number;
  readonly now: () => number;
  /** Ends a wait like the caller's own signal. */
  readonly closing: AbortSignal;
  /** Called when a provider has asked to wait, with the end of the wait (epoch milliseconds), and with null when it is over. */
  readonly onWaiting: (until: number | null) => void;
}

/** A wait before the next attempt. */
interface Pause {
  readonly ms: number;
  /** The provider named it. */
  readonly isAsked: boolean;
}

type Attempted = { readonly response: Response } | { readonly error: unknown };

/**
 * A fetch that repeats an attempt that came to nothing: a connection that failed, a rate limit (429), a server's own error
 * (5xx). A provider may name the wait, up to a minute; a longer one, an account without credit, a reply that has begun and a
 * gateway that gave up on a model that may still be running are not repeated, since the person would wait or pay twice.
 * A wait ends at once when the caller gives up. Whatever is not repeated passes as it came.
 */
export function createRetryingFetch(options: RetryOptions): Fetch {
  return async (input, init) => {
    const own = init?.signal ?? (input instanceof Request ? input.signal : null);
    const signal = own === null ? options.closing : AbortSignal.any([options.closing, own]);
    for (let retries = 0; ; retries += 1) {
      // A Request's body can be read once.
      const attempted = await attempt(() => options.fetch(input instanceof Request ? input.clone() : input, init));
      const pause = retries < options.maxRetries && !signal.aborted ? await pauseAfter(attempted, options, retries) : null;
      if (pause === null) return outcomeOf(attempted);
      await wait(pause, options, signal);
    }
  };
}

async function attempt(fetchOnce: () => Promise<Response>): Promise<Attempted> {
  try {
    return { response: await fetchOnce() };
  } catch (error) {
    return { error };
  }
}

function outcomeOf(attempted: Attempted): Response {
  if ('error' in attempted) throw attempted.error;
  return attempted.response;
}

/** The wait before a repeat; null when there is to be none. */
async function pauseAfter(attempted: Attempted, options: RetryOptions, retries: number): Promise<Pause | null> {
  const usual: Pause = { ms: options.pauseMs * 2 ** retries, isAsked: false };
  if ('error' in attempted) return isLostConnection(attempted.error) ? usual : null;
  const { response } = attempted;
  const { status, headers } = response;
  const isRepeatable = status === 429 || (status >= 500 && !unansweredStatuses.has(status));
  // OpenAI's own clients heed this header.
  if (!isRepeatable || headers.get('x-should-retry') === 'false') return null;
  const text = await response.clone().text();
  if (errorCodeOfStatus(status, findError(objectOf(parseJson(text)) ?? {})) === 'QUOTA_EXCEEDED') return null;
  const askedMs = retryAfterMs((name) => headers.get(name), text, options.now());
  if (askedMs === null) return usual;
  return askedMs > maxAskedPauseMs ? null : { ms: askedMs, isAsked: true };
}

/** An AppError is the meter's own verdict on a server that did answer, or could not be waited for. */
function isLostConnection(error: unknown): boolean {
  return !(error instanceof AppError) && judgeConnectionError(error).code === 'NETWORK_UNREACHABLE';
}

/** Throws the signal's reason as soon as it aborts. */
async function wait(pause: Pause, options: RetryOptions, signal: AbortSignal): Promise<void> {
  if (pause.isAsked) options.onWaiting(options.now() + pause.ms);
  try {
    await delay(pause.ms, undefined, { signal });
  } catch {
    signal.throwIfAborted();
  } finally {
    if (pause.isAsked) options.onWaiting(null);
  }
}
