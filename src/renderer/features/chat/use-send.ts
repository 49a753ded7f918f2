import { useRef } from 'react';
import type { SearchScope } from '../../../shared/contract/chat.ts';
import type { ImageUse } from '../../../shared/contract/images.ts';
import { useTranslation } from 'react-i18next';
import { useErrorSentence } from '../../components/error-sentence.ts';
import { rpc } from '../../rpc/connection.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { reportRefusedSend } from './report-refused-send.ts';
import type { ChatChoices } from './use-chat-choices.ts';

/** A question as it is sent. */
export interface AskedQuestion {
  readonly text: string;
  readonly scope: SearchScope | null;
  readonly images: readonly ImageUse[];
  /** The budget that does not allow it and is passed this once. */
  readonly passBudgetId?: string | null;
}

interface PlacedQuestion extends AskedQuestion {
  readonly conversationId: string | null;
  readonly parentId: string | null;
}

/**
 * Sends a question. Sending the same one again after a lost connection uses the same id, so that the core
 * can tell a repetition from a second question.
 */
export function useSend(choices: ChatChoices) {
  const { t } = useTranslation('budgets');
  const sentence = useErrorSentence();
  const unanswered = useRef<{ key: string; messageId: string } | null>(null);
  return async (question: PlacedQuestion) => {
    if (choices.model === null) throw new AppError('NO_MODEL');
    const key = JSON.stringify(question);
    if (unanswered.current?.key !== key) unanswered.current = { key, messageId: crypto.randomUUID() };
    const { messageId } = unanswered.current;
    const { model, compareWith, collectionIds, assistantId, parameters, systemPrompt } = choices;
    const asked = { collectionIds, parameters, systemPrompt, passBudgetId: question.passBudgetId ?? null };
    const started = await rpc.call('chat.send', {
      ...question,
      images: [...question.images],
      messageId,
      model,
      compareWith,
      assistantId,
      ...asked,
    });
    if (compareWith !== null) {
      const beside = { userMessageId: messageId, besideAnswerId: started.answerId, model: compareWith };
      // The question is on its way already: that the second model was not asked is no reason to ask the first again.
      const askBeside = (passBudgetId: string | null): Promise<unknown> =>
        rpc
          .call('chat.regenerate', { ...beside, ...asked, passBudgetId })
          .catch((error: unknown) => reportRefusedSend(error, { sentence, sendOnce: t('strip.sendOnce') }, (id) => void askBeside(id)));
      await askBeside(asked.passBudgetId);
    }
    unanswered.current = null;
    return started;
  };
}
