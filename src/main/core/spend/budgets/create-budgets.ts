import type { Db } from '../../db/database.ts';
import type { Calibration } from '../calibration.ts';
import type { PriceBook } from '../prices/price-book.ts';
import { createBudgetService, type BudgetService, type BudgetServiceDeps } from './budget-service.ts';
import { createBudgetStore } from './budget-store.ts';
import { createCallGuard, type CallGuard } from './guard-calls.ts';
import { createReadStanding } from './read-standings.ts';
import type { SparedAmounts } from './spared-amounts.ts';

export interface BudgetsDeps extends Omit<BudgetServiceDeps, 'store' | 'readStanding' | 'spared'> {
  readonly db: Db;
  readonly priceBook: PriceBook;
  readonly calibration: Pick<Calibration, 'lineOf'>;
  readonly timeZone: () => string;
}

/** Everything about budgets: the guard before every call, and the service behind the `budgets.` routes. */
export function createBudgets({ priceBook, calibration, timeZone, ...deps }: BudgetsDeps): { guard: CallGuard; service: BudgetService } {
  const store = createBudgetStore(deps.db);
  const readStanding = createReadStanding({ db: deps.db, now: deps.now, timeZone });
  const spared: SparedAmounts = new Map();
  return {
    guard: createCallGuard({ store, readStanding, spared, priceBook, calibration }),
    service: createBudgetService({ ...deps, store, readStanding, spared }),
  };
}
