import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../navigation/place.ts';
import { queries } from '../rpc/queries.ts';
import { BudgetBar } from './budget-bar.tsx';
import { Card } from './ui/card.tsx';

/** Every budget as a bar, with the way to where they are changed. Nothing while there are none, unless `showEmpty`. */
export function BudgetBars({ showEmpty = false }: { showEmpty?: boolean }) {
  const { t } = useTranslation('budgets');
  const budgets = useQuery(queries.budgets()).data?.budgets;
  if (budgets === undefined || (budgets.length === 0 && !showEmpty)) return null;
  return (
    <Card className="p-4">
      <div className="mb-3 flex items-baseline justify-between gap-3">
        <h2 className="font-semibold">{t('title')}</h2>
        <a href={hrefOf({ name: 'spend', view: 'budgets' })} className="text-sm text-accent hover:underline">
          {t('open')}
        </a>
      </div>
      {budgets.length === 0 ? (
        <p className="text-muted">{t('emptyHelp')}</p>
      ) : (
        <ul className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
          {budgets.map((budget) => (
            <li key={budget.id}>
              <BudgetBar budget={budget} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
