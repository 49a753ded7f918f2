import type { Failure } from '../../../shared/contract/chat.ts';
import { errorCodes, type ErrorCode } from '../../../shared/error-codes.ts';
import { errorSentences } from '../../../shared/error-sentences.ts';

const knownCodes: ReadonlySet<string> = new Set(errorCodes);

function isErrorCode(code: string): code is ErrorCode {
  return knownCodes.has(code);
}

/** A failure as one line for the terminal: what happened, what to do, and the provider's own words where there are some. */
export function sentenceOf(failure: Failure): string {
  const { title, help } = errorSentences[isErrorCode(failure.code) ? failure.code : 'INTERNAL'];
  const detail = failure.data?.['detail'];
  return [title, help, ...(typeof detail === 'string' && detail !== '' ? [`The provider says: “${detail}”`] : [])].join(' ');
}
