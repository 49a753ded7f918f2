import type { UsageRecord } from '../../../shared/contract/usage.ts';
import { inTransaction, toStorageError, type Db } from '../db/database.ts';
import type { AppEvents } from '../events.ts';
import type { Logger } from '../ports.ts';
import { calibrationSamplesOf } from './call-counts.ts';
import { createCalibration } from './calibration.ts';
import { observeInterruptedCall } from './interrupted-call.ts';
import type { Observation } from './observe-reply.ts';
import { createOpenCallStore } from './open-call-store.ts';
import type { OpenCall } from './open-call.ts';
import type { PriceBook } from './prices/price-book.ts';
import { settleUsage, toContractRecord } from './settle-usage.ts';
import type { TokenCounter } from './tokens/token-counter.ts';
import type { UsageStore } from './usage-store.ts';

export interface BookingDeps {
  readonly db: Db;
  readonly usageStore: UsageStore;
  readonly priceBook: PriceBook;
  readonly tokenCounter: TokenCounter;
  readonly events: AppEvents;
  readonly log: Logger;
}

/** Notes calls down before they leave, and turns the notes into records when it is known what became of them. */
export interface CallBook {
  /** Throws AppError DISK_FULL and the like: a call that could be lost is not made. */
  note(call: OpenCall): void;
  /** Stores the record in place of the note. Rejects, and keeps the note, when that cannot be done. */
  book(call: OpenCall, seen: Observation): Promise<UsageRecord>;
  /** Books the calls that another process has left. Returns how many. */
  bookInterrupted(): Promise<number>;
}

/** Keeps the book in the database. What each call teaches about its provider's counts is learned in the same transaction. */
export function createCallBook(deps: BookingDeps): CallBook {
  const openCalls = createOpenCallStore(deps.db);
  const calibration = createCalibration(deps.db);

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
    note(call: OpenCall): void {
      try {
        openCalls.insert(call);
      } catch (error) {
        throw toStorageError(error, '');
      }
    },
    book,
    async bookInterrupted() {
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
  };
}
