import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { UsedModel } from '../../../../shared/contract/prices.ts';
import { AmountTotalText } from '../../../components/amount.tsx';
import { failureOf, useErrorSentence } from '../../../components/error-sentence.ts';
import { Button } from '../../../components/ui/button.tsx';
import { useFormat } from '../../../lib/format.ts';
import { mutation } from '../../../rpc/queries.ts';

interface PricedLaterProps {
  providerId: string;
  model: string;
  priced: NonNullable<UsedModel['pricedLater']>;
}

/** How many calls of a model were priced afterwards, what they came to, and the way to take the price off again. */
export function PricedLater({ providerId, model, priced }: PricedLaterProps) {
  const { t } = useTranslation('prices');
  const format = useFormat();
  const { callCount: count } = priced;
  const sentence = useErrorSentence();
  const setBack = useMutation({
    ...mutation('prices.setBackEarlier'),
    onSuccess: () => void toast(t('earlier.isSetBack', { model })),
    onError: (error) => void toast.error(sentence(failureOf(error)).title),
  });
  return (
    <span className="flex flex-wrap items-baseline gap-x-2 text-xs text-muted">
      <span>
        {t('earlier.priced', { count, formatted: format.count(count) })} <AmountTotalText total={priced} />
      </span>
      <Button
        size="sm"
        variant="ghost"
        aria-label={t('earlier.setBackOf', { model })}
        busy={setBack.isPending}
        onClick={() => setBack.mutate({ providerId, model })}
      >
        {t('earlier.setBack')}
      </Button>
    </span>
  );
}
