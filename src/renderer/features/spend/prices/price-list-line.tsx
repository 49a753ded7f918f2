import { useMutation } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { OwnRates, PriceListUpdate } from '../../../../shared/contract/prices.ts';
import { RateText } from '../../../components/amount.tsx';
import { ErrorMessage } from '../../../components/error-message.tsx';
import { failureOf } from '../../../components/error-sentence.ts';
import { Button } from '../../../components/ui/button.tsx';
import { Dialog } from '../../../components/ui/dialog.tsx';
import { useFormat } from '../../../lib/format.ts';
import { useToday } from '../../../lib/use-today.ts';
import { mutation } from '../../../rpc/queries.ts';

interface PriceListLineProps {
  list: { readonly version: string; readonly isUpdated: boolean; readonly host: string };
}

/** Which list is in force, and the ways to a newer one and back. The host is named before anything is fetched. */
export function PriceListLine({ list: { version, isUpdated, host } }: PriceListLineProps) {
  const { t } = useTranslation('prices');
  const format = useFormat();
  const today = useToday();
  const [update, setUpdate] = useState<PriceListUpdate | null>(null);
  const check = useMutation({ ...mutation('prices.checkUpdate'), onSuccess: setUpdate });
  const undo = useMutation({ ...mutation('prices.undoUpdate'), onSuccess: () => void toast(t('update.undone')) });
  return (
    <div className="mb-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        {isUpdated ? t('update.updated', { day: format.day(version, today) }) : t('update.builtIn', { version })}
        <Button size="sm" busy={check.isPending} onClick={() => check.mutate()}>
          <RefreshCw className="size-3.5" aria-hidden />
          {t('update.check', { host })}
        </Button>
        {isUpdated && (
          <Button size="sm" variant="ghost" busy={undo.isPending} onClick={() => undo.mutate()}>
            {t('update.undo')}
          </Button>
        )}
      </p>
      {check.isError && <ErrorMessage className="mt-2" failure={failureOf(check.error)} />}
      {undo.isError && <ErrorMessage className="mt-2" failure={failureOf(undo.error)} />}
      {update !== null && <UpdateDialog update={update} onClose={() => setUpdate(null)} />}
    </div>
  );
}

function UpdateDialog({ update, onClose }: { update: PriceListUpdate; onClose: () => void }) {
  const { t } = useTranslation('prices');
  const common = useTranslation('common').t;
  const format = useFormat();
  const accept = useMutation({ ...mutation('prices.acceptUpdate'), onSuccess: onClose });
  const { id, changed, added, gone } = update;
  const isSame = changed.length + added.length + gone.length === 0;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('update.title')}
      description={t(isSame ? 'update.same' : 'update.hint')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" busy={accept.isPending} onClick={() => accept.mutate({ id })}>
            {t('update.accept')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 text-sm">
        {changed.length > 0 && (
          <Changes title={t('update.changed', { formatted: format.count(changed.length) })}>
            {changed.map(({ sellerName, model, before, after }) => (
              <li key={`${sellerName} ${model}`}>
                <Name sellerName={sellerName} model={model} />: <Rates rates={before} /> → <Rates rates={after} />
              </li>
            ))}
          </Changes>
        )}
        {added.length > 0 && (
          <Changes title={t('update.added', { formatted: format.count(added.length) })}>
            {added.map(({ sellerName, model, after }) => (
              <li key={`${sellerName} ${model}`}>
                <Name sellerName={sellerName} model={model} />: <Rates rates={after} />
              </li>
            ))}
          </Changes>
        )}
        {gone.length > 0 && (
          <Changes title={t('update.gone', { formatted: format.count(gone.length) })}>
            {gone.map((listed) => (
              <li key={`${listed.sellerName} ${listed.model}`}>
                <Name {...listed} />
              </li>
            ))}
          </Changes>
        )}
        {accept.isError && <ErrorMessage failure={failureOf(accept.error)} />}
      </div>
    </Dialog>
  );
}

function Changes({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="font-medium">{title}</h3>
      <ul className="text-muted">{children}</ul>
    </section>
  );
}

function Name({ sellerName, model }: { sellerName: string; model: string }) {
  return (
    <>
      <span className="break-all text-ink">{model}</span> ({sellerName})
    </>
  );
}

/** Input and output, as they stand in the table. */
function Rates({ rates }: { rates: OwnRates | null }) {
  if (rates === null) return <RateText usdPerMillion={null} />;
  return (
    <>
      <RateText usdPerMillion={rates.inputPerMillion} bare />
      {rates.outputPerMillion !== null && (
        <>
          {' / '}
          <RateText usdPerMillion={rates.outputPerMillion} bare />
        </>
      )}
    </>
  );
}
