import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpendMeasures } from '../../../shared/contract/spend.ts';
import { AmountTotalText, ExactShare, ProjectionText, SavingsText } from '../../components/amount.tsx';
import { Card } from '../../components/ui/card.tsx';
import { useFormat } from '../../lib/format.ts';
import { valueOf } from './chart-data.ts';

function Figure({ label, value, children }: { label: string; value: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5 px-4 py-3">
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
      <dl className="grid grid-cols-2 md:grid-cols-3 xl:grid-cols-5 xl:divide-x">
        <Figure label={t('card.total')} value={<AmountTotalText total={total} />}>
          <ExactShare total={total} />
          {projectedNanos !== null && (
            <span className="block">
              {t('card.projected')} <ProjectionText costNanos={projectedNanos} />
            </span>
          )}
        </Figure>
        <Figure label={t('card.calls')} value={format.count(total.callCount)}>
          {calls.filter((part) => part !== null).join(' · ')}
        </Figure>
        <Figure label={t('card.tokens')} value={format.compactCount(inputTokens + outputTokens)}>
          {t('card.inAndOut', { input: format.compactCount(inputTokens), output: format.compactCount(outputTokens) })}
        </Figure>
        <Figure label={t('card.saved')} value={<SavingsText savedNanos={savedNanos} />}>
          {cacheReadTokens === 0 || inputTokens === 0
            ? t('card.noneCached')
            : t('card.cached', { percent: format.percent(cacheReadTokens / inputTokens) })}
        </Figure>
        <Figure
          label={t('card.speed')}
          value={timedMs === 0 ? '–' : t('perSecond', { formatted: format.count(Math.round(valueOf(measures, 'speed'))) })}
        >
          {timedMs === 0 ? t('speedUnknown') : t('card.speedBasis')}
        </Figure>
      </dl>
    </Card>
  );
}
