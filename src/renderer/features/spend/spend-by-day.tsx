import { ChartColumn, Table2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelSpend } from '../../../shared/contract/spend.ts';
import { Button } from '../../components/ui/button.tsx';
import { Segments } from '../../components/ui/segments.tsx';
import { Card } from '../../components/ui/card.tsx';
import type { LocalDay } from '../../lib/local-day.ts';
import { chartOf, type Metric, type Series } from './chart-series.ts';
import { ChartTable } from './chart-table.tsx';
import { DailyChart } from './daily-chart.tsx';
import type { DayRange } from './spend-range.ts';

const metrics: readonly Metric[] = ['cost', 'tokens'];

interface SpendByDayProps {
  byDay: readonly { readonly day: LocalDay; readonly models: readonly ModelSpend[] }[];
  series: readonly Series[];
  range: DayRange;
  today: LocalDay;
  onOpen: (period: string) => void;
}

/** Cost or tokens of each day, as a chart or as a table. */
export function SpendByDay({ byDay, series, range, today, onOpen }: SpendByDayProps) {
  const { t } = useTranslation('spend');
  // Someone who only uses free models would look at an empty chart of costs.
  const hasCost = series.some(({ model }) => model !== null && model.total.costNanos > 0);
  const [chosen, setMetric] = useState<Metric | null>(null);
  const metric = chosen ?? (hasCost ? 'cost' : 'tokens');
  const [asTable, setAsTable] = useState(false);
  const shown = useMemo(
    () => (metric === 'tokens' ? series : series.filter(({ model }) => model === null || model.total.costNanos > 0)),
    [series, metric],
  );
  const chart = useMemo(() => chartOf(byDay, shown, range, metric), [byDay, shown, range, metric]);
  return (
    <Card className="p-4">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">{t(chart.unit === 'day' ? 'chart.title' : 'chart.titleMonths')}</h2>
        <div className="flex items-center gap-2">
          <Segments
            label={t('chart.metric')}
            value={metric}
            options={metrics.map((value) => ({ value, label: t(`chart.${value}`) }))}
            onChange={setMetric}
          />
          <Button size="sm" variant="ghost" onClick={() => setAsTable(!asTable)}>
            {asTable ? <ChartColumn className="size-4" aria-hidden /> : <Table2 className="size-4" aria-hidden />}
            {t(asTable ? 'chart.asChart' : 'chart.asTable')}
          </Button>
        </div>
      </div>
      {metric === 'cost' && !hasCost ? (
        <p className="py-12 text-center text-muted">{t('chart.nothing')}</p>
      ) : asTable ? (
        <ChartTable chart={chart} metric={metric} today={today} />
      ) : (
        <DailyChart chart={chart} metric={metric} today={today} onOpen={onOpen} />
      )}
    </Card>
  );
}
