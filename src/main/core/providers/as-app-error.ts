import type { Failure } from '../../../shared/contract/chat.ts';
import { errorCodes, type ErrorCode } from '../../../shared/error-codes.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { failureOf, type FailureContext } from './describe-failure.ts';

/** Anything thrown on the way to a provider as the one error that may cross the wire. An AppError stays itself. */
export function asAppError(error: unknown, context: FailureContext): AppError {
  if (error instanceof AppError && context.signal?.aborted !== true) return error;
  return toAppError(failureOf(error, context), error);
}

/** A failure as an error to throw. */
export function toAppError(failure: Failure, cause?: unknown): AppError {
  const code: ErrorCode = errorCodes.find((each) => each === failure.code) ?? 'INTERNAL';
  return new AppError(code, code, { ...(failure.data === undefined ? {} : { data: failure.data }), cause });
}
