import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { OpenBill } from './fake-bill.ts';
import type { FakeAnswer } from './fake-reply.ts';
import type { FakeRequest } from './fake-request.ts';

/** One answered request: what was asked, what is to be said, where it goes and what it costs so far. */
export interface Exchange {
  readonly request: FakeRequest;
  readonly answer: FakeAnswer;
  readonly response: ServerResponse;
  readonly line: OpenBill;
  readonly id: string;
  /** In USD, so far; null where the server does not name its charge. */
  readonly charge: () => number | null;
  /** The model the reply names. */
  readonly model: string;
}

/** Epoch seconds in every reply; fixed, so that replies do not differ between runs. */
export const createdAt = 1_790_000_000;

/** Writes and waits for the client to take it. Resolves false when the client has left. */
export async function write(response: ServerResponse, bytes: string | Buffer): Promise<boolean> {
  if (response.destroyed) return false;
  if (response.write(bytes)) return true;
  const left = new AbortController();
  const onClose = (): void => left.abort();
  response.once('close', onClose);
  try {
    await once(response, 'drain', { signal: left.signal });
    return true;
  } catch {
    return false;
  } finally {
    response.off('close', onClose);
  }
}

/** Waits at the answer's gate, if it has one. Resolves false when the client has left. */
export async function passGate(exchange: Exchange, index: number): Promise<boolean> {
  const { gate } = exchange.answer;
  if (gate) await Promise.race([gate.pass(index), exchange.request.ended]);
  return !exchange.response.destroyed;
}

/** The object counts are sent in, with the answer's `usage` laid over it. */
export function chatUsage(exchange: Exchange): Record<string, unknown> {
  const { line, answer } = exchange;
  return {
    prompt_tokens: line.promptTokens,
    completion_tokens: line.completionTokens,
    total_tokens: line.promptTokens + line.completionTokens,
    prompt_tokens_details: cacheDetails(line),
    completion_tokens_details: { reasoning_tokens: line.reasoningTokens, audio_tokens: 0 },
    ...costOf(exchange),
    ...answer.usage,
  };
}

/** The same counts in the Responses API's names. */
export function responsesUsage(exchange: Exchange): Record<string, unknown> {
  const { line, answer } = exchange;
  return {
    input_tokens: line.promptTokens,
    input_tokens_details: cacheDetails(line),
    output_tokens: line.completionTokens,
    output_tokens_details: { reasoning_tokens: line.reasoningTokens },
    total_tokens: line.promptTokens + line.completionTokens,
    ...answer.usage,
  };
}

function costOf({ charge }: Exchange): Record<string, unknown> {
  const cost = charge();
  return cost === null ? {} : { cost };
}

function cacheDetails(line: OpenBill): Record<string, unknown> {
  const details = { cached_tokens: line.cachedTokens, audio_tokens: 0 };
  if (line.cacheWriteTokens === 0) return details;
  const { cacheWriteTokens, cacheWrite12hTokens } = line;
  return {
    ...details,
    cache_write_tokens: cacheWriteTokens,
    cache_write_tokens_details: { ttl_12h_tokens: cacheWrite12hTokens, ttl_30m_tokens: cacheWriteTokens - cacheWrite12hTokens },
  };
}
