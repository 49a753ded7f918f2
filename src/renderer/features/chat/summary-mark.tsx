import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { BranchSummary } from '../../../shared/contract/context.ts';
import { AmountTotalText } from '../../components/amount.tsx';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { mutation } from '../../rpc/queries.ts';
import { SummaryDialog } from './summary-dialog.tsx';

/** What stands under the last message of a summary: that there is one, to read it, to change it, and to put it aside or to use. */
export function SummaryMark({ summary }: { summary: BranchSummary }) {
  const { t } = useTranslation('context');
  const sentence = useErrorSentence();
  const [shown, setShown] = useState<'read' | 'edit' | null>(null);
  const use = useMutation({
    ...mutation('summaries.use'),
    onError: (error) => void toast.error(sentence(failureOf(error)).title),
  });
  const remove = useRemoval(summary.messageId);
  const { messageId, isUsed, total } = summary;
  return (
    <span className="flex flex-wrap items-center justify-center gap-x-1">
      <span>
        {t(isUsed ? 'summary.used' : 'summary.unused')}
        {total.callCount > 0 && (
          <>
            {' · '}
            <AmountTotalText total={total} />
          </>
        )}
      </span>
      <MarkButton label={t('summary.read')} onClick={() => setShown('read')} />
      <MarkButton label={t('summary.edit')} onClick={() => setShown('edit')} />
      <MarkButton
        label={t(isUsed ? 'summary.useMessages' : 'summary.useSummary')}
        onClick={() => use.mutate({ messageId, isUsed: !isUsed })}
      />
      <MarkButton label={t('summary.remove')} onClick={remove} />
      {shown !== null && <SummaryDialog summary={summary} isEdited={shown === 'edit'} onClose={() => setShown(null)} />}
    </span>
  );
}

/** Removes a summary, and says so in a notice from which it can be taken back. */
function useRemoval(messageId: string): () => void {
  const { t } = useTranslation(['context', 'common']);
  const sentence = useErrorSentence();
  const onError = (error: Error): void => void toast.error(sentence(failureOf(error)).title);
  const restore = useMutation({ ...mutation('summaries.restore'), onError });
  const remove = useMutation({
    ...mutation('summaries.remove'),
    onError,
    onSuccess: () =>
      void toast(t('summary.removed'), { action: { label: t('common:undo'), onClick: () => restore.mutate({ messageId }) } }),
  });
  return () => remove.mutate({ messageId });
}

function MarkButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <>
      <span aria-hidden>·</span>
      <button type="button" className="rounded px-1 py-0.5 font-medium text-ink hover:bg-hover" onClick={onClick}>
        {label}
      </button>
    </>
  );
}
