import { useMutation } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { BillFile } from '../../../../shared/contract/bill.ts';
import { failureOf, useErrorSentence } from '../../../components/error-sentence.ts';
import { Button } from '../../../components/ui/button.tsx';
import { Card } from '../../../components/ui/card.tsx';
import { Dialog } from '../../../components/ui/dialog.tsx';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { useFormat } from '../../../lib/format.ts';
import { mutation } from '../../../rpc/queries.ts';

/** The imported files, with the rows of them that could not be read. One that has settled calls is removed only when asked once more. */
export function BillFiles({ files }: { files: readonly BillFile[] }) {
  const { t } = useTranslation('bill');
  const sentence = useErrorSentence();
  const [asked, setAsked] = useState<BillFile | null>(null);
  const removal = useMutation({ ...mutation('bill.removeFile'), onError: (error) => void toast.error(sentence(failureOf(error)).title) });
  const remove = ({ id, name }: BillFile) => {
    setAsked(null);
    removal.mutate({ id }, { onSuccess: () => void toast(t('removed', { name })) });
  };
  return (
    <section aria-label={t('files')}>
      <h2 className="mb-2 font-semibold">{t('files')}</h2>
      <Card>
        <ul className="divide-y">
          {files.map((file) => (
            <FileRow key={file.id} file={file} onRemove={() => (file.settledCount > 0 ? setAsked(file) : remove(file))} />
          ))}
        </ul>
      </Card>
      {asked !== null && <RemovalDialog file={asked} onRemove={() => remove(asked)} onClose={() => setAsked(null)} />}
    </section>
  );
}

function FileRow({ file, onRemove }: { file: BillFile; onRemove: () => void }) {
  const { t } = useTranslation('bill');
  const format = useFormat();
  const { name, fromDay, toDay, rowCount, badRowCount, badRows, settledCount } = file;
  return (
    <li className="flex items-start gap-3 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="truncate">{name}</p>
        <p className="text-sm text-muted tabular">
          {t('days', { from: format.day(fromDay), to: format.day(toDay) })} ·{' '}
          {t('rows', { count: rowCount, formatted: format.count(rowCount) })}
          {settledCount > 0 && <> · {t('settledCount', { count: settledCount, formatted: format.count(settledCount) })}</>}
        </p>
        {badRowCount > 0 && (
          <p className="text-sm text-warn">
            {t('badRows', { count: badRowCount, formatted: format.count(badRowCount) })}{' '}
            {badRows.map(({ row, reason }) => t('badRow', { row, reason: t(`reason.${reason}`) })).join(' · ')}
          </p>
        )}
      </div>
      <IconButton label={t('remove', { name })} size="sm" onClick={onRemove}>
        <Trash2 className="size-4" aria-hidden />
      </IconButton>
    </li>
  );
}

function RemovalDialog({ file, onRemove, onClose }: { file: BillFile; onRemove: () => void; onClose: () => void }) {
  const { t } = useTranslation(['bill', 'common']);
  const format = useFormat();
  const { name, settledCount: count } = file;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('remove', { name })}
      description={t('removeSettled', { count, formatted: format.count(count) })}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button variant="danger" onClick={onRemove}>
            {t('removeAndSetBack')}
          </Button>
        </>
      }
    />
  );
}
