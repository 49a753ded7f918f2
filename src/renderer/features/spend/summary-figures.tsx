import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpendMeasures } from '../../../shared/contract/spend.ts';
import { AmountTotalText, ExactShare, ProjectionText, SavingsText } from '../../components/amount.tsx';
import { Card } from '../../components/ui/card.tsx';
import { cn } from '../../lib/cn.ts';
import { useFormat } from '../../lib/format.ts';
import { valueOf } from './chart-data.ts';

interface FigureProps {
  label: string;
  value: ReactNode;
  /** How much of a row it takes: five figures fill every row, whatever their number in one. */
  className: string;
  children: ReactNode;
}

function Figure({ label, value, className, children }: FigureProps) {
  return (
    <div className={cn('flex min-w-0 flex-col gap-0.5 px-4 py-3 xl:col-span-1', className)}>
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="text-2xl font-semibold tabular">{value}</dd>
      <dd className="text-sm text-muted tabular">{children}</dd>
    </div>
  );
}

interface SummaryFiguresProps {
  measures: SpendMeasures;
  /** What the month will come to, where the range is the running month. */
  projectedNanos: number | null;
}

/** The period in five figures: cost, calls, tokens, what the cache saved, speed. */
export function SummaryFigures({ measures, projectedNanos }: SummaryFiguresProps) {
  const { t } = useTranslation('spend');
  const format = useFormat();
  const { total, inputTokens, cacheReadTokens, outputTokens, savedNanos, timedMs } = measures;
  const calls = [
    t('card.paid', { formatted: format.count(total.callCount - total.freeCount) }),
    total.freeCount > 0 ? t('card.free', { formatted: format.count(total.freeCount) }) : null,
  ];
  return (
    <Card>
      <dl className="grid grid-cols-2 md:grid-cols-6 xl:grid-cols-5 xl:divide-x">
        <Figure label={t('card.total')} className="col-span-2 md:col-span-3" value={<AmountTotalText total={total} />}>
          <ExactShare total={total} />
          {projectedNanos !== null && (
            <span className="block">
              {t('card.projected')} <ProjectionText costNanos={projectedNanos} />
            </span>
          )}
        </Figure>
        <Figure label={t('card.calls')} className="md:col-span-3" value={format.count(total.callCount)}>
          {calls.filter((part) => part !== null).join(' · ')}
        </Figure>
        <Figure label={t('card.tokens')} className="md:col-span-2" value={format.compactCount(inputTokens + outputTokens)}>
          {t('card.inAndOut', { input: format.compactCount(inputTokens), output: format.compactCount(outputTokens) })}
        </Figure>
        <Figure label={t('card.saved')} className="md:col-span-2" value={<SavingsText savedNanos={savedNanos} />}>
          {cacheReadTokens === 0 || inputTokens === 0
            ? t('card.noneCached')
            : t('card.cached', { percent: format.percent(cacheReadTokens / inputTokens) })}
        </Figure>
        <Figure
          label={t('card.speed')}
          className="md:col-span-2"
          value={timedMs === 0 ? '–' : t('perSecond', { formatted: format.count(Math.round(valueOf(measures, 'speed'))) })}
        >
          {timedMs === 0 ? t('speedUnknown') : t('card.speedBasis')}
        </Figure>
      </dl>
    </Card>
  );
}
