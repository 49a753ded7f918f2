import { createHash } from 'node:crypto';
import type { Purpose, UsageRecord } from '../../../shared/contract/usage.ts';
import { inTransaction, toStorageError, type Db } from '../db/database.ts';
import type { AppEvents } from '../events.ts';
import type { Fetch, Logger } from '../ports.ts';
import { askAfterwards, usualLookUpPausesMs } from './ask-afterwards.ts';
import { createAskProvider } from './ask-provider.ts';
import { calibrationSamplesOf } from './call-counts.ts';
import { createCalibration } from './calibration.ts';
import { createEndpointQuirkStore } from './endpoint-quirk-store.ts';
import { observeInterruptedCall } from './interrupted-call.ts';
import type { CallAttribution, Ledger } from './ledger.ts';
import { createMeteredFetch, type Attempt, type MeterOptions } from './metered-fetch.ts';
import type { Observation } from './observe-reply.ts';
import { createOpenCallStore } from './open-call-store.ts';
import type { OpenCall } from './open-call.ts';
import type { PriceBook } from './prices/price-book.ts';
import type { RequestFacts } from './read-request.ts';
import { defaultReplyLimits, type ReplyLimits } from './reply-limits.ts';
import { createRetryingFetch } from './retrying-fetch.ts';
import { settleUsage, toContractRecord } from './settle-usage.ts';
import type { TokenCounter } from './tokens/token-counter.ts';
import type { UsageStore } from './usage-store.ts';

export interface LedgerDeps {
  readonly db: Db;
  readonly usageStore: UsageStore;
  readonly priceBook: PriceBook;
  readonly tokenCounter: TokenCounter;
  readonly events: AppEvents;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
  /** IANA name of the user's time zone. */
  readonly timeZone: () => string;
  readonly log: Logger;
  /** What the calls go out through; the attribution tells a provider that answers in-process from the others. */
  readonly fetch: (attribution: CallAttribution) => Fetch;
  readonly limits?: Partial<ReplyLimits>;
  /** The first wait before an attempt is repeated, when the provider asks for none. */
  readonly retryPauseMs?: number;
  readonly lookUpPausesMs?: readonly number[];
  /** Whether stopped answers are read to their end, unseen, for their exact cost. Default: they are not. */
  readonly finishStopped?: () => boolean;
  /** Whether OpenAI may be sent a prompt once more to count it. Default: it may not. */
  readonly countInputByProvider?: () => boolean;
}

const usualRetryPauseMs = 500;
/** Attempts after the first: one for what a person is waiting for or can do without, more for the steps towards it. */
const maxRetries: Readonly<Record<Purpose, number>> = { answer: 1, title: 1, condense: 2, query_embedding: 2, index_embedding: 2 };

/**
 * The ledger. Before an attempt leaves, it is noted down in the journal; the note goes in the same transaction that
 * stores its record, so a killed process loses no call and books none twice. A record that cannot be stored
 * (AppError DISK_FULL and the like) keeps its note for the next start, is logged, and rejects `settled()`.
 */
