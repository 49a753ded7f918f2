import { CircleStop } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Failure, Message } from '../../../shared/contract/chat.ts';
import { ErrorMessage } from '../../components/error-message.tsx';
import { useErrorSentence } from '../../components/error-sentence.ts';
import { Button } from '../../components/ui/button.tsx';
import type { AskedOtherwise } from './asked-otherwise.ts';
import { FailureAction } from './failure-action.tsx';

interface AnswerStatusProps {
  message: Message;
  onRetry: ((otherwise?: AskedOtherwise) => void) | undefined;
}

/** Says in a sentence why an answer is not whole, and offers what helps. */
export function AnswerStatus({ message, onRetry }: AnswerStatusProps) {
  const { t } = useTranslation(['chat', 'common']);
  const { status } = message;
  if (status === 'stopped') {
    return (
      <output className="flex flex-wrap items-center gap-2 text-muted">
        <CircleStop className="size-4 shrink-0" aria-hidden />
        {message.text === '' ? t('status.stoppedEmpty') : t('status.stopped')}
      </output>
    );
  }
  if (status !== 'failed' && status !== 'interrupted') return null;
  if (message.failure !== null) {
    return (
      <ErrorMessage
        failure={message.failure}
        tone={status === 'failed' ? 'danger' : 'warn'}
        action={onRetry && <FailureAction failure={message.failure} onRetry={onRetry} />}
      />
    );
  }
  return (
    <output className="flex flex-wrap items-center gap-2 text-muted">
      {t('status.interrupted')}
      {onRetry && (
        <Button size="sm" onClick={() => onRetry()}>
          {t('common:retry')}
        </Button>
      )}
    </output>
  );
}

/** What a search had to do without. */
function noticeOf({ data }: Failure): 'keywordsOnly' | 'noFurtherQueries' | 'notRankedAgain' {
  if (data?.step === 'multi_query') return 'noFurtherQueries';
  return data?.step === 'rerank' ? 'notRankedAgain' : 'keywordsOnly';
}

/** Something worth knowing that did not keep the answer from coming. */
export function AnswerNotice({ message }: { message: Message }) {
  const { t } = useTranslation('chat');
  const sentence = useErrorSentence();
  if (message.notice === null) return null;
  return (
    <p className="rounded-md bg-warn-soft px-2.5 py-1.5 text-sm text-warn">
      {t(`notice.${noticeOf(message.notice)}`, { reason: sentence(message.notice).title })}
    </p>
  );
}
