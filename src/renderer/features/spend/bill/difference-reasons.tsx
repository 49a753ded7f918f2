import { CheckCheck } from 'lucide-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { BillComparison } from '../../../../shared/contract/bill.ts';
import { AmountText, DifferenceText, RateText } from '../../../components/amount.tsx';
import { failureOf, useErrorSentence } from '../../../components/error-sentence.ts';
import { Button } from '../../../components/ui/button.tsx';
import { useFormat } from '../../../lib/format.ts';
import { mutation } from '../../../rpc/queries.ts';

/** Why bill and book differ on a day, in words, and the offers to settle what the bill pins and to set it back. */
export function DifferenceReasons({ comparison }: { comparison: BillComparison }) {
  const { t } = useTranslation('bill');
  const format = useFormat();
  const { parts, differenceNanos, billedUsage, bookedUsage, matchedCount, rates, estimates, settleable, settled } = comparison;
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
      {matchedCount > 0 && (
        <li className="flex items-start gap-1.5 text-muted">
          <CheckCheck className="mt-0.5 size-4 shrink-0 text-ok" aria-hidden />
          {t('matched', { count: matchedCount, formatted: format.count(matchedCount) })}
        </li>
      )}
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
      {settleable !== null && <Settle comparison={comparison} settleable={settleable} />}
      {settled !== null && <Settled comparison={comparison} settled={settled} />}
    </ul>
  );
}

type SettledCalls = NonNullable<BillComparison['settleable']>;

/** Which comparison is meant, for the core. */
function keyOf({ seller, day, item }: BillComparison) {
  return { seller, day, item };
}

function Settle({ comparison, settleable }: { comparison: BillComparison; settleable: SettledCalls }) {
  const { t } = useTranslation('bill');
  const format = useFormat();
  const sentence = useErrorSentence();
  const { callCount: count, settledNanos } = settleable;
  const settle = useMutation({
    ...mutation('bill.settle'),
    onSuccess: () => void toast.success(t('settled', { count })),
    onError: (error) => void toast.error(sentence(failureOf(error)).title),
  });
  return (
    <li className="mt-1 flex flex-wrap items-center gap-2">
      <span className="text-muted">
        {t('settleHelp', { count, formatted: format.count(count) })}{' '}
        <AmountText amount={{ exactness: 'reported', costNanos: settledNanos }} />
      </span>
      <Button size="sm" busy={settle.isPending} onClick={() => settle.mutate({ ...keyOf(comparison), callCount: count, settledNanos })}>
        {t('settle', { count, formatted: format.count(count) })}
      </Button>
    </li>
  );
}

function Settled({ comparison, settled }: { comparison: BillComparison; settled: SettledCalls }) {
  const { t } = useTranslation('bill');
  const format = useFormat();
  const sentence = useErrorSentence();
  const { callCount: count, bookedNanos, settledNanos } = settled;
  const setBack = useMutation({
    ...mutation('bill.setBack'),
    onSuccess: () => void toast(t('isSetBack', { count })),
    onError: (error) => void toast.error(sentence(failureOf(error)).title),
  });
  return (
    <li className="mt-1 flex flex-wrap items-center gap-2">
      <span className="text-muted">
        {t('settledBefore', { count, formatted: format.count(count) })}{' '}
        <AmountText amount={{ exactness: 'estimated', costNanos: bookedNanos }} /> →{' '}
        <AmountText amount={{ exactness: 'reported', costNanos: settledNanos }} />
      </span>
      <Button size="sm" variant="ghost" busy={setBack.isPending} onClick={() => setBack.mutate(keyOf(comparison))}>
        {t('setBack')}
      </Button>
    </li>
  );
}
