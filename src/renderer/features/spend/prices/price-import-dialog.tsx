import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { OwnPrice, PriceImport } from '../../../../shared/contract/prices.ts';
import { RateText } from '../../../components/amount.tsx';
import { ErrorMessage } from '../../../components/error-message.tsx';
import { failureOf } from '../../../components/error-sentence.ts';
import { Button } from '../../../components/ui/button.tsx';
import { Dialog } from '../../../components/ui/dialog.tsx';
import { useFormat } from '../../../lib/format.ts';
import { useToday } from '../../../lib/use-today.ts';
import { mutation } from '../../../rpc/queries.ts';

interface PriceImportDialogProps {
  /** The file. */
  text: string;
  preview: PriceImport;
  onClose: () => void;
}

/** What a file of prices would do, row by row, and the button that does it. */
export function PriceImportDialog({ text, preview, onClose }: PriceImportDialogProps) {
  const { t } = useTranslation('prices');
  const common = useTranslation('common').t;
  const format = useFormat();
  const importFile = useMutation(mutation('prices.import'));
  const { added, changed, sameCount, bad } = preview;
  const count = added.length + changed.length;
  const formatted = format.count(count);
  const apply = () => {
    importFile.mutate(
      { text },
      {
        onSuccess: () => {
          toast.success(t('file.done', { count, formatted }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('file.title')}
      description={t('file.hint')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" disabled={count === 0} busy={importFile.isPending} onClick={apply}>
            {t('file.apply', { count, formatted })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 text-sm">
        <Prices title={t('file.added', { formatted: format.count(added.length) })} prices={added} />
        {changed.length > 0 && (
          <section>
            <h3 className="font-medium">{t('file.changed', { formatted: format.count(changed.length) })}</h3>
            <ul>
              {changed.map(({ before, after }) => (
                <li key={`${after.providerId} ${after.model} ${after.validFrom}`} className="text-muted">
                  <Price price={before} /> → <Rates price={after} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {sameCount > 0 && <p className="text-muted">{t('file.same', { formatted: format.count(sameCount) })}</p>}
        {bad.length > 0 && (
          <section>
            <h3 className="font-medium text-danger">{t('file.bad', { formatted: format.count(bad.length) })}</h3>
            <ul className="text-muted">
              {bad.map(({ row, reason }) => (
                <li key={row}>
                  {t('file.row', { row: format.count(row) })} {t(`file.reason.${reason}`)}
                </li>
              ))}
            </ul>
          </section>
        )}
        {importFile.isError && <ErrorMessage failure={failureOf(importFile.error)} />}
      </div>
    </Dialog>
  );
}

function Prices({ title, prices }: { title: string; prices: readonly OwnPrice[] }) {
  if (prices.length === 0) return null;
  return (
    <section>
      <h3 className="font-medium">{title}</h3>
      <ul className="text-muted">
        {prices.map((price) => (
          <li key={`${price.providerId} ${price.model} ${price.validFrom}`}>
            <Price price={price} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Price({ price }: { price: OwnPrice }) {
  const { t } = useTranslation('prices');
  const format = useFormat();
  const today = useToday();
  return (
    <>
      <span className="break-all text-ink">{price.model}</span> ({price.providerName}),{' '}
      {t('from', { day: format.day(price.validFrom, today) })}: <Rates price={price} />
    </>
  );
}

function Rates({ price: { inputPerMillion, outputPerMillion } }: { price: OwnPrice }) {
  const { t } = useTranslation('prices');
  return (
    <>
      {t('column.input')} <RateText usdPerMillion={inputPerMillion} bare />
      {outputPerMillion !== null && (
        <>
          {' · '}
          {t('column.output')} <RateText usdPerMillion={outputPerMillion} bare />
        </>
      )}
    </>
  );
}
