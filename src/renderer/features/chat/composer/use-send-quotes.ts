import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ModelRef, SearchScope } from '../../../../shared/contract/chat.ts';
import type { AttachedImage } from '../../../../shared/contract/images.ts';
import type { Quote } from '../../../../shared/contract/quote.ts';
import { queries } from '../../../rpc/queries.ts';
import { newConversationKey } from '../choice-store.ts';
import type { ChatChoices } from '../use-chat-choices.ts';
import { useRestedText } from './use-rested-text.ts';

interface QuotedSend {
  /** What has been typed. */
  text: string;
  scope: SearchScope | null;
  images: readonly AttachedImage[];
  parentId: string | null;
  choices: ChatChoices;
  isRunning: boolean;
}

const noModel: ModelRef = { providerId: '-', modelId: '-' };

/**
 * What sending this now would cost, for the model and for the one beside it; null while nobody knows. With nothing written it tells of what
 * goes along anyway (`isEmpty`). While an answer is written it stays as it was.
 */
export function useSendQuotes({ text, scope, images, parentId, choices, isRunning }: QuotedSend): {
  readonly quote: Quote | null;
  readonly beside: Quote | null;
  readonly isEmpty: boolean;
} {
  const rested = useRestedText(text.trim());
  const { model, compareWith, conversationKey, collectionIds, parameters, systemPrompt } = choices;
  const conversationId = conversationKey === newConversationKey ? null : conversationKey;
  const asked = { text: rested, images: [...images], conversationId, parentId, collectionIds, scope, parameters, systemPrompt };
  // The last value stays while the next one is counted; nobody comes back to an older one.
  const settings = { placeholderData: keepPreviousData, gcTime: 0 };
  const first = useQuery({
    ...queries.quote({ ...asked, model: model ?? noModel, compareWith }),
    ...settings,
    enabled: !isRunning && model !== null,
  });
  const second = useQuery({
    ...queries.quote({ ...asked, model: compareWith ?? noModel }),
    ...settings,
    enabled: !isRunning && compareWith !== null,
  });
  return {
    quote: model === null ? null : (first.data ?? null),
    beside: compareWith === null ? null : (second.data ?? null),
    isEmpty: rested === '' && images.length === 0,
  };
}
