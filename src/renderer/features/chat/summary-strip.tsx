import { useMutation } from '@tanstack/react-query';
import { FoldVertical, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { Failure, ModelRef } from '../../../shared/contract/chat.ts';
import type { BranchContext, SummaryAdvice } from '../../../shared/contract/context.ts';
import { AmountText } from '../../components/amount.tsx';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { Alert } from '../../components/ui/alert.tsx';
import { Button } from '../../components/ui/button.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { Spinner } from '../../components/ui/spinner.tsx';
import { Tooltip } from '../../components/ui/tooltip.tsx';
import { useFormat } from '../../lib/format.ts';
import { mutation } from '../../rpc/queries.ts';

interface SummaryStripProps {
  conversationId: string;
  /** The message the next question follows. */
  leafId: string;
  model: ModelRef;
  context: BranchContext;
}

/** Above the composer, in one quiet line: that a summary of the earlier messages is worth it, is being written, or could not be. */
export function SummaryStrip({ conversationId, leafId, model, context }: SummaryStripProps) {
  const { t } = useTranslation('context');
  const sentence = useErrorSentence();
  const onError = (error: Error): void => void toast.error(sentence(failureOf(error)).title);
  const make = useMutation(mutation('summaries.make'));
  const stop = useMutation({ ...mutation('summaries.stop'), onError });
  const dismiss = useMutation({ ...mutation('summaries.dismiss'), onError });
  const { summaryRun, advice } = context;
  const begin = (passBudgetId: string | null = null): void => make.mutate({ conversationId, leafId, model, passBudgetId });
  const failure = make.isError ? failureOf(make.error) : summaryRun?.state === 'failed' ? summaryRun.failure : null;

  if (summaryRun?.state === 'writing') {
    return (
      <Strip>
        <Spinner />
        <output className="flex-1">{t('advice.writing')}</output>
        <Button size="sm" variant="ghost" busy={stop.isPending} onClick={() => stop.mutate({ conversationId })}>
          {t('advice.stop')}
        </Button>
      </Strip>
    );
  }
  if (failure !== null) {
    const forget = (): void => {
      make.reset();
      stop.mutate({ conversationId });
    };
    return <FailedSummary failure={failure} onAgain={begin} onDismiss={forget} />;
  }
  if (advice === null) return null;
  return (
    <Strip>
      <FoldVertical aria-hidden className="size-4 shrink-0 self-start text-faint" />
      <p className="min-w-0 flex-1 text-pretty">
        {advice.isWindowFull && `${t('advice.windowFull')} `}
        <AdviceText advice={advice} />
      </p>
      <span className="flex shrink-0 items-center gap-1">
        <Tooltip content={t('advice.makeHint')}>
          <Button size="sm" busy={make.isPending} onClick={() => begin()}>
            {t('advice.make')}
          </Button>
        </Tooltip>
        <IconButton size="sm" label={t('advice.dismiss')} onClick={() => dismiss.mutate({ conversationId, now: advice.now })}>
          <X className="size-3.5" aria-hidden />
        </IconButton>
      </span>
    </Strip>
  );
}

function Strip({ children }: { children: ReactNode }) {
  const { t } = useTranslation('context');
  return (
    <section aria-label={t('advice.name')} className="mx-auto w-full max-w-[42rem] px-4 pb-2 sm:px-6">
      <div className="flex items-center gap-2.5 px-2 text-sm text-muted">{children}</div>
    </section>
  );
}

/** The figures; in tokens where nobody knows the price, or there is none. */
function AdviceText({ advice: { now, after, summary, messageCount } }: { advice: SummaryAdvice }) {
  const { t } = useTranslation('context');
  const format = useFormat();
  const counted = { count: messageCount, formatted: format.count(messageCount) };
  if (!('costNanos' in now.amount) || !('costNanos' in after.amount)) {
    const tokens = { now: format.count(now.inputTokens), once: format.count(summary.tokens), after: format.count(after.inputTokens) };
    return t('advice.tokens', { ...counted, ...tokens });
  }
  const amounts = {
    now: <AmountText amount={now.amount} />,
    summary: <AmountText amount={summary.amount} />,
    after: <AmountText amount={after.amount} />,
  };
  const key = 'advice.cost';
  return <Trans t={t} i18nKey={key} count={messageCount} values={counted} components={amounts} />;
}

interface FailedSummaryProps {
  failure: Failure;
  onAgain: (passBudgetId?: string | null) => void;
  onDismiss: () => void;
}

function FailedSummary({ failure, onAgain, onDismiss }: FailedSummaryProps) {
  const { t } = useTranslation(['context', 'common']);
  const sentence = useErrorSentence();
  const isBudget = failure.code.startsWith('BUDGET_');
  const budgetId = failure.data?.['budgetId'];
  return (
    <section aria-label={t('advice.name')} className="mx-auto w-full max-w-[42rem] px-4 pb-2 sm:px-6">
      <Alert
        tone="warn"
        title={t('advice.failed')}
        action={
          <span className="flex shrink-0 gap-1">
            <Button size="sm" onClick={() => onAgain(typeof budgetId === 'string' ? budgetId : null)}>
              {isBudget ? t('advice.makeOnce') : t('common:retry')}
            </Button>
            <IconButton size="sm" label={t('advice.dismiss')} onClick={onDismiss}>
              <X className="size-3.5" aria-hidden />
            </IconButton>
          </span>
        }
      >
        {/* What helps against it is written for answers. */}
        {sentence(failure).title}
      </Alert>
    </section>
  );
}
