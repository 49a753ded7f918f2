import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { AmountTotal } from '../../../shared/amount.ts';
import { AmountTotalText } from '../../components/amount.tsx';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Button } from '../../components/ui/button.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Input } from '../../components/ui/input.tsx';
import { Progress } from '../../components/ui/progress.tsx';
import { useFormat } from '../../lib/format.ts';
import { isLocalDay } from '../../lib/local-day.ts';
import { queries } from '../../rpc/queries.ts';
import type { DayRange } from './spend-range.ts';
import { useDeletion } from './use-deletion.ts';

/** Deletes the records of some days: says exactly what goes, asks for the number of calls to be typed, and can be stopped on the way. */
export function DeleteHistoryDialog({ range, onClose }: { range: DayRange; onClose: () => void }) {
  const { t } = useTranslation(['spend', 'common']);
  const format = useFormat();
  const [days, setDays] = useState(range);
  const [typed, setTyped] = useState('');
  const isRange = isLocalDay(days.from) && isLocalDay(days.to) && days.from <= days.to;
  const quote = useQuery({ ...queries.spendDeletionQuote(days), enabled: isRange });
  const deletion = useDeletion();
  const isRunning = deletion.deletedCount !== null;
  const callCount = isRange ? (quote.data?.callCount ?? 0) : 0;
  const isConfirmed = callCount > 0 && typed.replaceAll(/\D/g, '') === String(callCount);
  const change = (next: Partial<DayRange>) => {
    setDays({ ...days, ...next });
    setTyped('');
  };
  const run = async () => {
    const outcome = await deletion.run({ ...days, callCount });
    setTyped('');
    if (outcome === 'stopped') toast(t('deletion.stopped'));
    if (outcome !== 'done') return;
    toast(t('deletion.done', { count: callCount, formatted: format.count(callCount) }));
    onClose();
  };
  const leave = isRunning ? deletion.stop : onClose;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && leave()}
      title={t('deletion.title')}
      description={t('deletion.body')}
      footer={
        <>
          <Button onClick={leave}>{t(isRunning ? 'deletion.stop' : 'common:cancel')}</Button>
          <Button variant="danger" disabled={!isConfirmed && !isRunning} busy={isRunning} onClick={() => void run()}>
            {t('deletion.confirm', { count: callCount, formatted: format.count(callCount) })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-3">
          <Field label={t('range.from')}>
            <Input type="date" disabled={isRunning} value={days.from} onChange={(event) => change({ from: event.target.value })} />
          </Field>
          <Field label={t('range.to')}>
            <Input type="date" disabled={isRunning} value={days.to} onChange={(event) => change({ to: event.target.value })} />
          </Field>
        </div>
        {!isRange && <p className="text-danger">{t('range.wrongOrder')}</p>}
        {isRange && quote.isSuccess && callCount === 0 && <p className="text-muted">{t('deletion.nothing')}</p>}
        {isRange && quote.isSuccess && callCount > 0 && !isRunning && <Confirmation total={quote.data} typed={typed} onType={setTyped} />}
        {deletion.deletedCount !== null && <Running deletedCount={deletion.deletedCount} callCount={callCount} />}
        {quote.isError && <ErrorMessage failure={failureOf(quote.error)} onRetry={() => void quote.refetch()} />}
        {deletion.failure !== null && <ErrorMessage failure={deletion.failure} />}
        <DeletedBefore />
      </div>
    </Dialog>
  );
}

function Confirmation({ total, typed, onType }: { total: AmountTotal; typed: string; onType: (text: string) => void }) {
  const { t } = useTranslation('spend');
  const format = useFormat();
  const { callCount: count } = total;
  return (
    <>
      <p className="rounded-lg bg-danger-soft px-3 py-2.5 tabular">
        {t('deletion.takes', { count, formatted: format.count(count) })} <AmountTotalText total={total} full className="font-medium" />
      </p>
      <Field label={t('deletion.type', { formatted: format.count(count) })}>
        <Input
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={(event) => onType(event.target.value)}
          className="w-40 tabular"
        />
      </Field>
    </>
  );
}

function Running({ deletedCount, callCount }: { deletedCount: number; callCount: number }) {
  const { t } = useTranslation('spend');
  const format = useFormat();
  const text = t('deletion.progress', { done: format.count(deletedCount), all: format.count(callCount) });
  return (
    <div className="flex flex-col gap-2">
      <Progress value={callCount === 0 ? null : deletedCount / callCount} label={t('deletion.title')} valueText={text} tone="danger" />
      <p className="text-sm text-muted tabular">{text}</p>
    </div>
  );
}

function DeletedBefore() {
  const { t } = useTranslation('spend');
  const format = useFormat();
  const deletions = useQuery(queries.spendDeletions()).data?.deletions ?? [];
  if (deletions.length === 0) return null;
  return (
    <div className="text-sm text-muted">
      <h3 className="font-medium text-ink">{t('deletion.before')}</h3>
      <ul className="mt-1 tabular">
        {deletions.map(({ from, to, callCount, deletedAt }) => (
          <li key={deletedAt}>
            {t('deletion.entry', {
              when: format.dateTime(deletedAt),
              from: format.day(from),
              to: format.day(to),
              formatted: format.count(callCount),
            })}
          </li>
        ))}
      </ul>
    </div>
  );
}
