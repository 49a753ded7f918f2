import { addTotals, emptyTotal, type AmountTotal } from '../../../shared/amount.ts';
import type { SpendMeasures, WhatIf, WhatIfTarget, spend } from '../../../shared/contract/spend.ts';
import type { ParsedInputOf } from '../../../shared/rpc/define.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { costNanosOf, type TokenShares } from './prices/cost-of.ts';
import type { FrozenPrice, PriceBook } from './prices/price-book.ts';
import type { Seller } from './prices/price-catalog.ts';
import type { PriceLists } from './prices/price-lists.ts';
import { cellsIn, periodOfDay, withoutEmptyStart } from './split-spend.ts';
import type { PeriodSum, SumQueries } from './sum-queries.ts';

export interface WhatIfDeps {
  readonly sums: SumQueries;
  readonly priceBook: PriceBook;
  readonly lists: PriceLists;
  readonly providers: () => readonly Seller[];
  /** Epoch milliseconds. */
  readonly now: () => number;
}

type WhatIfQuery = ParsedInputOf<(typeof spend)['spend.whatIf']>;

/** More models than anybody calls. */
const maxModels = 5_000;

/**
 * What the calls of some days would have cost at another model's prices of today: the tokens as the model that answered counted
 * them, what it read from its cache at the other's rate for that (as plain input where it has none), every prompt at the rate of
 * short ones. Calls to models that write nothing, such as embeddings, are left out. Reads sums and writes nothing.
 * Throws AppError NOT_FOUND when the price of the other model is not known.
 */
export function whatIf(deps: WhatIfDeps, query: WhatIfQuery): WhatIf {
  const { sums } = deps;
  const price = priceOf(deps, query.target);
  const range = withoutEmptyStart(query, sums.firstDay());
  const found = sums.sumsOf('model', sums.topKeys('model', range, 'cost', maxModels), range);
  const writing = [...found].filter(([, { outputTokens }]) => outputTokens > 0);
  const silent = [...found.values()].filter(({ outputTokens }) => outputTokens === 0);
  const all = writing.map(([, measures]) => measures);
  const { inputPerMillion, cacheReadPerMillion, cacheWritePerMillion, outputPerMillion, multiplier } = price;
  return {
    ...range,
    rates: { inputPerMillion, cacheReadPerMillion, cacheWritePerMillion, outputPerMillion, multiplier },
    real: realOf(all),
    whatIfNanos: costOf(all, price),
    cacheReadTokens: all.reduce((sum, { cacheReadTokens }) => sum + cacheReadTokens, 0),
    leftOut: realOf(silent),
    parts: partsOf(sums, writing, price),
    ...byPeriod(
      sums,
      { ...query, ...range },
      writing.map(([key]) => key),
      price,
    ),
  };
}

function priceOf({ priceBook, lists, providers, now }: WhatIfDeps, { of, id, model }: WhatIfTarget): FrozenPrice {
  const price = of === 'list' ? listPrice(lists, id, model, now()) : ofProvider();
  if (price === null) throw new AppError('NOT_FOUND', 'The price of this model is not known.');
  return price;

  function ofProvider(): FrozenPrice | null {
    const provider = providers().find((candidate) => candidate.id === id);
    return provider === undefined
      ? null
      : priceBook.priceOf({ baseUrl: provider.baseUrl, model, at: now(), serviceTier: null, inputTokens: null });
  }
}

function listPrice(lists: PriceLists, providerId: string, modelId: string, at: number): FrozenPrice | null {
  const listed = lists.entry({ providerId, modelId, at })?.price ?? null;
  return listed && { ...listed.rates, multiplier: 1, source: listed.source, version: listed.version, isAssumed: false };
}

function partsOf(sums: SumQueries, writing: readonly (readonly [string, SpendMeasures])[], price: FrozenPrice): WhatIf['parts'] {
  const providers = sums.providers();
  const parts = writing.map(([key, measures]) => {
    const slash = key.indexOf('/');
    const provider = providers.get(key.slice(0, slash));
    return {
      key,
      name: key.slice(slash + 1),
      providerName: provider?.name ?? null,
      providerKind: provider?.kind ?? null,
      real: measures.total,
      inputTokens: measures.inputTokens,
      outputTokens: measures.outputTokens,
      whatIfNanos: costOf([measures], price),
    };
  });
  return parts.toSorted((a, b) => b.whatIfNanos - a.whatIfNanos);
}

/** The periods, oldest first, as a whole and by model. */
function byPeriod(sums: SumQueries, query: WhatIfQuery, keys: readonly string[], price: FrozenPrice): Pick<WhatIf, 'bars' | 'cells'> {
  const found = cellsIn(sums, 'model', keys, query, query.unit);
  const grouped = Map.groupBy(found, ({ period }) => (period.length === 7 ? period : periodOfDay(period, query.unit, query.weekStartsOn)));
  const periods = [...grouped].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const reckoned = (sumsOf: readonly PeriodSum[]) => {
    const measured = sumsOf.map(({ measures }) => measures);
    return { real: realOf(measured), whatIfNanos: costOf(measured, price) };
  };
  return {
    bars: periods.map(([period, ofPeriod]) => ({ period, ...reckoned(ofPeriod) })),
    cells: periods.flatMap(([period, ofPeriod]) =>
      [...Map.groupBy(ofPeriod, ({ key }) => key)].map(([key, ofKey]) => ({ period, key, ...reckoned(ofKey) })),
    ),
  };
}

function realOf(measured: readonly SpendMeasures[]): AmountTotal {
  return measured.reduce((sum, { total }) => addTotals(sum, total), emptyTotal);
}

/** One rounding for all of them. */
function costOf(measured: readonly SpendMeasures[], price: FrozenPrice): number {
  return costNanosOf(sharesOf(measured), price);
}

function sharesOf(measured: readonly SpendMeasures[]): TokenShares {
  const sum = (pick: (measures: SpendMeasures) => number): number => measured.reduce((whole, measures) => whole + pick(measures), 0);
  return {
    plainInputTokens: sum((each) => Math.max(0, each.inputTokens - each.cacheReadTokens - each.cacheWriteTokens)),
    cacheReadTokens: sum((each) => each.cacheReadTokens),
    cacheWriteTokens: sum((each) => each.cacheWriteTokens),
    cacheWrite12hTokens: 0,
    outputTokens: sum((each) => each.outputTokens),
  };
}
