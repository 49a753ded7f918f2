import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { OwnPrice } from '../../../../shared/contract/prices.ts';
import { AmountTotalText } from '../../../components/amount.tsx';
import { ErrorMessage } from '../../../components/error-message.tsx';
import { failureOf } from '../../../components/error-sentence.ts';
import { Button } from '../../../components/ui/button.tsx';
import { Dialog } from '../../../components/ui/dialog.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { useFormat } from '../../../lib/format.ts';
import { mutation, queries } from '../../../rpc/queries.ts';

/** Prices the calls of a model that have no price by one of the user's: says first how many they are and what they come to. */
export function EarlierCallsDialog({ own, onClose }: { own: OwnPrice; onClose: () => void }) {
  const { t } = useTranslation(['prices', 'common']);
  const format = useFormat();
  const { providerId, model, validFrom } = own;
  const key = { providerId, model, validFrom };
  const quote = useQuery(queries.earlierCalls(key));
  const price = useMutation({ ...mutation('prices.priceEarlier'), onError: () => void quote.refetch() });
  const earlier = quote.data?.earlier ?? null;
  const count = earlier?.total.callCount ?? 0;
  const apply = () => {
    if (earlier === null) return;
    const onSuccess = () => {
      toast.success(t('earlier.done', { count, formatted: format.count(count) }));
      onClose();
    };
    price.mutate({ ...key, callCount: count, costNanos: earlier.total.costNanos }, { onSuccess });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('earlier.title', { model })}
      description={t('earlier.body', { day: format.day(validFrom) })}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button variant="primary" disabled={earlier === null} busy={price.isPending} onClick={apply}>
            {t('earlier.apply', { count, formatted: format.count(count) })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {quote.isPending && <Skeleton className="h-10 w-full" />}
        {quote.isSuccess && earlier === null && <p className="text-muted">{t('earlier.nothing')}</p>}
        {earlier !== null && (
          <p className="rounded-lg bg-sunken px-3 py-2.5 tabular">
            {t('earlier.comesTo', {
              count,
              formatted: format.count(count),
              from: format.day(earlier.fromDay),
              to: format.day(earlier.toDay),
            })}{' '}
            <AmountTotalText total={earlier.total} full className="font-medium" />
          </p>
        )}
        {quote.isError && <ErrorMessage failure={failureOf(quote.error)} onRetry={() => void quote.refetch()} />}
        {price.isError && <ErrorMessage failure={failureOf(price.error)} />}
      </div>
    </Dialog>
  );
}
