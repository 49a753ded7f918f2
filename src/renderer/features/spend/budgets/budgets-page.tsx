import { useMutation, useQuery } from '@tanstack/react-query';
import { Gauge, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { BudgetState } from '../../../../shared/contract/budgets.ts';
import { BudgetBar } from '../../../components/budget-bar.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorMessage } from '../../../components/error-message.tsx';
import { failureOf, useErrorSentence } from '../../../components/error-sentence.ts';
import { Page } from '../../../components/page.tsx';
import { Button } from '../../../components/ui/button.tsx';
import { Card } from '../../../components/ui/card.tsx';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { mutation, queries } from '../../../rpc/queries.ts';
import { SpendViews } from '../spend-views.tsx';
import { BudgetDialog } from './budget-dialog.tsx';
import { OverrideLog } from './override-log.tsx';

/** Budgets: how much of each is used, and what was done about them. */
export function BudgetsPage() {
  const { t } = useTranslation('budgets');
  // The budget that is edited; 'new' for one that is added.
  const [edited, setEdited] = useState<BudgetState | 'new' | null>(null);
  const list = useQuery(queries.budgets());
  const add = (
    <Button size="sm" onClick={() => setEdited('new')}>
      <Plus className="size-4" aria-hidden />
      {t('add')}
    </Button>
  );
  return (
    <Page title={t('title')} width="narrow" toolbar={<SpendViews current="budgets" />} actions={add}>
      <p className="mb-4 text-muted">{t('description')}</p>
      {list.isPending && <Skeleton className="h-24 w-full" />}
      {list.isError && <ErrorMessage failure={failureOf(list.error)} onRetry={() => void list.refetch()} />}
      {list.data?.budgets.length === 0 && (
        <EmptyState icon={<Gauge />} title={t('empty')}>
          {t('emptyHelp')}
        </EmptyState>
      )}
      {list.data !== undefined && list.data.budgets.length > 0 && (
        <Card>
          <ul className="divide-y">
            {list.data.budgets.map((budget) => (
              <BudgetRow key={budget.id} budget={budget} onEdit={() => setEdited(budget)} />
            ))}
          </ul>
        </Card>
      )}
      {list.data !== undefined && <OverrideLog overrides={list.data.overrides} />}
      {edited !== null && <BudgetDialog budget={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Page>
  );
}

function BudgetRow({ budget, onEdit }: { budget: BudgetState; onEdit: () => void }) {
  const { t } = useTranslation('budgets');
  const common = useTranslation('common').t;
  const sentenceOf = useErrorSentence();
  const onError = (error: unknown) => void toast.error(sentenceOf(failureOf(error)).title);
  const set = useMutation({ ...mutation('budgets.set'), onError });
  const remove = useMutation({ ...mutation('budgets.remove'), onError });
  const { per, of, limitNanos, noticeShare, atLimit } = budget;
  const undo = { label: common('undo'), onClick: () => set.mutate({ id: null, per, of, limitNanos, noticeShare, atLimit }) };
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <BudgetBar budget={budget} className="min-w-0 flex-1" />
      <span className="min-w-12 pt-px text-right text-sm whitespace-nowrap text-muted">{t(atLimit)}</span>
      <div className="-mt-1 flex items-center gap-1">
        <IconButton label={t('edit')} size="sm" onClick={onEdit}>
          <Pencil className="size-4" aria-hidden />
        </IconButton>
        <IconButton
          label={t('remove')}
          size="sm"
          onClick={() => remove.mutate({ id: budget.id }, { onSuccess: () => void toast(t('removed'), { action: undo }) })}
        >
          <Trash2 className="size-4" aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}
