import { ChartColumn, Download, Table2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpendSplit } from '../../../shared/contract/spend.ts';
import { ExactShare } from '../../components/amount.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Card } from '../../components/ui/card.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { Menu, MenuItem } from '../../components/ui/menu.tsx';
import { Segments } from '../../components/ui/segments.tsx';
import { Select } from '../../components/ui/select.tsx';
import { mediaTypes, saveFile } from '../../lib/save-file.ts';
import { chartOf, type Series } from './chart-data.ts';
import { ChartTable } from './chart-table.tsx';
import { exportChart } from './chart-export.ts';
import { SeriesName, usePartName } from './part-name.tsx';
import { usePeriodText } from './period-text.ts';
import { SpendChart } from './spend-chart.tsx';
import { runningPeriod, unitsFor, type Calendar, type DayRange, type Unit } from './spend-range.ts';
import { measures, splits, type SpendView } from './spend-view.ts';

interface ChartCardProps {
  split: SpendSplit;
  view: SpendView;
  unit: Unit;
  range: DayRange;
  calendar: Calendar;
  onAdjust: (change: Partial<SpendView>) => void;
  onOpen: (period: string, series: Series | null) => void;
}

/** A measure of the range by day, week or month, split, as a chart or as a table. */
export function ChartCard({ split, view, unit, range, calendar, onAdjust, onOpen }: ChartCardProps) {
  const { t } = useTranslation('spend');
  const [asTable, setAsTable] = useState(false);
  const { measure } = view;
  const chart = useMemo(() => chartOf(split, unit, measure, calendar.weekStartsOn), [split, unit, measure, calendar.weekStartsOn]);
  const periodText = usePeriodText(unit, range, calendar.today);
  const title = t('chart.heading', { measure: t(`measure.${measure}`), unit: t(`by.${unit}`), split: t(`and.${view.split}`) });
  const nameOf = usePartName(view.split);
  const save = (format: 'csv' | 'json') =>
    saveFile(`tally-${measure}-${range.from}-${range.to}.${format}`, exportChart(chart, measure, nameOf, format), mediaTypes[format]);
  const shared = { chart, split: view.split, measure, periodText };
  return (
    <Card className="flex min-w-0 flex-col p-4">
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div>
          <h2 className="font-semibold">{title}</h2>
          <p className="text-xs text-faint">
            {t(`measureUnit.${measure}`)} <ExactShare total={split.total.total} className="before:content-['·_']" />
          </p>
        </div>
        <div className="flex items-center gap-1 print:hidden">
          <Button size="sm" variant="ghost" onClick={() => setAsTable(!asTable)}>
            {asTable ? <ChartColumn className="size-4" aria-hidden /> : <Table2 className="size-4" aria-hidden />}
            {t(asTable ? 'chart.asChart' : 'chart.asTable')}
          </Button>
          <Menu
            trigger={
              <IconButton size="sm" label={t('out.chart')}>
                <Download className="size-4" aria-hidden />
              </IconButton>
            }
          >
            <MenuItem onSelect={() => save('csv')}>{t('out.chartCsv')}</MenuItem>
            <MenuItem onSelect={() => save('json')}>{t('out.chartJson')}</MenuItem>
          </Menu>
        </div>
      </div>
      <div className="mb-3 flex flex-wrap items-center gap-2 print:hidden">
        <Segments
          label={t('chart.measure')}
          value={measure}
          options={measures.map((value) => ({ value, label: t(`measure.${value}`) }))}
          onChange={(next) => onAdjust({ measure: next })}
        />
        <Select
          label={t('chart.split')}
          value={view.split}
          options={splits.map((value) => ({ value, label: t(`split.${value}`) }))}
          onChange={(next) => onAdjust({ split: next, part: null })}
          className="w-auto text-sm"
        />
        {unitsFor(range).length > 1 && (
          <Segments
            label={t('chart.unit')}
            value={unit}
            options={unitsFor(range).map((value) => ({ value, label: t(`unit.${value}`) }))}
            onChange={(next) => onAdjust({ unit: next, period: null })}
          />
        )}
      </div>
      {chart.series.length === 0 ? (
        <p className="py-16 text-center text-pretty text-muted">{t(`chart.nothing.${measure}`)}</p>
      ) : asTable ? (
        <ChartTable {...shared} unit={unit} label={title} onOpen={onOpen} />
      ) : (
        <figure className="m-0" aria-label={t('chart.described', { title })}>
          <SpendChart {...shared} running={runningPeriod(split, unit, calendar)} chosen={view.period} onOpen={onOpen} />
          <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
            {chart.series.map((series) => (
              <li key={series.key} className="max-w-64">
                <SeriesName series={series} split={view.split} />
              </li>
            ))}
          </ul>
          <div className="sr-only">
            <ChartTable {...shared} unit={unit} label={title} />
          </div>
        </figure>
      )}
    </Card>
  );
}