export function createLedger(deps: LedgerDeps): Ledger {
  const openCalls = createOpenCallStore(deps.db);
  const limits = { ...defaultReplyLimits, ...deps.limits };
  const closing = new AbortController();
  const underway = new Set<Promise<unknown>>();
  const quirkStore = createEndpointQuirkStore(deps.db);
  const calibration = createCalibration(deps.db);

  function quirksOf(baseUrl: string): MeterOptions['quirks'] {
    return {
      refusesStreamOptions: () => quirkStore.refusesStreamOptions(baseUrl, deps.now()),
      noteRefusal() {
        try {
          quirkStore.noteRefusal(baseUrl, deps.now());
        } catch {
          // Not worth losing an answer for: the next call finds out again.
          deps.log.warn('usage.quirk_not_stored');
        }
      },
    };
  }

  /** No count instead of a failure: a count is not worth losing a call for. */
  async function countInput({ endpoint, model, body }: RequestFacts): Promise<Pick<OpenCall, 'localInputTokens' | 'hasUncounted'>> {
    try {
      const { tokens, hasUncounted } = await deps.tokenCounter.countRequest({ endpoint, model, body });
      return { localInputTokens: tokens, hasUncounted };
    } catch {
      deps.log.warn('usage.input_not_counted', { endpoint });
      return { localInputTokens: null, hasUncounted: true };
    }
  }

  /** Throws AppError DISK_FULL and the like: a call that could be lost is not made. */
  function note(call: OpenCall): void {
    try {
      openCalls.insert(call);
    } catch (error) {
      throw toStorageError(error, '');
    }
  }

  /** Everything about one call's record happens here, and nothing of it twice. */
  async function book(call: OpenCall, seen: Observation): Promise<UsageRecord> {
    const record = await settleUsage(call, seen, { ...deps, calibration });
    const samples = await calibrationSamplesOf(call, seen, deps.tokenCounter);
    try {
      inTransaction(deps.db, () => {
        deps.usageStore.insert(record);
        calibration.learn(record.baseUrl, record.requestedModel, samples);
        openCalls.remove(record.id);
      });
    } catch (error) {
      const shown = toStorageError(error, '');
      deps.log.error('usage.not_stored', { id: call.id, code: error instanceof Error && 'code' in error ? String(error.code) : null });
      throw shown;
    }
    deps.events.emit({ type: 'usage.recorded', conversationId: record.conversationId });
    return toContractRecord(record);
  }

  return {
    meter(attribution) {
      const bookings: Promise<UsageRecord | null>[] = [];
      const attemptsByBody = new Map<string, number>();
      let onWaiting = (_until: number | null): void => undefined;

      async function begin(facts: RequestFacts, callBody: string, signal: AbortSignal, headers: RequestInit['headers']): Promise<Attempt> {
        const counted = await countInput(facts);
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
        note(call);
        const ask = createAskProvider(send, headers, closing.signal);
        const booked = Promise.withResolvers<UsageRecord>();
        const awaited = Promise.withResolvers<UsageRecord | null>();
        booked.promise.then(awaited.resolve, awaited.reject);
        // Whoever needs the outcome asks for it with `settled`.
        awaited.promise.catch(() => undefined);
        bookings.push(awaited.promise);
        underway.add(booked.promise);
        booked.promise.finally(() => underway.delete(booked.promise)).catch(() => undefined);
        return {
          startedAt: call.startedAt,
          defer: () => awaited.resolve(null),
          settle(seen) {
            const learn = askAfterwards(call, seen, {
              ask,
              body: facts.body,
              mayCountInput: deps.countInputByProvider?.() ?? false,
              lookUpPausesMs: deps.lookUpPausesMs ?? usualLookUpPausesMs,
              signal: closing.signal,
            });
            if (learn !== null) awaited.resolve(null);
            const booking = learn === null ? book(call, seen) : learn().then((learned) => book(call, learned));
            booking.then(booked.resolve, booked.reject);
            return awaited.promise;
          },
        };
      }

      const send = deps.fetch(attribution);
      const attempt = createMeteredFetch({
        fetch: send,
        requestedModel: attribution.requestedModel,
        isLocal: attribution.providerKind === 'local',
        limits,
        now: deps.now,
        closing: closing.signal,
        quirks: quirksOf(attribution.baseUrl),
        begin,
        // A model on this computer would only be kept busy.
        readsOn: () => attribution.providerKind === 'remote' && (deps.finishStopped?.() ?? false),
      });
      const fetch = createRetryingFetch({
        fetch: attempt,
        maxRetries: maxRetries[attribution.purpose],
        pauseMs: deps.retryPauseMs ?? usualRetryPauseMs,
        now: deps.now,
        closing: closing.signal,
        onWaiting: (until) => onWaiting(until),
      });
      return {
        fetch,
        settled: async () => (await Promise.all(bookings)).filter((record) => record !== null),
        onWaiting(listener) {
          onWaiting = listener;
        },
      };
    },

    async bookInterruptedCalls() {
      let bookedCount = 0;
      for (const call of openCalls.list()) {
        const savedText = call.attribution.messageId === null ? null : openCalls.savedText(call.attribution.messageId);
        try {
          await book(call, observeInterruptedCall(call, savedText));
          bookedCount += 1;
        } catch {
          // Logged by `book`. The note stays for the next start: what cannot be booked must not keep Tally from starting.
        }
      }
      return bookedCount;
    },

    async close() {
      closing.abort();
      await Promise.allSettled(underway);
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
