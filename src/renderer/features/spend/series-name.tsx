import { useTranslation } from 'react-i18next';
import type { Series } from './chart-series.ts';

/** A colour of the chart and the model it stands for. */
export function SeriesName({ series }: { series: Series | undefined }) {
  const { t } = useTranslation('spend');
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span aria-hidden className="size-2.5 shrink-0 rounded-xs" style={{ background: series?.colour ?? 'var(--chart-8)' }} />
      <span className="truncate">{series?.model?.model ?? t('chart.other')}</span>
    </span>
  );
}
