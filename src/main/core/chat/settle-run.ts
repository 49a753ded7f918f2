import type { Failure } from '../../../shared/contract/chat.ts';
import type { RequestPart } from '../../../shared/contract/request-part.ts';
import type { ConversationStore } from '../conversations/conversation-store.ts';
import type { MessageStore } from '../conversations/message-store.ts';
import type { MessageReader } from '../conversations/read-messages.ts';
import type { RequestPartStore } from '../conversations/request-part-store.ts';
import { inTransaction, toStorageError, type Db } from '../db/database.ts';
import type { AppEvents } from '../events.ts';
import type { Logger } from '../ports.ts';
import { failureOf } from '../providers/describe-failure.ts';
import type { Verdict } from './decide-outcome.ts';
import type { LiveRun } from './live-run.ts';

export interface SettleRunDeps {
  readonly db: Db;
  readonly conversations: ConversationStore;
  readonly messages: MessageStore;
  readonly reader: MessageReader;
  readonly requestParts: Pick<RequestPartStore, 'save'>;
  readonly events: AppEvents;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Which answer is settled. */
interface SettledRequest {
  readonly runId: string;
  readonly conversationId: string;
  readonly answerId: string;
}

/** How a run ended. */
interface RunEnd {
  readonly verdict: Verdict;
  /** What the search could not do; null when it did all. */
  readonly notice: Failure | null;
  /** What the request for the answer was made of. */
  readonly parts: readonly RequestPart[];
}

/**
 * Stores the end of a run in one transaction, and returns what it came to. A database that refuses it must not leave the page waiting:
 * the run ends all the same.
 */
export function settleRun(deps: SettleRunDeps, request: SettledRequest, run: LiveRun, { verdict, notice, parts }: RunEnd): Verdict {
  const { answerId, conversationId } = request;
  const { text, reasoning, reasoningMs } = run.state();
  const finishedAt = deps.now();
  try {
    inTransaction(deps.db, () => {
      const { status, failure } = verdict;
      deps.messages.settle(answerId, { text, reasoning, reasoningMs, status, failure, notice, finishedAt });
      if (parts.length > 0) deps.requestParts.save(answerId, parts);
      // Not the leaf: whoever went to another branch meanwhile stays there.
      deps.conversations.touch(conversationId, { updatedAt: finishedAt });
    });
  } catch (error) {
    return settleUnstored(deps, request, run, error);
  }
  finishWithStored(deps, request, run);
  return verdict;
}

function finishWithStored(deps: SettleRunDeps, request: SettledRequest, run: LiveRun): void {
  const [message] = deps.reader.read([request.answerId]);
  if (message !== undefined) run.finish(message);
  const { conversationId } = request;
  deps.events.emit({ type: 'conversation.changed', conversationId });
  deps.events.emit({ type: 'answer.ended', conversationId, title: deps.conversations.get(conversationId)?.title ?? '' });
}

/** The answer could not be written (a full disk): the page keeps what it has seen and is told why. */
function settleUnstored(deps: SettleRunDeps, request: SettledRequest, run: LiveRun, error: unknown): Verdict {
  const failure = failureOf(toStorageError(error, ''), {});
  deps.log.error('run.unstored', { runId: request.runId, code: failure.code });
  const [message] = deps.reader.read([request.answerId]);
  const { text, reasoning, reasoningMs, sources } = run.state();
  if (message !== undefined) run.finish({ ...message, text, reasoning, reasoningMs, sources: [...sources], status: 'failed', failure });
  return { status: 'failed', failure };
}
