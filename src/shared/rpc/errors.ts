import { errorCodes, type ErrorCode } from '../error-codes.ts';
import type { WireError } from './protocol.ts';

/** What fills the blanks of an error's sentence: plain values, never user text or keys. */
export type ErrorData = Readonly<Record<string, string | number | boolean | null>>;

/**
 * The one error type that crosses the wire. `code` chooses the sentence a person reads;
 * `message` is for logs and developers and must hold no key, prompt or document text.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly data: ErrorData | undefined;

  constructor(code: ErrorCode, message: string = code, options: { data?: ErrorData; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.data = options.data;
  }
}

const knownCodes: ReadonlySet<string> = new Set(errorCodes);

function isErrorCode(code: string): code is ErrorCode {
  return knownCodes.has(code);
}

/** What crosses the wire for a thrown value: an AppError as it is, anything else as INTERNAL with a fixed text. */
export function toWireError(thrown: unknown): WireError {
  if (!(thrown instanceof AppError)) return { code: 'INTERNAL', message: 'Something went wrong inside Tally.' };
  const { code, message, data } = thrown;
  return data === undefined ? { code, message } : { code, message, data };
}

/** The reverse, on the page. A code this build does not know becomes INTERNAL. */
export function fromWireError(error: WireError): AppError {
  const code = isErrorCode(error.code) ? error.code : 'INTERNAL';
  return new AppError(code, error.message, error.data === undefined ? {} : { data: error.data });
}
