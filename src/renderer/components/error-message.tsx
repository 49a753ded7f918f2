import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/contract/chat.ts';
import { useErrorSentence } from './error-sentence.ts';
import { Alert, type AlertTone } from './ui/alert.tsx';
import { Button } from './ui/button.tsx';

interface ErrorMessageProps {
  failure: Failure;
  tone?: AlertTone;
  /** Offers to do it again. */
  onRetry?: (() => void) | undefined;
  /** Offers something else than doing it again. */
  action?: ReactNode;
  className?: string;
}

/** An error in place: what happened, what to do, and the one button that helps. */
export function ErrorMessage({ failure, tone = 'danger', onRetry, action, className }: ErrorMessageProps) {
  const { t } = useTranslation('common');
  const sentence = useErrorSentence()(failure);
  const retry = onRetry && (
    <Button size="sm" onClick={onRetry}>
      {t('retry')}
    </Button>
  );
  return (
    <Alert tone={tone} title={sentence.title} action={action ?? retry} {...(className === undefined ? {} : { className })}>
      {sentence.help}
    </Alert>
  );
}
