import { AppError } from '../../../shared/rpc/errors.ts';
import type { GuardedBody } from './guarded-body.ts';
import type { Ending, ReplyObserver } from './observe-reply.ts';
import type { ReplyLimits } from './reply-limits.ts';
import { createSseReader, type SseEvent } from './sse-reader.ts';

export interface MeteredStreamOptions {
  readonly body: GuardedBody;
  readonly observer: ReplyObserver;
  /** The caller's: aborted when the answer is stopped. */
  readonly signal: AbortSignal;
  /** Ends the reading on as well. */
  readonly closing: AbortSignal;
  readonly patienceMs: () => number;
  readonly limits: Pick<ReplyLimits, 'maxEventChars' | 'readOnMs' | 'maxReadOnBytes'>;
  /** Asked when the answer is stopped: whether the rest is read, unseen, for its exact cost. */
  readonly readsOn: () => boolean;
  /** Ends the connection to the server. */
  readonly hangUp: () => void;
  /** Books the attempt; later calls wait for the first one. */
  readonly settle: (ending: Ending) => Promise<void>;
  /** Says that the attempt will be booked after its reader has gone. */
  readonly defer: () => void;
}

/** How a stream is over: what is booked, and what its reader is thrown; null for a good end. */
interface End {
  readonly ending: Ending;
  readonly error: unknown;
}

const goodEnd: End = { ending: { outcome: 'done', errorCode: null, reach: 'sent' }, error: null };
/** How long the closing bytes of a finished stream are waited for. */
const drainPatienceMs = 1_000;
const stoppedEnd: End = { ending: { outcome: 'stopped', errorCode: null, reach: 'sent' }, error: null };

/**
 * Passes an event stream on, event by event, while the observer watches, and books the attempt before the reader learns
 * that it is over. Malformed events are left out (the OpenAI client would give up and print them). Ends with an AppError:
 * STREAM_ERROR or a closer code for an error in the stream, STREAM_STALLED, REPLY_TOO_LARGE, and STREAM_TRUNCATED
 * when it ends without saying that it is finished. A stopped stream may be read on, unseen, for its exact cost.
 */
export function meteredStream(options: MeteredStreamOptions): ReadableStream<Uint8Array> {
  const { body, observer, signal } = options;
  const sse = createSseReader(options.limits.maxEventChars);
  const encoder = new TextEncoder();
  let end: End | null = null;
  let isClosed = false;
  let isFinishing = false;
  let reading: Promise<readonly SseEvent[]> = Promise.resolve([]);
  let onAbort = (): void => undefined;

  async function finish(reached: End): Promise<void> {
    signal.removeEventListener('abort', onAbort);
    if (!isFinishing) hangUpAfter(reached);
    isFinishing = true;
    await options.settle(reached.ending);
  }

  function hangUpAfter(reached: End): void {
    if (reached === goodEnd) return void body.drain(drainPatienceMs);
    body.cancel();
    options.hangUp();
  }

  /** Reads up to the next events worth passing on; sets `end` when the stream is over. */
  async function readEvents(): Promise<readonly SseEvent[]> {
    try {
      for (;;) {
        const chunk = await body.read(options.patienceMs());
        const taken = takeEvents(observer, chunk === null ? sse.end() : sse.push(chunk));
        end = taken.end ?? (chunk === null ? endOfBody(observer) : null);
        if (end !== null || taken.passed.length > 0) return taken.passed;
      }
    } catch (error) {
      end = endOfError(observer, signal, error);
      return [];
    }
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    reading = end === null ? readEvents() : Promise.resolve([]);
    const events = await reading;
    // Whoever stopped it meanwhile books it, too.
    if (isClosed) return;
    // Booked before the last event is passed on: client libraries walk away at [DONE].
    if (end !== null) await finish(end);
    if (isClosed) return;
    if (events.length > 0) return controller.enqueue(encoder.encode(events.map(frame).join('')));
    isClosed = true;
    if (end?.error === null) controller.close();
    else controller.error(end?.error);
  }

  /** The reader has gone. Resolves when the attempt is booked, or when it is clear that this will take a while. */
  async function stop(): Promise<void> {
    isClosed = true;
    if (isFinishing || observer.isWhole() || options.closing.aborted || !options.readsOn()) return finish(endOfCancel(observer));
    signal.removeEventListener('abort', onAbort);
    options.defer();
    // A record that cannot be stored is thrown to whoever waits for the booking.
    readOn().catch(() => undefined);
  }

  async function readOn(): Promise<void> {
    const giveUp = (): void => {
      body.cancel();
      options.hangUp();
    };
    const timer = setTimeout(giveUp, options.limits.readOnMs);
    options.closing.addEventListener('abort', giveUp, { once: true });
    body.allowAtMost(options.limits.maxReadOnBytes);
    await reading;
    while (end === null) await readEvents();
    clearTimeout(timer);
    options.closing.removeEventListener('abort', giveUp);
    await finish(stoppedEnd);
  }

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        onAbort = () => {
          if (isClosed) return;
          controller.error(signal.reason);
          stop().catch(() => undefined);
        };
        signal.addEventListener('abort', onAbort, { once: true });
        if (signal.aborted) onAbort();
      },
      pull,
      cancel: stop,
    },
    // Nothing is read ahead, so a time to first token is the server's and not that of a queue.
    { highWaterMark: 0 },
  );
}

function takeEvents(
  observer: ReplyObserver,
  events: readonly SseEvent[],
): { readonly passed: readonly SseEvent[]; readonly end: End | null } {
  const passed: SseEvent[] = [];
  for (const event of events) {
    const verdict = observer.takeEvent(event);
    if (verdict.kind === 'error') return { passed, end: failedEnd(verdict.error) };
    if (verdict.kind !== 'malformed') passed.push(event);
    if (verdict.kind === 'terminal') return { passed, end: goodEnd };
  }
  return { passed, end: null };
}

function failedEnd(error: AppError): End {
  return { ending: { outcome: 'failed', errorCode: error.code, reach: 'sent' }, error };
}

function endOfBody(observer: ReplyObserver): End {
  return observer.isFinished() ? goodEnd : truncatedEnd(undefined);
}

function truncatedEnd(cause: unknown): End {
  const error = new AppError('STREAM_TRUNCATED', 'The stream ended before it was finished.', { cause });
  return { ending: { outcome: 'interrupted', errorCode: error.code, reach: 'sent' }, error };
}

/** A connection that breaks or falls silent after the finish reason has taken nothing away. */
function endOfError(observer: ReplyObserver, signal: AbortSignal, error: unknown): End {
  if (signal.aborted) return { ...endOfCancel(observer), error };
  const isTooLarge = error instanceof AppError && error.code === 'REPLY_TOO_LARGE';
  if (observer.isFinished() && !isTooLarge) return goodEnd;
  if (!(error instanceof AppError)) return truncatedEnd(error);
  return { ending: { outcome: isTooLarge ? 'failed' : 'interrupted', errorCode: error.code, reach: 'sent' }, error };
}

/** The OpenAI client cancels the body once it has all it wants, which is no stop. */
function endOfCancel(observer: ReplyObserver): End {
  return observer.isWhole() ? goodEnd : stoppedEnd;
}

function frame(event: SseEvent): string {
  const name = event.event === undefined ? '' : `event: ${event.event}\n`;
  return `${name}data: ${event.data.replaceAll('\n', '\ndata: ')}\n\n`;
}
