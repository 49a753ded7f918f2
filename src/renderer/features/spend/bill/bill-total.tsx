import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { OutputOf } from '../../../../shared/rpc/define.ts';
import { AmountText, AmountTotalText, DifferenceText } from '../../../components/amount.tsx';
import { Card } from '../../../components/ui/card.tsx';

type Total = OutputOf<AppContract['bill.compare']>['total'];

/** Billed, booked, and the difference with what explains it, added up. */
export function BillTotal({ total }: { total: Total }) {
  const { t } = useTranslation('bill');
  return (
    <Card className="grid gap-4 p-4 sm:grid-cols-3">
      <Figure label={t('total.billed')}>
        <AmountText amount={{ exactness: 'reported', costNanos: total.billedNanos }} />
      </Figure>
      <Figure label={t('total.booked')}>
        <AmountTotalText total={total.booked} />
      </Figure>
      <Figure label={t('total.difference')}>
        <DifferenceText nanos={total.differenceNanos} />
      </Figure>
      {total.parts.length > 0 && (
        <ul aria-label={t('table.why')} className="flex flex-wrap gap-x-6 gap-y-1 text-sm sm:col-span-3">
          {total.parts.map(({ cause, nanos }) => (
            <li key={cause}>
              <span className="text-muted">{t(`cause.${cause}`)}</span> <DifferenceText nanos={nanos} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <p className="text-sm text-muted">{label}</p>
      <p className="text-xl font-semibold">{children}</p>
    </div>
  );
}
