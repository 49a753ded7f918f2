import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { BranchContext } from '../../../shared/contract/context.ts';
import { queries } from '../../rpc/queries.ts';
import type { ChatChoices } from './use-chat-choices.ts';

interface BranchContextRequest {
  conversationId: string;
  /** The message the next question follows; null for the first. */
  leafId: string | null;
  /** How it will be asked. */
  choices: Pick<ChatChoices, 'model' | 'collectionIds' | 'parameters' | 'systemPrompt'>;
  /** An answer is being written; what goes along after it cannot be told yet. */
  isRunning: boolean;
}

/** What of a branch goes along with the next question; undefined while that is not known. Whoever asks the same shares the reply. */
export function useBranchContext({ conversationId, leafId, choices, isRunning }: BranchContextRequest): BranchContext | undefined {
  const { model, collectionIds, parameters, systemPrompt } = choices;
  const { data } = useQuery({
    ...queries.context({
      conversationId,
      leafId: leafId ?? '-',
      model: model ?? { providerId: '-', modelId: '-' },
      collectionIds,
      parameters,
      systemPrompt,
    }),
    // What is known of the branch holds until more is known.
    placeholderData: (before, query) => (query?.queryKey[1].conversationId === conversationId ? keepPreviousData(before) : undefined),
    enabled: leafId !== null && model !== null && !isRunning,
  });
  return data;
}
