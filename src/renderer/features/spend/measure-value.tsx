import { useTranslation } from 'react-i18next';
import type { Measure, SpendMeasures } from '../../../shared/contract/spend.ts';
import { AmountTotalText, SavingsText } from '../../components/amount.tsx';
import { useFormat } from '../../lib/format.ts';
import { valueOf } from './chart-data.ts';

/** A measure of some calls, as it is read: money with its mark, or a number with its unit. */
export function MeasureValue({ measure, measures }: { measure: Measure; measures: SpendMeasures }) {
  const { t } = useTranslation('spend');
  const format = useFormat();
  switch (measure) {
    case 'cost':
      return <AmountTotalText total={measures.total} />;
    case 'savings':
      return <SavingsText savedNanos={measures.savedNanos} />;
    case 'speed':
      if (measures.timedMs === 0) return <span title={t('speedUnknown')}>–</span>;
      return (
        <span className="tabular whitespace-nowrap">
          {t('perSecond', { formatted: format.count(Math.round(valueOf(measures, measure))) })}
        </span>
      );
    case 'tokens':
    case 'calls':
      return <span className="tabular">{format.count(valueOf(measures, measure))}</span>;
  }
}
