import { useTranslation } from 'react-i18next';
import type { AmountTotal } from '../../../shared/amount.ts';
import type { Purpose } from '../../../shared/contract/usage.ts';
import { AmountTotalText } from '../../components/amount.tsx';
import { Card } from '../../components/ui/card.tsx';
import { useFormat } from '../../lib/format.ts';

/** Totals by what the calls were for, with a bar for their share of the money. */
export function PurposeTotals({ byPurpose }: { byPurpose: readonly { readonly purpose: Purpose; readonly total: AmountTotal }[] }) {
  const { t } = useTranslation('spend');
  const common = useTranslation('common').t;
  const format = useFormat();
  const ordered = byPurpose.toSorted((a, b) => b.total.costNanos - a.total.costNanos || b.total.callCount - a.total.callCount);
  const largest = Math.max(1, ...ordered.map(({ total }) => total.costNanos));
  return (
    <Card className="p-4">
      <h2 className="mb-2 font-semibold">{t('purposes.title')}</h2>
      <table className="w-full border-collapse text-sm tabular">
        <thead className="text-muted">
          <tr>
            <th scope="col" className="py-1.5 text-left font-normal">
              {t('purposes.purpose')}
            </th>
            <th scope="col" className="py-1.5 pl-3 text-right font-normal">
              {t('purposes.calls')}
            </th>
            <th scope="col" className="py-1.5 pl-3 text-right font-normal">
              {t('purposes.cost')}
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.map(({ purpose, total }) => (
            <tr key={purpose} className="border-t">
              <th scope="row" className="py-2 text-left font-normal">
                {common(`purpose.${purpose}`)}
                <div aria-hidden className="mt-1 h-1 overflow-hidden rounded-full bg-hover">
                  <div className="h-full rounded-full bg-line-strong" style={{ width: `${(total.costNanos / largest) * 100}%` }} />
                </div>
              </th>
              <td className="py-2 pl-3 text-right align-top text-muted">{format.count(total.callCount)}</td>
              <td className="py-2 pl-3 text-right align-top">
                <AmountTotalText total={total} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
