import { useTranslation } from 'react-i18next';
import type { BudgetOf, BudgetPer, BudgetState } from '../../shared/contract/budgets.ts';
import { cn } from '../lib/cn.ts';
import { useFormat } from '../lib/format.ts';
import { limitText } from './amount-text.ts';
import { AmountText } from './amount.tsx';
import { Progress } from './ui/progress.tsx';

interface Named {
  readonly per: BudgetPer;
  readonly of: BudgetOf;
  readonly providerName: string | null;
}

/** What a budget is on, in words: `Everything, per day`. */
export function useBudgetName(): (budget: Named) => string {
  const { t } = useTranslation('budgets');
  return ({ per, of, providerName }) =>
    t(`name.${per}.${of.kind}`, { provider: providerName ?? t('goneProvider'), model: of.kind === 'model' ? of.modelId : '' });
}

/** How much of a budget is used, as a bar and in figures, with what is held for calls under way. */
export function BudgetBar({ budget, className }: { budget: BudgetState; className?: string }) {
  const { t, i18n } = useTranslation('budgets');
  const format = useFormat();
  const name = useBudgetName()(budget);
  const { limitNanos, spentNanos, reservedNanos, spentExactness } = budget;
  const isEach = budget.per === 'conversation';
  const usedShare = (spentNanos + reservedNanos) / limitNanos;
  const tone = usedShare > 1 ? 'danger' : usedShare >= budget.noticeShare ? 'warn' : 'accent';
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium break-words">{name}</span>
        <span className="text-sm text-muted tabular">
          {!isEach && (
            <>
              <AmountText amount={{ exactness: spentExactness, costNanos: spentNanos }} className="text-ink" /> {t('of')}{' '}
            </>
          )}
          {limitText(limitNanos, i18n.language)}
        </span>
      </div>
      {isEach ? (
        <p className="text-sm text-muted">{t('eachConversation')}</p>
      ) : (
        <Progress
          value={usedShare}
          tone={tone}
          label={name}
          valueText={t('share', { percent: format.percent(usedShare) })}
          className="h-1.5"
        />
      )}
      {reservedNanos > 0 && (
        <p className="text-sm text-muted">
          <AmountText amount={{ exactness: 'estimated', costNanos: reservedNanos }} /> {t('underWay')}
        </p>
      )}
    </div>
  );
}
