import { AppError } from '../../../shared/rpc/errors.ts';
import type { Fetch } from '../ports.ts';
import { errorCodeOfStatus, findError, judgeConnectionError, unansweredStatuses } from './error-code-of-reply.ts';
import { guardBody, within, type GuardedBody } from './guarded-body.ts';
import { objectOf, parseJson, type JsonObject } from './json-fields.ts';
import { meteredStream } from './metered-stream.ts';
import { createReplyObserver, type Ending, type Observation, type ReplyObserver } from './observe-reply.ts';
import { limited, readOutgoing, type Outgoing } from './outgoing-request.ts';
import { readRequest, withoutStreamOptions, type RequestFacts } from './read-request.ts';
import type { ReplyLimits } from './reply-limits.ts';
import { bodyHeaders, brokenResponse, isEventStream } from './reply-response.ts';

/** Books one attempt. */
export interface Attempt {
  readonly startedAt: number;
  /** Most tokens the answer may have, to be sent with the request; null or missing: no limit of ours. */
  readonly maxOutputTokens?: number | null;
  /** Called exactly once. Rejects when the record could not be stored. */
  settle(seen: Observation): Promise<unknown>;
  /** Called before `settle` when that will be long after the caller has gone. */
  defer?(): void;
}

export interface MeterOptions {
  readonly fetch: Fetch;
  readonly requestedModel: string;
  /** The model runs on this computer and may have to be loaded first. */
  readonly isLocal: boolean;
  readonly limits: ReplyLimits;
  readonly now: () => number;
  /** Aborts what is under way when the ledger closes. */
  readonly closing: AbortSignal;
  /** Whether this server was found to refuse `stream_options`. */
  readonly quirks: { refusesStreamOptions(): boolean; noteRefusal(): void };
  /**
   * Notes the attempt down before it leaves; throws when the caller has given up by then, or nothing can be stored.
   * `callBody` is the body as the caller gave it, the same for every attempt at one call.
   */
  begin(facts: RequestFacts, callBody: string, signal: AbortSignal, headers: RequestInit['headers']): Promise<Attempt>;
  /** Whether a stream that is stopped now is read on for its exact cost. Default: it is not. */
  readsOn?(): boolean;
}

/** Everything one attempt is worked with. */
interface Underway {
  readonly facts: RequestFacts;
  readonly observer: ReplyObserver;
  readonly signal: AbortSignal;
  readonly connection: Connection;
  /** Ends the attempt's own connection. */
  readonly hangUp: () => void;
  readonly defer: () => void;
  readonly settle: (ending: Ending) => Promise<void>;
}

/** The attempt's own connection. It ends when the caller gives up, until somebody else answers for that. */
interface Connection {
  readonly signal: AbortSignal;
  readonly hangUp: () => void;
  /** The caller's signal is left to whoever calls this. */
  readonly takeOver: () => void;
}

const maxErrorBodyBytes = 1024 * 1024;
const rejected: Pick<Ending, 'outcome' | 'reach'> = { outcome: 'failed', reach: 'rejected' };
const failed: Pick<Ending, 'outcome' | 'reach'> = { outcome: 'failed', reach: 'sent' };
const stopped: Ending = { outcome: 'stopped', errorCode: null, reach: 'sent' };

/**
 * A fetch that watches every billable attempt (POST) and books it exactly once, however it ends. It never follows a
 * redirect, which would carry the key to another host; turns a reply that is no answer, a silent server and one without
 * end into AppErrors; and repeats a request without `stream_options` once for a server that refuses the field.
 *
 * Errors that belong to a reply are thrown while its body is read, not by the fetch itself: client libraries retry
 * the latter, and a reply may already have been billed. Streams are re-framed event by event, malformed ones left out.
 */
export function createMeteredFetch(options: MeterOptions): Fetch {
  return async (input, init) => {
    const outgoing = await readOutgoing(input, init);
    if (outgoing === null) return options.fetch(input, { ...init, redirect: 'manual' });
    const attemptPlain = (): Promise<Response> => attemptOnce(options, { ...outgoing, body: withoutStreamOptions(outgoing.callBody) });
    if (options.quirks.refusesStreamOptions()) return attemptPlain();
    return attemptOnce(options, outgoing, () => {
      options.quirks.noteRefusal();
      return attemptPlain();
    });
  };
}

async function attemptOnce(options: MeterOptions, outgoing: Outgoing, retryPlain?: () => Promise<Response>): Promise<Response> {
  const facts = readRequest(outgoing.url, outgoing.body, options.requestedModel);
  const signal = AbortSignal.any([options.closing, ...(outgoing.init.signal ? [outgoing.init.signal] : [])]);
  signal.throwIfAborted();
  const attempt = await options.begin(facts, outgoing.callBody, signal, outgoing.init.headers);
  const connection = openConnection(signal);
  const observer = createReplyObserver(facts.isStream, attempt.startedAt, options.now);
  let settling: Promise<void> | null = null;
  const underway: Underway = {
    facts,
    observer,
    signal,
    connection,
    hangUp: connection.hangUp,
    defer: () => attempt.defer?.(),
    async settle(ending) {
      settling ??= attempt.settle(observer.observation(ending)).then(() => undefined);
      await settling;
    },
  };
  const response = await send(options, limited(outgoing, facts, attempt.maxOutputTokens ?? null), underway);
  observer.takeHeaders(response);
  try {
    return await takeResponse(options, underway, response, retryPlain);
  } catch (error) {
    underway.hangUp();
    await underway.settle(signal.aborted ? stopped : { ...failed, errorCode: codeOf(error) });
    throw error;
  }
}

