import { useMutation } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { BillFile } from '../../../../shared/contract/bill.ts';
import { failureOf, useErrorSentence } from '../../../components/error-sentence.ts';
import { Card } from '../../../components/ui/card.tsx';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { useFormat } from '../../../lib/format.ts';
import { mutation } from '../../../rpc/queries.ts';

/** The imported files, with the rows of them that could not be read. */
export function BillFiles({ files }: { files: readonly BillFile[] }) {
  const { t } = useTranslation('bill');
  const format = useFormat();
  const sentence = useErrorSentence();
  const remove = useMutation({ ...mutation('bill.removeFile'), onError: (error) => void toast.error(sentence(failureOf(error)).title) });
  return (
    <section aria-label={t('files')}>
      <h2 className="mb-2 font-semibold">{t('files')}</h2>
      <Card>
        <ul className="divide-y">
          {files.map((file) => (
            <li key={file.id} className="flex items-start gap-3 px-4 py-2.5">
              <div className="min-w-0 flex-1">
                <p className="truncate">{file.name}</p>
                <p className="text-sm text-muted tabular">
                  {t('days', { from: format.day(file.fromDay), to: format.day(file.toDay) })} ·{' '}
                  {t('rows', { count: file.rowCount, formatted: format.count(file.rowCount) })}
                </p>
                {file.badRowCount > 0 && (
                  <p className="text-sm text-warn">
                    {t('badRows', { count: file.badRowCount, formatted: format.count(file.badRowCount) })}{' '}
                    {file.badRows.map(({ row, reason }) => t('badRow', { row, reason: t(`reason.${reason}`) })).join(' · ')}
                  </p>
                )}
              </div>
              <IconButton
                label={t('remove', { name: file.name })}
                size="sm"
                onClick={() => remove.mutate({ id: file.id }, { onSuccess: () => void toast(t('removed', { name: file.name })) })}
              >
                <Trash2 className="size-4" aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}
