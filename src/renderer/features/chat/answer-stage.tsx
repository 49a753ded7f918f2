import { useTranslation } from 'react-i18next';
import type { Message, RunStage } from '../../../shared/contract/chat.ts';
import { Spinner } from '../../components/ui/spinner.tsx';

interface AnswerStageProps {
  stage: RunStage;
  message: Message;
  /** Documents being searched. */
  documentCount: number;
}

/** What happens before the first word: the question is rewritten, documents are searched, the model thinks. */
export function AnswerStage({ stage, message, documentCount }: AnswerStageProps) {
  const { t } = useTranslation('chat');
  const text = stage === 'searching' ? t('stage.searching', { count: documentCount }) : t(`stage.${stage}`);
  return (
    <output className="flex flex-col gap-1 text-muted">
      <span className="flex items-center gap-2">
        <Spinner className="size-3.5" />
        {text}
      </span>
      {message.condensedQuestion !== null && (
        <span className="pl-5.5 text-sm text-faint">{t('stage.searchedFor', { question: message.condensedQuestion })}</span>
      )}
    </output>
  );
}
