import { useTranslation } from 'react-i18next';
import type { WhatIf } from '../../../../shared/contract/spend.ts';
import { AmountTotalText, WhatIfText } from '../../../components/amount.tsx';
import { Card } from '../../../components/ui/card.tsx';
import { useFormat } from '../../../lib/format.ts';
import type { PeriodText } from '../period-text.ts';
import type { Unit } from '../spend-range.ts';
import { WouldHaveCost } from './would-have-cost.tsx';

const cell = 'px-3 py-1.5 text-right whitespace-nowrap';
const wide = `${cell} max-sm:hidden`;

/** What each model that answered did cost, and what its tokens would have. */
export function WhatIfParts({ parts }: { parts: WhatIf['parts'] }) {
  const { t } = useTranslation('whatIf');
  const format = useFormat();
  return (
    <Card className="min-w-0">
      <h2 className="px-3 pt-3 pb-1 font-semibold">{t('table')}</h2>
      <table aria-label={t('table')} className="w-full text-sm tabular">
        <thead className="text-muted">
          <tr className="border-b">
            {(['model', 'input', 'output', 'real', 'whatIf'] as const).map((column) => (
              <th
                key={column}
                scope="col"
                className={`font-normal ${column === 'model' ? 'px-3 py-1.5 text-left' : column === 'input' || column === 'output' ? wide : cell}`}
              >
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {parts.map(({ key, name, providerName, providerKind, real, inputTokens, outputTokens, whatIfNanos }) => (
            <tr key={key}>
              <th scope="row" className="w-full max-w-0 px-3 py-1.5 text-left font-normal">
                <span className="block truncate">{name}</span>
                <span className="block truncate text-xs text-faint">{providerName}</span>
              </th>
              <td className={wide}>{format.compactCount(inputTokens)}</td>
              <td className={wide}>{format.compactCount(outputTokens)}</td>
              <td className={cell}>
                <AmountTotalText total={real} />
              </td>
              <td className={cell}>
                <WouldHaveCost costNanos={whatIfNanos} kind={providerKind} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** The chart for those who do not see it. */
export function WhatIfPeriods({
  bars,
  unit,
  periodText,
  label,
}: {
  bars: WhatIf['bars'];
  unit: Unit;
  periodText: PeriodText;
  label: string;
}) {
  const { t } = useTranslation('whatIf');
  return (
    <div className="sr-only">
      <table aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t(`by.${unit}`)}</th>
            <th scope="col">{t('real')}</th>
            <th scope="col">{t('whatIf')}</th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ period, real, whatIfNanos }) => (
            <tr key={period}>
              <th scope="row">{periodText.long(period)}</th>
              <td>
                <AmountTotalText total={real} />
              </td>
              <td>
                <WhatIfText costNanos={whatIfNanos} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
