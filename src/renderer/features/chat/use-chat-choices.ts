import { useQuery } from '@tanstack/react-query';
import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { Conversation } from '../../../shared/contract/conversations.ts';
import type { Collection } from '../../../shared/contract/documents.ts';
import type { ModelParameters } from '../../../shared/contract/parameters.ts';
import type { Provider } from '../../../shared/contract/providers.ts';
import { useCollections } from '../../components/use-collections.ts';
import { queries } from '../../rpc/queries.ts';
import { abilitiesOf, type ModelAbilities } from '../../../shared/model-abilities.ts';
import { usualParameters } from '../../../shared/usual-parameters.ts';
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
  /** In the chosen collections; in all when none is chosen. */
  readonly documentCount: number;
  /** Those that have documents, and may be chosen. */
  readonly collections: readonly Collection[];
  /** Collections to search; empty when documents are off. */
  readonly collectionIds: string[];
  /** The assistant the conversation was or will be begun with. */
  readonly assistantId: string | null;
  readonly parameters: ModelParameters;
  /** Instructions before the whole conversation; empty: none. */
  readonly systemPrompt: string;
  /** A second model for the next question, beside the first. */
  readonly compareWith: ModelRef | null;
  /** What the model takes; null without one. */
  readonly abilities: ModelAbilities | null;
}

/** The model and documents for the next question (`conversation` is null while it loads, and for a new one): what was chosen just now, else what the conversation had, else the settings. */
export function useChatChoices(conversationId: string | null, conversation: Conversation | null): ChatChoices {
  const conversationKey = conversationId ?? newConversationKey;
  const choice = useChoiceStore(({ choices }) => choices[conversationKey]);
  const settings = useQuery(queries.settings());
  const collections = useQuery(queries.collections());
  const { groups, isLoading } = useProviderModels();
  const filled = useCollections().filter(({ documentCount }) => documentCount > 0);
  // What a question in the terminal brought along is searched only when it is chosen.
  const usual =
    conversationId === null ? filled.filter(({ origin }) => origin === 'app').map(({ id }) => id) : (conversation?.collectionIds ?? []);
  const wishedIds = choice?.collectionIds ?? usual;
  const chosen = filled.filter(({ id }) => wishedIds.includes(id));
  const counted = chosen.length > 0 ? chosen : filled;
  const model = chooseModel(groups, [choice?.model, conversation?.model, settings.data?.defaultModel]);
  const provider = findProvider(groups, model);
  const isSettled = !settings.isFetching && !collections.isFetching && (conversationId === null || conversation !== null);
  return {
    conversationKey,
    isReady: isSettled && (model !== null || !isLoading),
    model,
    provider,
    groups,
    isLoadingModels: isLoading,
    searchDocuments: filled.length === 0 ? null : chosen.length > 0,
    collections: filled,
    documentCount: counted.reduce((sum, { documentCount }) => sum + documentCount, 0),
    collectionIds: chosen.map(({ id }) => id),
    assistantId: choice?.assistantId ?? conversation?.assistantId ?? null,
    parameters: choice?.parameters ?? conversation?.parameters ?? usualParameters,
    systemPrompt: choice?.systemPrompt ?? conversation?.systemPrompt ?? '',
    compareWith: choice?.compareWith ?? null,
    abilities: model !== null && provider !== undefined ? abilitiesOf(provider, model.modelId) : null,
  };
}
