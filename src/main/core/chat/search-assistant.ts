import type { BaseMessage } from '@langchain/core/messages';
import type { ModelRef } from '../../../shared/contract/chat.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { MeteredChatModel, ProviderClients, StepAttribution } from '../providers/provider-clients.ts';
import type { SearchAssistant } from '../retrieval/retrieve.ts';
import { furtherQueriesMessages, readFurtherQueries, readRanking, rerankMessages } from './search-prompts.ts';

/** Which of its steps the person wants; each is a call that costs. */
export interface SearchOptions {
  readonly furtherQueries: boolean;
  readonly rerank: boolean;
}

export interface SearchAssistantRequest {
  /** The model of the answer; its provider's small one is asked. */
  readonly model: ModelRef;
  readonly attribution: Omit<StepAttribution, 'purpose'>;
  readonly signal: AbortSignal;
  readonly onWaiting: (retryAt: number | null) => void;
}

/** An assistant of one run. */
export interface RunAssistant extends SearchAssistant {
  /** Once every call of it is booked. */
  settled(): Promise<void>;
}

/** Lets the small model help with a search. What it throws says why it could not; a reply without an order is EMPTY_REPLY. */
export function createSearchAssistant(
  clients: Pick<ProviderClients, 'chatModel' | 'smallModelOf'>,
  { model, attribution, signal, onWaiting }: SearchAssistantRequest,
  options: SearchOptions,
): RunAssistant {
  const opened: MeteredChatModel[] = [];

  async function ask(purpose: 'multi_query' | 'rerank', messages: BaseMessage[]): Promise<string> {
    const client = await clients.chatModel(clients.smallModelOf(model), { ...attribution, purpose });
    client.call.onWaiting(onWaiting);
    opened.push(client);
    return (await client.model.invoke(messages, { signal })).text;
  }

  async function furtherQueries(query: string): Promise<readonly string[]> {
    return readFurtherQueries(await ask('multi_query', furtherQueriesMessages(query)), query);
  }

  async function rerank(query: string, passages: readonly string[]): Promise<readonly number[]> {
    const order = readRanking(await ask('rerank', rerankMessages(query, passages)), passages.length);
    if (order.length === 0) throw new AppError('EMPTY_REPLY', 'The reply names no passage.');
    return order;
  }

  return {
    furtherQueries: options.furtherQueries ? furtherQueries : null,
    rerank: options.rerank ? rerank : null,
    async settled() {
      for (const { call } of opened) await call.settled();
    },
  };
}
