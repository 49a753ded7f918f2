import type { AppContract } from '../../../shared/contract/index.ts';
import type { HandlersFor } from '../../../shared/rpc/define.ts';
import type { MessageStore } from '../conversations/message-store.ts';
import type { Retriever } from '../retrieval/retrieve.ts';

/** The handler of `chat.trace`: the trace as it was stored, and how the passages in it begin as they stand now. */
export function createTraceReader(deps: {
  readonly messages: Pick<MessageStore, 'traceOf'>;
  readonly retriever: Pick<Retriever, 'openings'>;
}): HandlersFor<AppContract>['chat.trace'] {
  return ({ messageId }) => {
    const trace = deps.messages.traceOf(messageId);
    return { trace, openings: trace === null ? {} : deps.retriever.openings(trace.passages.map(({ passageId }) => passageId)) };
  };
}
