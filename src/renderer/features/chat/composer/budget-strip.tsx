import { useMutation } from '@tanstack/react-query';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { BudgetNotice } from '../../../../shared/contract/budgets.ts';
import type { ModelRef } from '../../../../shared/contract/chat.ts';
import { limitText } from '../../../components/amount-text.ts';
import { AmountText } from '../../../components/amount.tsx';
import { useBudgetName } from '../../../components/budget-bar.tsx';
import { failureOf, useErrorSentence } from '../../../components/error-sentence.ts';
import { Button } from '../../../components/ui/button.tsx';
import { cn } from '../../../lib/cn.ts';
import { goTo, type PricedModel } from '../../../navigation/place.ts';
import { mutation } from '../../../rpc/queries.ts';
import { showModelPicker } from '../choice-store.ts';
import { raisedLimitNanos } from './raised-limit.ts';

interface StripProps {
  notice: BudgetNotice;
  /** Whom the send is for. */
  model: ModelRef | null;
  /** Who is asked beside it; null: nobody. */
  compareWith: ModelRef | null;
  onSendOnce: () => void;
}

/** Above the message field: that a send does not fit into a budget, in one line with the numbers, and what can be done about it. */
export function BudgetStrip(props: StripProps) {
  const { notice } = props;
  const isStop = notice.verdict !== 'notice';
  const Icon = isStop ? CircleAlert : TriangleAlert;
  return (
    <div
      role={isStop ? 'alert' : 'status'}
      className={cn('mb-2 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg px-3 py-2', isStop ? 'bg-danger-soft' : 'bg-warn-soft')}
    >
      <Icon aria-hidden className={cn('size-4 shrink-0', isStop ? 'text-danger' : 'text-warn')} />
      <p className="flex-[1_0_calc(100%-2rem)] text-pretty">
        <StripText {...props} />
      </p>
      {isStop && <StripActions {...props} />}
    </div>
  );
}

function StripText({ notice: { verdict, budget, neededNanos, besideNanos }, model, compareWith }: StripProps) {
  const { t, i18n } = useTranslation('budgets');
  const name = useBudgetName()(budget);
  const { limitNanos, spentNanos, spentExactness, reservedNanos } = budget;
  const usedNanos = spentNanos + reservedNanos;
  const used = { exactness: reservedNanos > 0 ? 'estimated' : spentExactness, costNanos: usedNanos } as const;
  const limit = limitText(limitNanos, i18n.language);
  const leftNanos = Math.max(0, limitNanos - usedNanos);
  // Of at least so much used, at most so much is left; nothing is nothing.
  const left = { exactness: used.exactness === 'exact' || leftNanos === 0 ? 'exact' : 'estimated', costNanos: leftNanos } as const;
  if (verdict === 'over' && neededNanos !== null) {
    return (
      <>
        {t(budget.atLimit === 'block' ? 'strip.blocked' : 'strip.over')} {t('strip.overNeeds')}{' '}
        {besideNanos === null || model === null || compareWith === null ? (
          <AmountText amount={{ exactness: 'estimated', costNanos: neededNanos }} />
        ) : (
          <>
            <AmountText amount={{ exactness: 'estimated', costNanos: neededNanos - besideNanos }} /> ({model.modelId}) +{' '}
            <AmountText amount={{ exactness: 'estimated', costNanos: besideNanos }} /> ({compareWith.modelId})
          </>
        )}
        {i18n.language === 'ja' ? '、' : '; '}
        {t('strip.overLeft')} <AmountText amount={left} /> {t('of')} {limit} ({name}
        ).
      </>
    );
  }
  const withSend = verdict === 'notice' ? usedNanos + (neededNanos ?? 0) : usedNanos;
  return (
    <>
      {verdict === 'unpriced' && `${t('strip.unpriced')} `}
      {name}: <AmountText amount={verdict === 'notice' ? { exactness: 'estimated', costNanos: withSend } : used} /> {t('of')} {limit}
      {verdict === 'notice' && ` ${t('strip.notice')}`}
    </>
  );
}

function StripActions({ notice: { verdict, budget, neededNanos }, model, onSendOnce }: StripProps) {
  const { t, i18n } = useTranslation('budgets');
  const sentence = useErrorSentence();
  const raise = useMutation({
    ...mutation('budgets.raise'),
    onSuccess: () => void toast(t('strip.raised')),
    onError: (error) => void toast.error(sentence(failureOf(error)).title),
  });
  const newLimitNanos = raisedLimitNanos(budget, neededNanos ?? 0);
  const isBlocked = verdict === 'over' && budget.atLimit === 'block';
  const sendOnce = (
    <Button size="sm" variant={isBlocked ? 'ghost' : 'secondary'} onClick={onSendOnce}>
      {t(isBlocked ? 'strip.override' : 'strip.sendOnce')}
    </Button>
  );
  return (
    <div className="ml-7 flex flex-wrap gap-1.5">
      {!isBlocked && sendOnce}
      {verdict === 'over' ? (
        <Button size="sm" busy={raise.isPending} onClick={() => raise.mutate({ id: budget.id, limitNanos: newLimitNanos })}>
          {t('strip.raise', { limit: limitText(newLimitNanos, i18n.language) })}
        </Button>
      ) : (
        <Button size="sm" onClick={() => goTo({ name: 'spend', view: 'prices', ...pricedModelOf(model) })}>
          {t('strip.setPrice')}
        </Button>
      )}
      <Button size="sm" variant="ghost" onClick={() => showModelPicker(true)}>
        {t('strip.cheaper')}
      </Button>
      {isBlocked && sendOnce}
    </div>
  );
}

function pricedModelOf(model: ModelRef | null): { priceOf?: PricedModel } {
  return model === null ? {} : { priceOf: { providerId: model.providerId, model: model.modelId } };
}
