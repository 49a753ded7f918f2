import { useQuery } from '@tanstack/react-query';
import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { Conversation } from '../../../shared/contract/conversations.ts';
import type { Provider } from '../../../shared/contract/providers.ts';
import { queries } from '../../rpc/queries.ts';
import { newConversationKey, useChoiceStore } from './choice-store.ts';
import { chooseModel, findProvider, useProviderModels, type ProviderModels } from './use-models.ts';

/** What the next question is asked with. */
export interface ChatChoices {
  readonly conversationKey: string;
  /** All that a question is asked with is known as it is now. Else it would be asked of the wrong model, without documents, or beside the conversation. */
  readonly isReady: boolean;
  readonly model: ModelRef | null;
  readonly provider: Provider | undefined;
  readonly groups: readonly ProviderModels[];
  readonly isLoadingModels: boolean;
  /** Null: there are no documents to search. */
  readonly searchDocuments: boolean | null;
  readonly documentCount: number;
  /** Collections to search; empty when documents are off. */
  readonly collectionIds: string[];
}

/** The model and documents for the next question (`conversation` is null while it loads, and for a new one): what was chosen just now, else what the conversation had, else the settings. */
export function useChatChoices(conversationId: string | null, conversation: Conversation | null): ChatChoices {
  const conversationKey = conversationId ?? newConversationKey;
  const choice = useChoiceStore(({ choices }) => choices[conversationKey]);
  const settings = useQuery(queries.settings());
  const collections = useQuery(queries.collections());
  const { groups, isLoading } = useProviderModels();
  const filled = collections.data?.collections.filter(({ documentCount }) => documentCount > 0) ?? [];
  const isWished = choice?.searchDocuments ?? (conversationId === null || (conversation?.collectionIds.length ?? 0) > 0);
  const searchDocuments = filled.length === 0 ? null : isWished;
  const model = chooseModel(groups, [choice?.model, conversation?.model, settings.data?.defaultModel]);
  const isSettled = !settings.isFetching && !collections.isFetching && (conversationId === null || conversation !== null);
  return {
    conversationKey,
    isReady: isSettled && (model !== null || !isLoading),
    model,
    provider: findProvider(groups, model),
    groups,
    isLoadingModels: isLoading,
    searchDocuments,
    documentCount: filled.reduce((sum, { documentCount }) => sum + documentCount, 0),
    collectionIds: searchDocuments === true ? filled.map(({ id }) => id) : [],
  };
}
