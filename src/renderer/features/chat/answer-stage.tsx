import { useTranslation } from 'react-i18next';
import type { Message, RunStage } from '../../../shared/contract/chat.ts';
import { Spinner } from '../../components/ui/spinner.tsx';
import { ProviderWait } from './provider-wait.tsx';

interface AnswerStageProps {
  stage: RunStage;
  /** When the provider may be called again (epoch milliseconds), in the stage `waiting`. */
  retryAt: number | null;
  message: Message;
  /** Documents being searched. */
  documentCount: number;
}

/** What happens before the first word: the question is rewritten, documents are searched, the model thinks. */
export function AnswerStage({ stage, retryAt, message, documentCount }: AnswerStageProps) {
  const { t } = useTranslation('chat');
  return (
    <output className="flex flex-col gap-1 text-muted">
      <span className="flex items-center gap-2">
        <Spinner className="size-3.5" />
        {stage === 'waiting'
          ? retryAt !== null && <ProviderWait key={retryAt} retryAt={retryAt} />
          : stage === 'searching'
            ? t('stage.searching', { count: documentCount })
            : t(`stage.${stage}`)}
      </span>
      {message.condensedQuestion !== null && (
        <span className="pl-5.5 text-sm text-faint">{t('stage.searchedFor', { question: message.condensedQuestion })}</span>
      )}
    </output>
  );
}
