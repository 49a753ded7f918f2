import type { UsageRecord } from '../../../shared/contract/usage.ts';
import { createCallBook } from './call-book.ts';
import { createEndpointQuirkStore } from './endpoint-quirk-store.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import type { Ledger } from './ledger.ts';
import { meterCall } from './meter-call.ts';
import type { MeterOptions } from './metered-fetch.ts';

/**
 * The ledger. Before an attempt leaves, it is noted down in the journal; the note goes in the same transaction that
 * stores its record, so a killed process loses no call and books none twice. A record that cannot be stored
 * (AppError DISK_FULL and the like) keeps its note for the next start, is logged, and rejects `settled()`.
 */
export function createLedger(deps: LedgerDeps): Ledger {
  const callBook = createCallBook(deps);
  const quirks = createEndpointQuirkStore(deps.db);
  const closing = new AbortController();
  const underway = new Set<Promise<UsageRecord>>();

  function quirksOf(baseUrl: string): MeterOptions['quirks'] {
    return {
      refusesStreamOptions: () => quirks.refusesStreamOptions(baseUrl, deps.now()),
      noteRefusal() {
        try {
          quirks.noteRefusal(baseUrl, deps.now());
        } catch {
          // Not worth losing an answer for: the next call finds out again.
          deps.log.warn('usage.quirk_not_stored');
        }
      },
    };
  }

  return {
    meter: (attribution) => meterCall({ deps, callBook, quirksOf, closing: closing.signal, underway }, attribution),
    bookInterruptedCalls: () => callBook.bookInterrupted(),
    async close() {
      closing.abort();
      await Promise.allSettled(underway);
    },
  };
}
