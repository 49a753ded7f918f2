import type { Fetch } from '../../src/main/core/ports.ts';
import { calibrationSamplesOf } from '../../src/main/core/spend/call-counts.ts';
import { uncalibrated, type Calibration } from '../../src/main/core/spend/calibration.ts';
import { asCounted, expectedTokens } from '../../src/main/core/spend/count-line.ts';
import { createMeteredFetch } from '../../src/main/core/spend/metered-fetch.ts';
import type { Observation } from '../../src/main/core/spend/observe-reply.ts';
import type { PriceBook } from '../../src/main/core/spend/prices/price-book.ts';
import type { RequestFacts } from '../../src/main/core/spend/read-request.ts';
import { defaultReplyLimits } from '../../src/main/core/spend/reply-limits.ts';
import { settleUsage, type BookedUsage } from '../../src/main/core/spend/settle-usage.ts';
import type { RequestCount } from '../../src/main/core/spend/tokens/count-request.ts';
import type { TokenCounter } from '../../src/main/core/spend/tokens/token-counter.ts';
import { isTextRequest, type Exchange } from './read-exchanges.ts';

/** What Tally makes of an exchange. */
export interface Replayed {
  readonly seen: Observation;
  readonly record: BookedUsage;
  /** The record as it would be if the provider had not named its charge: priced by the book. */
  readonly priced: BookedUsage;
  readonly counted: RequestCount;
  /** The input as it is estimated by what the exchanges of its kind before taught about this model; null where they were too few. */
  readonly calibratedInput: number | null;
}

export interface ReplayDeps {
  readonly priceBook: PriceBook;
  readonly tokenCounter: TokenCounter;
  readonly calibration: Calibration;
}

/** Sizes in bytes that network reads may have: every line and every character is cut somewhere. */
const pieceSizes = [1, 7, 64, 3, 1021, 2, 333, 4096, 5];
const paths = { chat: 'chat/completions', responses: 'responses', embeddings: 'embeddings' } as const;
const baseUrls: Readonly<Record<string, string>> = {
  'openrouter.ai': 'https://openrouter.ai/api/v1',
  'api.groq.com': 'https://api.groq.com/openai/v1',
};

/** Sends the recorded request through the meter to a fetch that answers with the recorded bytes, and books what comes of it. */
export async function replay(exchange: Exchange, startedAt: number, deps: ReplayDeps): Promise<Replayed> {
  const { host, kind, request } = exchange;
  const isLocal = host.startsWith('localhost:11434');
  const baseUrl = baseUrls[host] ?? `${host.startsWith('localhost') ? 'http' : 'https'}://${host}/v1`;
  const requestedModel = String(request.model);
  const { promise: settled, resolve: settle } = Promise.withResolvers<{ facts: RequestFacts; seen: Observation }>();
  const meteredFetch = createMeteredFetch({
    fetch: answeringWith(exchange),
    requestedModel,
    isLocal,
    limits: defaultReplyLimits,
    now: () => startedAt,
    closing: new AbortController().signal,
    quirks: { refusesStreamOptions: () => false, noteRefusal: () => undefined },
    begin: async (facts) => ({ startedAt, settle: async (seen) => settle({ facts, seen }) }),
  });
  await readToEnd(meteredFetch, `${baseUrl}/${paths[kind]}`, JSON.stringify(request));
  const { facts, seen } = await settled;
  const { endpoint, model, reasonsInSilence, body } = facts;
  const counted = await deps.tokenCounter.countRequest({ endpoint, model, body });
  const call = {
    id: exchange.id,
    attempt: 1,
    attribution: {
      runId: null,
      purpose: kind === 'embeddings' ? ('index_embedding' as const) : ('answer' as const),
      conversationId: null,
      messageId: null,
      documentId: null,
      providerId: host,
      providerName: host,
      providerKind: isLocal ? ('local' as const) : ('remote' as const),
      baseUrl,
      requestedModel,
    },
    endpoint,
    reasonsInSilence,
    hasUncounted: counted.hasUncounted,
    localInputTokens: counted.tokens,
    startedAt,
    timeZone: 'UTC',
  };
  const settling = { ...deps, calibration: uncalibrated };
  const record = await settleUsage(call, seen, settling);
  const priced = await settleUsage(call, { ...seen, usage: seen.usage && { ...seen.usage, reportedCostNanos: null } }, settling);
  // Functions and schemas cost what text does not: Tally sends text, so calls with them teach it nothing.
  const taught = isTextRequest(request) ? requestedModel : `${requestedModel} with more than text`;
  const line = deps.calibration.lineOf(baseUrl, taught, 'input');
  const calibratedInput = line === asCounted ? null : expectedTokens(line, counted.tokens);
  deps.calibration.learn(baseUrl, taught, await calibrationSamplesOf(call, seen, deps.tokenCounter));
  return { seen, record, priced, counted, calibratedInput };
}

async function readToEnd(fetch: Fetch, url: string, body: string): Promise<void> {
  try {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    await response.arrayBuffer();
  } catch {
    // A reply that breaks off or carries an error ends with one; what was booked is what counts here.
  }
}

function answeringWith({ status, stream, reply }: Exchange): Fetch {
  const isStream = stream && typeof reply === 'string';
  const text = typeof reply === 'string' ? reply : JSON.stringify(reply);
  const type = isStream ? 'text/event-stream' : typeof reply === 'string' ? 'text/plain' : 'application/json';
  return async () => new Response(inPieces(new TextEncoder().encode(text)), { status, headers: { 'content-type': type } });
}

function inPieces(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let start = 0;
  let index = 0;
  return new ReadableStream({
    pull(controller) {
      const end = start + (pieceSizes[index % pieceSizes.length] ?? 1);
      if (start < bytes.length) controller.enqueue(bytes.slice(start, end));
      if (end >= bytes.length) controller.close();
      start = end;
      index += 1;
    },
  });
}