function openConnection(signal: AbortSignal): Connection {
  const ending = new AbortController();
  const end = (): void => ending.abort(signal.reason);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  return { signal: ending.signal, hangUp: () => ending.abort(), takeOver: () => signal.removeEventListener('abort', end) };
}

async function send(options: MeterOptions, outgoing: Outgoing, underway: Underway): Promise<Response> {
  try {
    const headers = new Headers(outgoing.init.headers);
    // The body may be shorter than the caller's now.
    headers.delete('content-length');
    const request: RequestInit = { ...outgoing.init, headers, body: outgoing.body, redirect: 'manual', signal: underway.connection.signal };
    return await within(options.fetch(outgoing.url, request), patienceOf(options, underway));
  } catch (error) {
    underway.hangUp();
    await underway.settle(endingWithoutReply(error, underway.signal));
    throw error;
  }
}

function endingWithoutReply(error: unknown, signal: AbortSignal): Ending {
  if (signal.aborted) return stopped;
  if (error instanceof AppError) return { ...failed, errorCode: error.code };
  const { code, wasSent } = judgeConnectionError(error);
  return { outcome: 'failed', errorCode: code, reach: wasSent ? 'sent' : 'unsent' };
}

/** How long the server may stay silent now. */
function patienceOf(options: MeterOptions, { facts, observer }: Underway): number {
  const mayBeQuiet = facts.reasonsInSilence || options.isLocal || (!facts.isStream && facts.endpoint !== 'embeddings');
  return mayBeQuiet && !observer.hasOutput() ? options.limits.quietMs : options.limits.idleMs;
}

async function takeResponse(
  options: MeterOptions,
  underway: Underway,
  response: Response,
  retryPlain?: () => Promise<Response>,
): Promise<Response> {
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) return refuseRedirect(underway);
  if (!response.ok) return takeHttpError(options, underway, response, retryPlain);
  const body = guardBody(response.body, options.limits.maxReplyBytes);
  const patienceMs = (): number => patienceOf(options, underway);
  if (underway.facts.isStream && isEventStream(response)) {
    underway.connection.takeOver();
    const { limits, closing } = options;
    const stream = meteredStream({ ...underway, body, patienceMs, limits, closing, readsOn: () => options.readsOn?.() ?? false });
    return new Response(stream, { status: 200, headers: bodyHeaders(response) });
  }
  return takeWholeReply(underway, response, body, patienceMs());
}

async function refuseRedirect(underway: Underway): Promise<Response> {
  underway.hangUp();
  await underway.settle({ ...rejected, errorCode: 'BASE_URL_INVALID' });
  throw new AppError('BASE_URL_INVALID', 'The server redirects; its address has to be entered as it is.', { data: { reason: 'redirect' } });
}

async function takeHttpError(
  options: MeterOptions,
  underway: Underway,
  response: Response,
  retryPlain?: () => Promise<Response>,
): Promise<Response> {
  const bytes = await guardBody(response.body, maxErrorBodyBytes)
    .readAll(options.limits.idleMs)
    .catch(() => new Uint8Array());
  underway.hangUp();
  const text = new TextDecoder().decode(bytes);
  const payload = objectOf(parseJson(text));
  const errorCode = errorCodeOfStatus(response.status, payload === null ? null : findError(payload));
  const reach = unansweredStatuses.has(response.status) ? 'sent' : 'rejected';
  await underway.settle({ outcome: 'failed', errorCode, reach });
  const isRefusal =
    (response.status === 400 || response.status === 422) && underway.facts.asksForStreamUsage && text.includes('stream_options');
  if (isRefusal && retryPlain !== undefined) return retryPlain();
  // A Response cannot be made with a status outside this range, though a server can send one.
  return new Response(bytes, { status: Math.min(response.status, 599), statusText: response.statusText, headers: bodyHeaders(response) });
}

/** A reply that came whole: the answer to a request that was no stream, or something else in place of a stream. */
async function takeWholeReply(underway: Underway, response: Response, body: GuardedBody, patienceMs: number): Promise<Response> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await body.readAll(patienceMs);
  } catch (error) {
    body.cancel();
    return brokenResponse(response, await settleBroken(underway, error));
  }
  const payload = objectOf(parseJson(new TextDecoder().decode(bytes)));
  const verdict = payload === null ? null : underway.observer.takeReply(payload);
  const error = errorOfWholeReply(underway.facts, payload, verdict?.kind === 'error' ? verdict.error : null);
  await underway.settle(error === null ? { outcome: 'done', errorCode: null, reach: 'sent' } : { ...failed, errorCode: error.code });
  return error === null ? new Response(bytes, { status: 200, headers: bodyHeaders(response) }) : brokenResponse(response, error);
}

function errorOfWholeReply(facts: RequestFacts, payload: JsonObject | null, named: AppError | null): AppError | null {
  if (named !== null) return named;
  if (payload === null || facts.isStream) return new AppError('NOT_A_STREAM', 'The reply is not one of a model server.');
  return null;
}

/** Books a reply that broke off and returns the error its reader gets. */
async function settleBroken(underway: Underway, error: unknown): Promise<unknown> {
  underway.hangUp();
  if (underway.signal.aborted) {
    await underway.settle(stopped);
    return error;
  }
  const shown = error instanceof AppError ? error : new AppError('STREAM_TRUNCATED', 'The connection broke off.', { cause: error });
  await underway.settle({ ...failed, outcome: shown.code === 'REPLY_TOO_LARGE' ? 'failed' : 'interrupted', errorCode: shown.code });
  return shown;
}

function codeOf(error: unknown): Ending['errorCode'] {
  return error instanceof AppError ? error.code : null;
}
