import type { CallAttribution } from './ledger.ts';
import type { Endpoint } from './read-request.ts';

/** An attempt that has been sent: all that is needed to book it, even by the next start. */
export interface OpenCall {
  readonly id: string;
  readonly attempt: number;
  readonly attribution: CallAttribution;
  readonly endpoint: Endpoint;
  readonly reasonsInSilence: boolean;
  /** The request holds files or images without a known size, which are not in `localInputTokens`. */
  readonly hasUncounted: boolean;
  /** Part of `localInputTokens` is the expected count of images. Missing in older notes. */
  readonly hasPictures?: true;
  /** The input as counted here before it was sent; null when that failed. */
  readonly localInputTokens: number | null;
  /** The most it can cost, in nano-USD, where a budget bounds it; held until it is booked. Missing in older notes. */
  readonly reservedNanos?: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** IANA name; the day of the record is counted in it. */
  readonly timeZone: string;
}
