import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Alert } from '../../components/ui/alert.tsx';
import { Button } from '../../components/ui/button.tsx';
import { useFormat } from '../../lib/format.ts';
import { goTo } from '../../navigation/place.ts';
import { queries } from '../../rpc/queries.ts';

interface UnpricedCallsProps {
  /** Of the range. */
  callCount: number;
  onOpen: () => void;
}

/** Calls that no sum holds because their price is not known, and the way to set one, or to price them by one that was set since. */
export function UnpricedCalls({ callCount, onOpen }: UnpricedCallsProps) {
  const { t } = useTranslation('spend');
  const format = useFormat();
  const prices = useQuery(queries.prices());
  if (callCount === 0) return null;
  const models = prices.data?.unpriced ?? [];
  const [first] = models;
  return (
    <Alert
      tone="warn"
      title={t('unpriced.title', { count: callCount, formatted: format.count(callCount) })}
      action={
        <span className="flex flex-wrap justify-end gap-2 print:hidden">
          <Button size="sm" onClick={onOpen}>
            {t('unpriced.show')}
          </Button>
          {first === undefined && prices.isSuccess && (
            <Button size="sm" onClick={() => goTo({ name: 'spend', view: 'prices' })}>
              {t('unpriced.price')}
            </Button>
          )}
          {first !== undefined && (
            <Button size="sm" onClick={() => goTo({ name: 'spend', view: 'prices', priceOf: first })}>
              {t('unpriced.setPrice')}
            </Button>
          )}
        </span>
      }
    >
      {models.length > 0
        ? t('unpriced.models', { models: models.map(({ model, providerName }) => `${model} (${providerName})`).join(', ') })
        : t('unpriced.pricedSince')}
    </Alert>
  );
}
