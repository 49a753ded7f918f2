import type { ProviderKind } from '../../../shared/contract/usage.ts';
import type { Db } from '../db/database.ts';
import type { AppEvents } from '../events.ts';
import type { Logger } from '../ports.ts';
import { createBillService } from './bill/bill-service.ts';
import { createBudgets } from './budgets/create-budgets.ts';
import { createCalibration } from './calibration.ts';
import { createLedger } from './create-ledger.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { createPartNames } from './part-names.ts';
import { createPrices, type PricesDeps } from './prices/create-prices.ts';
import type { Seller } from './prices/price-catalog.ts';
import { createSpendService } from './spend-service.ts';
import { createSumQueries } from './sum-queries.ts';
import type { TokenCounter } from './tokens/token-counter.ts';
import { createUsageStore } from './usage-store.ts';

export interface SpendingDeps {
  readonly db: Db;
  readonly dataDir: string;
  readonly tokenCounter: TokenCounter;
  readonly providers: () => readonly (Seller & { readonly kind: ProviderKind })[];
  /** What calls go out through. */
  readonly fetchOf: LedgerDeps['fetch'] & PricesDeps['fetchFor'];
  /** Where a newer price list is published; null: where genai-prices publishes its own. */
  readonly priceListUrl: string | null;
  readonly finishStopped: () => boolean;
  readonly countInputByProvider: () => boolean;
  readonly events: AppEvents;
  readonly log: Logger;
  /** IANA name of the user's time zone. */
  readonly timeZone: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
}

/** Everything about spend: the ledger every call goes through, what it is priced and limited by, and the routes that show it. */
export function createSpending(deps: SpendingDeps) {
  const { db, tokenCounter, providers, fetchOf, priceListUrl, finishStopped, countInputByProvider, ...shared } = deps;
  const { events, log, timeZone, now, newId } = shared;
  const usageStore = createUsageStore(db);
  const sums = createSumQueries(db);
  const calibration = createCalibration(db);
  const prices = createPrices({ db, usageStore, providers, listUrl: priceListUrl, fetchFor: fetchOf, ...shared });
  const { priceBook, priceLists: lists } = prices;
  const budgets = createBudgets({ db, providers, priceBook, calibration, events, timeZone, now, newId });
  const ledger = createLedger({
    db,
    guard: budgets.guard,
    usageStore,
    priceBook,
    tokenCounter,
    fetch: fetchOf,
    finishStopped,
    countInputByProvider,
    events,
    log,
    timeZone,
    now,
    newId,
  });
  const namesOf = createPartNames(db);
  const spend = createSpendService({ db, usageStore, sums, namesOf, priceBook, lists, providers, events, timeZone, now });
  return {
    usageStore,
    sums,
    priceBook,
    calibration,
    ledger,
    routes: { bill: createBillService({ db, events, now }), budgets: budgets.service, prices: prices.service, spend },
  };
}
