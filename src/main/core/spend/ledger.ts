import type { UsageRecord } from '../../../shared/contract/usage.ts';
import type { ProviderKind, Purpose } from '../../../shared/contract/usage.ts';
import type { Fetch } from '../ports.ts';

/** Who a billable call is made for. Frozen before the call, so that later edits of the provider do not rewrite it. */
export interface CallAttribution {
  readonly runId: string | null;
  readonly purpose: Purpose;
  readonly conversationId: string | null;
  readonly messageId: string | null;
  readonly documentId: string | null;
  readonly providerId: string;
  readonly providerName: string;
  readonly providerKind: ProviderKind;
  readonly baseUrl: string;
  readonly requestedModel: string;
}

/** One step of a run: the fetch to give to the model's client, and what its attempts came to. */
export interface MeteredCall {
  /** Books one usage record for each HTTP attempt made through it, however the attempt ends, and repeats those that came to nothing. */
  readonly fetch: Fetch;
  /**
   * Resolves once every attempt begun so far is booked; oldest first. Left out are attempts that are booked later, because their
   * provider is still being asked what they cost. Rejects (DISK_FULL and the like) when one could not be stored.
   */
  settled(): Promise<readonly UsageRecord[]>;
  /**
   * Calls the listener when the provider has asked to wait before an attempt is repeated, with the end of the wait
   * (epoch milliseconds), and with null when the wait is over. The latest listener counts.
   */
  onWaiting(listener: (until: number | null) => void): void;
}

/** Books every billable call. */
export interface Ledger {
  meter(attribution: CallAttribution): MeteredCall;
  /** At start: books what a killed process left open, as interrupted. Returns how many. */
  bookInterruptedCalls(): Promise<number>;
  close(): Promise<void>;
}
