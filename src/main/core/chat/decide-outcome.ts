import type { Failure, MessageStatus } from '../../../shared/contract/chat.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';

/** How a run went, before it is judged. */
export interface RunEnding {
  readonly stoppedByUser: boolean;
  /** What broke it, already in the words of the contract; null when nothing was thrown. */
  readonly failure: Failure | null;
  readonly text: string;
  /** The model stopped at the limit of tokens for its answer. */
  readonly isCut: boolean;
  /** That limit, where one was set. */
  readonly limitTokens: number | null;
  /** The attempts made for the answer, oldest first. */
  readonly answerCalls: readonly UsageRecord[];
}

/** What is stored with the message. */
export interface Verdict {
  readonly status: Exclude<MessageStatus, 'streaming'>;
  readonly failure: Failure | null;
}

/**
 * Judges a finished run. A stop by the user wins over the errors it causes. A reply that broke off after some text is
 * `interrupted`, not a failure, and so are one cut at its limit of tokens and one that ended without a finish reason: client
 * libraries take both for a success.
 */
export function decideOutcome(ending: RunEnding): Verdict {
  if (ending.stoppedByUser) return { status: 'stopped', failure: null };
  if (ending.failure !== null) return { status: ending.text === '' ? 'failed' : 'interrupted', failure: ending.failure };
  const last = ending.answerCalls.at(-1);
  if (last?.outcome === 'interrupted') {
    const failure = { code: last.errorCode ?? 'STREAM_TRUNCATED' };
    return { status: ending.text === '' ? 'failed' : 'interrupted', failure };
  }
  if (ending.isCut) {
    const data = ending.limitTokens === null ? {} : { data: { limitTokens: ending.limitTokens } };
    return { status: ending.text.trim() === '' ? 'failed' : 'interrupted', failure: { code: 'OUTPUT_LIMIT', ...data } };
  }
  if (ending.text.trim() === '') return { status: 'failed', failure: { code: 'EMPTY_REPLY' } };
  return { status: 'done', failure: null };
}
