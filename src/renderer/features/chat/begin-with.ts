import type { Assistant } from '../../../shared/contract/library.ts';
import { goTo } from '../../navigation/place.ts';
import { choose, forgetChoice, newConversationKey } from './choice-store.ts';

/** Goes to a new chat that is asked as the assistant says; null: as new chats are. What was being written stays. */
export function beginWith(assistant: Assistant | null): void {
  forgetChoice(newConversationKey);
  if (assistant !== null) {
    const { id: assistantId, model, parameters, systemPrompt, collectionIds } = assistant;
    choose(newConversationKey, {
      assistantId,
      parameters,
      systemPrompt,
      ...(model !== null && { model }),
      ...(collectionIds !== null && { collectionIds }),
    });
  }
  goTo({ name: 'chat', conversationId: null, messageId: null });
}
