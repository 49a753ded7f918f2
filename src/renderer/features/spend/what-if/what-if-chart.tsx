import { useTranslation } from 'react-i18next';
import { Bar, ComposedChart, ResponsiveContainer, Tooltip } from 'recharts';
import { emptyTotal } from '../../../../shared/amount.ts';
import type { WhatIf } from '../../../../shared/contract/spend.ts';
import { axisTickText } from '../../../components/amount-text.ts';
import { AmountTotalText, WhatIfText } from '../../../components/amount.tsx';
import { ChartAxes } from '../chart-axes.tsx';
import { axisTicks } from '../chart-data.ts';
import type { PeriodText } from '../period-text.ts';
import { periodsOf, type Unit } from '../spend-range.ts';

interface WhatIfChartProps {
  found: WhatIf;
  unit: Unit;
  weekStartsOn: number;
  periodText: PeriodText;
}

/** Beside what was spent in each period what would have been, hatched. */
export function WhatIfChart({ found, unit, weekStartsOn, periodText }: WhatIfChartProps) {
  const { i18n } = useTranslation('whatIf');
  const byPeriod = new Map(found.bars.map((bar) => [bar.period, bar]));
  const bars = periodsOf(found, unit, weekStartsOn).map((period) => {
    const { real, whatIfNanos } = byPeriod.get(period) ?? { real: emptyTotal, whatIfNanos: 0 };
    return { period, real, realNanos: real.costNanos, whatIfNanos };
  });
  const ticks = axisTicks(Math.max(0, ...bars.map(({ realNanos, whatIfNanos }) => Math.max(realNanos, whatIfNanos))));
  return (
    <div className="h-60" aria-hidden>
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart
          data={bars}
          margin={{ top: 4, right: 4, bottom: 0, left: 0 }}
          barCategoryGap="18%"
          barGap={1}
          accessibilityLayer={false}
        >
          <defs>
            <pattern id="what-if" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width="6" height="6" fill="var(--accent)" opacity="0.15" />
              <rect width="2" height="6" fill="var(--accent)" />
            </pattern>
          </defs>
          <ChartAxes periodText={periodText} ticks={ticks} tickText={(value) => axisTickText(value, ticks[1] ?? 1, i18n.language)} />
          <Tooltip
            cursor={{ fill: 'var(--hover)' }}
            isAnimationActive={false}
            content={<BarTooltip bars={bars} periodText={periodText} />}
          />
          <Bar dataKey="realNanos" fill="var(--muted)" maxBarSize={28} isAnimationActive={false} />
          <Bar dataKey="whatIfNanos" fill="url(#what-if)" stroke="var(--accent)" maxBarSize={28} isAnimationActive={false} />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

interface BarTooltipProps {
  bars: readonly WhatIf['bars'][number][];
  periodText: PeriodText;
  /** Given by the chart. */
  active?: boolean;
  label?: string | number;
}

function BarTooltip({ bars, periodText, active = false, label }: BarTooltipProps) {
  const { t } = useTranslation('whatIf');
  const bar = active ? bars.find(({ period }) => period === label) : undefined;
  if (bar === undefined) return null;
  return (
    <div className="rounded-lg bg-raised px-3 py-2 text-sm shadow-popup">
      <p className="font-medium">{periodText.long(bar.period)}</p>
      <p className="mt-1 flex justify-between gap-4">
        <span>{t('real')}</span>
        <AmountTotalText total={bar.real} />
      </p>
      <p className="flex justify-between gap-4">
        <span>{t('whatIf')}</span>
        <WhatIfText costNanos={bar.whatIfNanos} />
      </p>
    </div>
  );
}

/** Which bar is which. */
export function WhatIfLegend() {
  const { t } = useTranslation('whatIf');
  return (
    <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
      <li className="flex items-center gap-1.5">
        <span aria-hidden className="size-2.5 rounded-xs bg-muted" />
        {t('real')}
      </li>
      <li className="flex items-center gap-1.5">
        <svg aria-hidden className="size-2.5">
          <rect width="10" height="10" fill="url(#what-if)" stroke="var(--accent)" />
        </svg>
        {t('whatIf')}
      </li>
    </ul>
  );
}
