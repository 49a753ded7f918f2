import { useTranslation } from 'react-i18next';
import type { ModelSpend } from '../../../shared/contract/spend.ts';
import { AmountTotalText } from '../../components/amount.tsx';
import { Card } from '../../components/ui/card.tsx';
import { useFormat } from '../../lib/format.ts';
import { keyOfModel, type Series } from './chart-series.ts';
import { SeriesName } from './series-name.tsx';

interface ModelTotalsProps {
  byModel: readonly ModelSpend[];
  series: readonly Series[];
}

/** Totals by model, which is the chart's legend too. What costs nothing stands apart. */
export function ModelTotals({ byModel, series }: ModelTotalsProps) {
  const { t } = useTranslation('spend');
  const ordered = byModel.toSorted((a, b) => b.total.costNanos - a.total.costNanos || b.total.callCount - a.total.callCount);
  const paid = ordered.filter(({ providerKind }) => providerKind === 'remote');
  const free = ordered.filter(({ providerKind }) => providerKind !== 'remote');
  return (
    <Card className="overflow-x-auto p-4">
      <h2 className="mb-2 font-semibold">{t('models.title')}</h2>
      <table className="w-full border-collapse text-sm tabular">
        <thead className="text-muted">
          <tr>
            <th scope="col" className="py-1.5 text-left font-normal">
              {t('models.model')}
            </th>
            {(['calls', 'input', 'cached', 'output', 'cost'] as const).map((column) => (
              <th key={column} scope="col" className="py-1.5 pl-3 text-right font-normal whitespace-nowrap">
                {t(`models.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        {paid.length > 0 && <Group title={free.length > 0 ? t('models.paid') : null} models={paid} series={series} />}
        {free.length > 0 && <Group title={t('models.free')} models={free} series={series} />}
      </table>
    </Card>
  );
}

interface GroupProps {
  title: string | null;
  models: readonly ModelSpend[];
  series: readonly Series[];
}

function Group({ title, models, series }: GroupProps) {
  const format = useFormat();
  return (
    <tbody>
      {title !== null && (
        <tr className="border-t">
          <th scope="colgroup" colSpan={6} className="pt-2.5 pb-1 text-left text-xs font-medium text-faint">
            {title}
          </th>
        </tr>
      )}
      {models.map((model) => {
        const colour = series.find(({ key }) => key === keyOfModel(model))?.colour ?? series.find((one) => one.model === null)?.colour;
        return (
          <tr key={keyOfModel(model)} className="border-t first:border-t-0">
            <th scope="row" className="max-w-56 py-1.5 text-left font-normal">
              <SeriesName series={{ key: keyOfModel(model), model, colour: colour ?? 'var(--chart-8)' }} />
              <span className="block truncate pl-4.5 text-xs text-faint">{model.providerName}</span>
            </th>
            {[model.total.callCount, model.inputTokens, model.cacheReadTokens, model.outputTokens].map((value, column) => (
              // eslint-disable-next-line react/no-array-index-key -- the columns never move
              <td key={column} className="py-1.5 pl-3 text-right text-muted">
                {format.count(value)}
              </td>
            ))}
            <td className="py-1.5 pl-3 text-right">
              <AmountTotalText total={model.total} />
            </td>
          </tr>
        );
      })}
    </tbody>
  );
}
