import { useMutation, useQuery } from '@tanstack/react-query';
import { Pencil, Plus, Trash2, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { OwnPrice, UnpricedModel } from '../../../shared/contract/prices.ts';
import { rateText } from '../../components/amount-text.ts';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { Button } from '../../components/ui/button.tsx';
import { Card } from '../../components/ui/card.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { useFormat } from '../../lib/format.ts';
import { useToday } from '../../lib/use-today.ts';
import { mutation, queries } from '../../rpc/queries.ts';
import { PriceDialog, type PriceDraft } from './price-dialog.tsx';
import { SettingsSection } from './settings-section.tsx';

function UnpricedRow({ unpriced, onSet }: { unpriced: UnpricedModel; onSet: () => void }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const { model, providerName, callCount } = unpriced;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <TriangleAlert className="size-4 shrink-0 text-warn" aria-hidden />
      <div className="min-w-52 flex-1">
        <p className="font-medium break-all">{model}</p>
        <p className="text-sm text-muted">
          {`${providerName} · ${t('prices.unpriced', { count: callCount, formatted: format.count(callCount) })}`}
        </p>
      </div>
      <Button size="sm" onClick={onSet}>
        {t('prices.set')}
      </Button>
    </li>
  );
}

/** `from Nov 1 · $1.00 / 1M in · $4.00 / 1M out`. */
function usePriceText(): (price: OwnPrice) => string {
  const { t, i18n } = useTranslation('settings');
  const common = useTranslation('common').t;
  const format = useFormat();
  const today = useToday();
  return ({ validFrom, inputPerMillion, cacheReadPerMillion, cacheWritePerMillion, outputPerMillion }) => {
    const rates = { in: inputPerMillion, cached: cacheReadPerMillion, written: cacheWritePerMillion, out: outputPerMillion } as const;
    const parts = (['in', 'cached', 'written', 'out'] as const).flatMap((share) => {
      const rate = rates[share];
      return rate === null ? [] : [t(`prices.shares.${share}`, { rate: rateText(rate, i18n.language, common) })];
    });
    return [t('prices.from', { day: format.day(validFrom, today) }), ...parts].join(' · ');
  };
}

function PriceRow({ price, onEdit }: { price: OwnPrice; onEdit: () => void }) {
  const { t } = useTranslation('settings');
  const common = useTranslation('common').t;
  const textOf = usePriceText();
  const sentenceOf = useErrorSentence();
  const onError = (error: unknown) => void toast.error(sentenceOf(failureOf(error)).title);
  const set = useMutation({ ...mutation('prices.set'), onError });
  const remove = useMutation({ ...mutation('prices.remove'), onError });
  const { providerId, model, validFrom, providerName } = price;
  const undo = { label: common('undo'), onClick: () => set.mutate(price) };
  const onRemoved = () => void toast(t('prices.removed', { model }), { action: undo });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <div className="min-w-52 flex-1">
        <p className="font-medium break-all">{model}</p>
        <p className="text-sm text-muted">{`${providerName} · ${textOf(price)}`}</p>
      </div>
      <div className="flex items-center gap-1">
        <IconButton label={t('prices.edit', { model })} size="sm" onClick={onEdit}>
          <Pencil className="size-4" aria-hidden />
        </IconButton>
        <IconButton
          label={t('prices.remove', { model })}
          size="sm"
          onClick={() => remove.mutate({ providerId, model, validFrom }, { onSuccess: onRemoved })}
        >
          <Trash2 className="size-4" aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}

/** Prices a person has set, after the models that need one. */
export function PricesSection() {
  const { t } = useTranslation('settings');
  const [draft, setDraft] = useState<PriceDraft | null>(null);
  const list = useQuery(queries.prices());
  const canSet = useQuery(queries.providers()).data?.providers.some(({ kind }) => kind === 'remote') === true;
  return (
    <SettingsSection
      title={t('prices.title')}
      description={t('prices.description')}
      action={
        <Button size="sm" disabled={!canSet} onClick={() => setDraft({})}>
          <Plus className="size-4" aria-hidden />
          {t('prices.set')}
        </Button>
      }
    >
      {list.isPending && <Skeleton className="h-16 w-full" />}
      {list.isError && <ErrorMessage failure={failureOf(list.error)} onRetry={() => void list.refetch()} />}
      {list.data !== undefined && (
        <Card>
          {list.data.unpriced.length + list.data.prices.length === 0 ? (
            <p className="px-4 py-6 text-center text-muted">{t('prices.empty')}</p>
          ) : (
            <ul className="divide-y">
              {list.data.unpriced.map((unpriced) => (
                <UnpricedRow key={`${unpriced.providerId} ${unpriced.model}`} unpriced={unpriced} onSet={() => setDraft(unpriced)} />
              ))}
              {list.data.prices.map((price) => (
                <PriceRow key={`${price.providerId} ${price.model} ${price.validFrom}`} price={price} onEdit={() => setDraft(price)} />
              ))}
            </ul>
          )}
        </Card>
      )}
      {draft !== null && <PriceDialog draft={draft} onClose={() => setDraft(null)} />}
    </SettingsSection>
  );
}
