import { errorSentences } from '../../../shared/error-sentences.ts';
import { AppError } from '../../../shared/rpc/errors.ts';

/** What a person reads when Tally cannot start: what happened, what to do, and which file or port. Never a stack trace. */
export function startFailureSentence(thrown: unknown): string {
  if (!(thrown instanceof AppError)) return `${errorSentences.INTERNAL.title} The file logs/tally.log in its data folder says where.`;
  const { title, help } = errorSentences[thrown.code];
  const subject = thrown.data?.['file'] ?? thrown.data?.['port'];
  return subject === undefined ? `${title} ${help}` : `${title} ${help} (${subject})`;
}
