import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AmountTotal } from '../../../shared/amount.ts';
import type { ModelSpend } from '../../../shared/contract/spend.ts';
import { AmountTotalText, ExactShare } from '../../components/amount.tsx';
import { Card } from '../../components/ui/card.tsx';
import { useFormat } from '../../lib/format.ts';

function Figure({ label, value, children }: { label: string; value: ReactNode; children: ReactNode }) {
  return (
    <Card className="flex min-w-0 flex-col gap-0.5 px-4 py-3">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="text-2xl font-semibold tabular">{value}</dd>
      <dd className="text-sm text-muted tabular">{children}</dd>
    </Card>
  );
}

interface SummaryCardsProps {
  total: AmountTotal;
  byModel: readonly ModelSpend[];
}

/** The period in four figures: cost, calls, tokens in, tokens out. */
export function SummaryCards({ total, byModel }: SummaryCardsProps) {
  const { t } = useTranslation('spend');
  const format = useFormat();
  const sum = (pick: (model: ModelSpend) => number) => byModel.reduce((whole, model) => whole + pick(model), 0);
  const [input, cached, output] = [
    sum((model) => model.inputTokens),
    sum((model) => model.cacheReadTokens),
    sum((model) => model.outputTokens),
  ];
  const paidCount = total.callCount - total.freeCount;
  const parts = [
    t('card.paid', { formatted: format.count(paidCount) }),
    total.freeCount > 0 ? t('card.free', { formatted: format.count(total.freeCount) }) : null,
    total.noPriceCount > 0 ? t('card.noPrice', { formatted: format.count(total.noPriceCount) }) : null,
  ];
  const perCall = total.callCount === 0 ? 0 : Math.round(output / total.callCount);
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Figure label={t('card.total')} value={<AmountTotalText total={total} />}>
        <ExactShare total={total} />
      </Figure>
      <Figure label={t('card.calls')} value={format.count(total.callCount)}>
        {parts.filter((part) => part !== null).join(' · ')}
      </Figure>
      <Figure label={t('card.input')} value={format.count(input)}>
        {cached === 0 || input === 0
          ? t('card.noneCached')
          : t('card.cached', { formatted: format.count(cached), percent: format.percent(cached / input) })}
      </Figure>
      <Figure label={t('card.output')} value={format.count(output)}>
        {t('card.perCall', { formatted: format.count(perCall) })}
      </Figure>
    </dl>
  );
}
