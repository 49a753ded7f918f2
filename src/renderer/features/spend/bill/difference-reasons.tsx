import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { BillComparison } from '../../../../shared/contract/bill.ts';
import { AmountText, DifferenceText, RateText } from '../../../components/amount.tsx';
import { failureOf, useErrorSentence } from '../../../components/error-sentence.ts';
import { Button } from '../../../components/ui/button.tsx';
import { useFormat } from '../../../lib/format.ts';
import { mutation } from '../../../rpc/queries.ts';

/** Why bill and book differ on a day, in words, and the offer to settle an estimate that the bill pins. */
export function DifferenceReasons({ comparison }: { comparison: BillComparison }) {
  const { t } = useTranslation('bill');
  const format = useFormat();
  const { parts, differenceNanos, billedUsage, bookedUsage, rates, estimates, settleable } = comparison;
  const [billedCalls, bookedCalls] = [billedUsage?.requestCount ?? null, bookedUsage.requestCount ?? 0];
  return (
    <ul className="flex flex-col gap-0.5">
      {differenceNanos === 0 && <li className="text-muted">{t('same')}</li>}
      {differenceNanos === null && <li className="text-muted">{t('noMoney')}</li>}
      {parts.map(({ cause, nanos }) => (
        <li key={cause}>
          {t(`cause.${cause}`)} <DifferenceText nanos={nanos} className="text-muted" />
        </li>
      ))}
      {billedCalls !== null && billedCalls !== bookedCalls && (
        <li className="text-muted">{t('requests', { billed: format.count(billedCalls), booked: format.count(bookedCalls) })}</li>
      )}
      {rates !== null && (
        <li className="text-muted">
          {t('rates')} <RateText usdPerMillion={rates.billed} bare />, <RateText usdPerMillion={rates.booked} bare />
        </li>
      )}
      {estimates.callCount > 0 && (
        <li className="text-muted">
          {t('estimates', { count: estimates.callCount, formatted: format.count(estimates.callCount) })}{' '}
          <AmountText amount={{ exactness: 'estimated', costNanos: estimates.costNanos }} />
        </li>
      )}
      {settleable !== null && <Settle settleable={settleable} />}
    </ul>
  );
}

function Settle({ settleable: { recordId, settledNanos } }: { settleable: NonNullable<BillComparison['settleable']> }) {
  const { t } = useTranslation('bill');
  const sentence = useErrorSentence();
  const settle = useMutation({
    ...mutation('bill.settle'),
    onSuccess: () => void toast.success(t('settled')),
    onError: (error) => void toast.error(sentence(failureOf(error)).title),
  });
  return (
    <li className="mt-1 flex flex-wrap items-center gap-2">
      <span className="text-muted">
        {t('settleHelp')} <AmountText amount={{ exactness: 'reported', costNanos: settledNanos }} />
      </span>
      <Button size="sm" busy={settle.isPending} onClick={() => settle.mutate({ recordId, settledNanos })}>
        {t('settle')}
      </Button>
    </li>
  );
}
