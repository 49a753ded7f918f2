import type { ErrorCode } from '../../src/shared/error-codes.ts';

/** What becomes of a file: refused with this code (and reason), or read, with or without these words. */
export type Outcome = { readonly code: ErrorCode; readonly reason?: string } | { readonly contains: string; readonly lacks?: string };

/** A file made to do harm, or damaged as files are, with what has to become of it. */
export interface HostileFile {
  readonly title: string;
  readonly name: string;
  readonly make: () => Promise<Uint8Array | string> | Uint8Array | string;
  readonly outcome: Outcome;
}
