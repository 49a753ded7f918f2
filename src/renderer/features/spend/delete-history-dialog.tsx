import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { AmountTotalText } from '../../components/amount.tsx';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Button } from '../../components/ui/button.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Input } from '../../components/ui/input.tsx';
import { useFormat } from '../../lib/format.ts';
import { isLocalDay } from '../../lib/local-day.ts';
import { mutation, queries } from '../../rpc/queries.ts';
import type { DayRange } from './spend-range.ts';

/** Deletes the records of some days: says exactly what goes, and asks for the number of calls to be typed. */
export function DeleteHistoryDialog({ range, onClose }: { range: DayRange; onClose: () => void }) {
  const { t } = useTranslation(['spend', 'common']);
  const format = useFormat();
  const [days, setDays] = useState(range);
  const [typed, setTyped] = useState('');
  const isRange = isLocalDay(days.from) && isLocalDay(days.to) && days.from <= days.to;
  const quote = useQuery({ ...queries.spendDeletionQuote(days), enabled: isRange });
  const deletions = useQuery(queries.spendDeletions());
  const remove = useMutation(mutation('spend.deleteRecords'));
  const callCount = isRange ? (quote.data?.callCount ?? 0) : 0;
  const isConfirmed = callCount > 0 && typed.replaceAll(/\D/g, '') === String(callCount);
  const change = (next: Partial<DayRange>) => {
    setDays({ ...days, ...next });
    setTyped('');
  };
  const run = () =>
    remove.mutate(
      { ...days, callCount },
      {
        onSuccess: () => {
          toast(t('deletion.done', { count: callCount, formatted: format.count(callCount) }));
          onClose();
        },
        onError: () => void quote.refetch(),
      },
    );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('deletion.title')}
      description={t('deletion.body')}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button variant="danger" disabled={!isConfirmed} busy={remove.isPending} onClick={run}>
            {t('deletion.confirm', { count: callCount, formatted: format.count(callCount) })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-3">
          <Field label={t('range.from')}>
            <Input type="date" value={days.from} onChange={(event) => change({ from: event.target.value })} />
          </Field>
          <Field label={t('range.to')}>
            <Input type="date" value={days.to} onChange={(event) => change({ to: event.target.value })} />
          </Field>
        </div>
        {!isRange && <p className="text-danger">{t('range.wrongOrder')}</p>}
        {isRange && quote.isSuccess && callCount === 0 && <p className="text-muted">{t('deletion.nothing')}</p>}
        {isRange && quote.isSuccess && callCount > 0 && (
          <>
            <p className="rounded-lg bg-danger-soft px-3 py-2.5 tabular">
              {t('deletion.takes', { count: callCount, formatted: format.count(callCount) })}{' '}
              <AmountTotalText total={quote.data} full className="font-medium" />
            </p>
            <Field label={t('deletion.type', { formatted: format.count(callCount) })}>
              <Input
                inputMode="numeric"
                autoComplete="off"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                className="w-40 tabular"
              />
            </Field>
          </>
        )}
        {quote.isError && <ErrorMessage failure={failureOf(quote.error)} onRetry={() => void quote.refetch()} />}
        {remove.isError && <ErrorMessage failure={failureOf(remove.error)} />}
        {(deletions.data?.deletions.length ?? 0) > 0 && (
          <div className="text-sm text-muted">
            <h3 className="font-medium text-ink">{t('deletion.before')}</h3>
            <ul className="mt-1 tabular">
              {deletions.data?.deletions.map(({ from, to, callCount: count, deletedAt }) => (
                <li key={deletedAt}>
                  {t('deletion.entry', {
                    when: format.dateTime(deletedAt),
                    from: format.day(from),
                    to: format.day(to),
                    formatted: format.count(count),
                  })}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Dialog>
  );
}
