import { BudgetBars } from '../../components/budget-bars.tsx';

/** How much of each budget is used; they are changed under Spend. */
export function BudgetsSection() {
  return (
    <div className="mb-9">
      <BudgetBars showEmpty />
    </div>
  );
}
