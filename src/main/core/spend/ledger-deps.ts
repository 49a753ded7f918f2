import type { Fetch } from '../ports.ts';
import type { CallGuard } from './budgets/guard-calls.ts';
import type { BookingDeps } from './call-book.ts';
import type { CallAttribution } from './ledger.ts';
import type { ReplyLimits } from './reply-limits.ts';

/** What a ledger works with. */
export interface LedgerDeps extends BookingDeps {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
  /** IANA name of the user's time zone. */
  readonly timeZone: () => string;
  /** What the calls go out through; the attribution tells a provider that answers in-process from the others. */
  readonly fetch: (attribution: CallAttribution) => Fetch;
  /** Refuses calls that do not fit into a budget. Default: it refuses none. */
  readonly guard?: CallGuard;
  readonly limits?: Partial<ReplyLimits>;
  /** The first wait before an attempt is repeated, when the provider asks for none. */
  readonly retryPauseMs?: number;
  /** Waits before each attempt to look up what a provider booked. */
  readonly lookUpPausesMs?: readonly number[];
  /** Whether stopped answers are read to their end, unseen, for their exact cost. Default: they are not. */
  readonly finishStopped?: () => boolean;
  /** Whether OpenAI may be sent a prompt once more to count it. Default: it may not. */
  readonly countInputByProvider?: () => boolean;
}
