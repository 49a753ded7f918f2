import type { Failure } from '../../../shared/contract/chat.ts';
import { errorCodes, type ErrorCode } from '../../../shared/error-codes.ts';
import { errorSentences } from '../../../shared/error-sentences.ts';
import { fileReasons } from '../../../shared/file-reasons.ts';

const knownCodes: ReadonlySet<string> = new Set(errorCodes);

function isErrorCode(code: string): code is ErrorCode {
  return knownCodes.has(code);
}

function isFileReason(reason: string): reason is keyof typeof fileReasons {
  return Object.hasOwn(fileReasons, reason);
}

/** A failure as one line for the terminal: what happened, what to do, and the provider's own words where there are some. */
export function sentenceOf(failure: Failure): string {
  const { title, help } = errorSentences[isErrorCode(failure.code) ? failure.code : 'INTERNAL'];
  const { reason, detail } = failure.data ?? {};
  const advice = typeof reason === 'string' && isFileReason(reason) ? fileReasons[reason] : help;
  return [title, advice, ...(typeof detail === 'string' && detail !== '' ? [`The provider says: “${detail}”`] : [])].join(' ');
}
