import { createHash } from 'node:crypto';
import type { Purpose, UsageRecord } from '../../../shared/contract/usage.ts';
import { inTransaction } from '../db/database.ts';
import { askAfterwards, usualLookUpPausesMs } from './ask-afterwards.ts';
import { createAskProvider } from './ask-provider.ts';
import { noGuard } from './budgets/guard-calls.ts';
import type { CallBook } from './call-book.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import type { CallAttribution, MeteredCall } from './ledger.ts';
import { createMeteredFetch, type Attempt, type MeterOptions } from './metered-fetch.ts';
import type { OpenCall } from './open-call.ts';
import type { RequestFacts } from './read-request.ts';
import { defaultReplyLimits } from './reply-limits.ts';
import { createRetryingFetch } from './retrying-fetch.ts';

/** What a ledger's calls have in common. */
export interface LedgerContext {
  readonly deps: LedgerDeps;
  readonly callBook: CallBook;
  readonly quirksOf: (baseUrl: string) => MeterOptions['quirks'];
  /** Aborts when the ledger closes. */
  readonly closing: AbortSignal;
  /** Bookings that have begun; the ledger waits for them when it closes. */
  readonly underway: Set<Promise<UsageRecord>>;
}

const usualRetryPauseMs = 500;
/** Attempts after the first: one for what a person is waiting for or can do without, more for the steps towards it. */
const maxRetries: Readonly<Record<Purpose, number>> = {
  answer: 1,
  title: 1,
  summary: 1,
  condense: 2,
  multi_query: 2,
  query_embedding: 2,
  rerank: 2,
  index_embedding: 2,
};

/** One step of a run: a fetch that repeats, meters and books its attempts. */
export function meterCall(context: LedgerContext, attribution: CallAttribution): MeteredCall {
  const { deps, closing } = context;
  const bookings: Promise<UsageRecord | null>[] = [];
  const attemptsByBody = new Map<string, number>();
  let onWaiting = (_until: number | null): void => undefined;

  const attempt = createMeteredFetch({
    fetch: deps.fetch(attribution),
    requestedModel: attribution.requestedModel,
    isLocal: attribution.providerKind === 'local',
    limits: { ...defaultReplyLimits, ...deps.limits },
    now: deps.now,
    closing,
    quirks: context.quirksOf(attribution.baseUrl),
    async begin(facts, callBody, signal, headers) {
      const counted = await countInput(deps, facts);
      signal.throwIfAborted();
      const call: OpenCall = {
        id: deps.newId(),
        attempt: nextAttempt(attemptsByBody, callBody),
        attribution,
        endpoint: facts.endpoint,
        reasonsInSilence: facts.reasonsInSilence,
        ...counted,
        startedAt: deps.now(),
        timeZone: deps.timeZone(),
      };
      const maxOutputTokens = admit(context, call, facts);
      const { booking, ...begun } = openAttempt(context, call, facts, headers);
      bookings.push(booking);
      return { ...begun, maxOutputTokens };
    },
    // A model on this computer would only be kept busy.
    readsOn: () => attribution.providerKind === 'remote' && (deps.finishStopped?.() ?? false),
  });

  return {
    fetch: createRetryingFetch({
      fetch: attempt,
      maxRetries: maxRetries[attribution.purpose],
      pauseMs: deps.retryPauseMs ?? usualRetryPauseMs,
      now: deps.now,
      closing,
      onWaiting: (until) => onWaiting(until),
    }),
    settled: async () => (await Promise.all(bookings)).filter((record) => record !== null),
    onWaiting(listener) {
      onWaiting = listener;
    },
  };
}

/** Notes a call down if the budgets allow it, both in one transaction. Returns the most its answer may have in tokens; null: no limit. */
function admit({ deps, callBook }: LedgerContext, call: OpenCall, facts: RequestFacts): number | null {
  return inTransaction(deps.db, () => {
    const { reservedNanos, maxOutputTokens } = (deps.guard ?? noGuard).admit(call, facts);
    callBook.note(reservedNanos === 0 ? call : { ...call, reservedNanos });
    return maxOutputTokens;
  });
}

/** No count instead of a failure: a count is not worth losing a call for. */
async function countInput(
  deps: LedgerDeps,
  facts: RequestFacts,
): Promise<Pick<OpenCall, 'localInputTokens' | 'hasUncounted' | 'hasPictures'>> {
  const { endpoint, model, body } = facts;
  try {
    const { tokens, ...known } = await deps.tokenCounter.countRequest({ endpoint, model, body });
    return { localInputTokens: tokens, ...known };
  } catch {
    deps.log.warn('usage.input_not_counted', { endpoint });
    return { localInputTokens: null, hasUncounted: true };
  }
}

/**
 * An attempt that has been noted down. `booking` is what the caller waits for: the record, or null as soon as it is clear that
 * the record will come later, because the answer is read on or its provider still asked.
 */
function openAttempt(
  { deps, callBook, closing, underway }: LedgerContext,
  call: OpenCall,
  facts: RequestFacts,
  headers: RequestInit['headers'],
): Attempt & { readonly booking: Promise<UsageRecord | null> } {
  const booked = Promise.withResolvers<UsageRecord>();
  const awaited = Promise.withResolvers<UsageRecord | null>();
  booked.promise.then(awaited.resolve, awaited.reject);
  // Whoever needs the outcome asks for it with `settled`.
  awaited.promise.catch(() => undefined);
  underway.add(booked.promise);
  booked.promise.finally(() => underway.delete(booked.promise)).catch(() => undefined);
  const ask = createAskProvider(deps.fetch(call.attribution), headers, closing);
  return {
    booking: awaited.promise,
    startedAt: call.startedAt,
    defer: () => awaited.resolve(null),
    settle(seen) {
      const learn = askAfterwards(call, seen, {
        ask,
        body: facts.body,
        mayCountInput: deps.countInputByProvider?.() ?? false,
        lookUpPausesMs: deps.lookUpPausesMs ?? usualLookUpPausesMs,
        signal: closing,
      });
      if (learn !== null) awaited.resolve(null);
      const booking = learn === null ? callBook.book(call, seen) : learn().then((learned) => callBook.book(call, learned));
      booking.then(booked.resolve, booked.reject);
      return awaited.promise;
    },
  };
}

/** A repeated body is another attempt at the same call; another body is a call of its own. */
function nextAttempt(attemptsByBody: Map<string, number>, body: string): number {
  const key = createHash('sha256').update(body).digest('base64');
  const attempt = (attemptsByBody.get(key) ?? 0) + 1;
  attemptsByBody.set(key, attempt);
  return attempt;
}
