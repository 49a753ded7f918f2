import type { ListedModel, OwnPrice, UsedModel } from '../../../../shared/contract/prices.ts';
import type { LocalDay } from '../../../lib/local-day.ts';

export const priceFilters = ['all', 'used', 'own', 'unpriced'] as const;
export type PriceFilter = (typeof priceFilters)[number];

/** Whether a price of the user's is the one in force. */
export type OwnPriceState = 'past' | 'current' | 'future';

/** A row of the price book. */
export type PriceRow =
  | { readonly kind: 'yours' | 'listed'; readonly key: string; readonly name: string; readonly modelCount: number }
  | { readonly kind: 'usedModel'; readonly key: string; readonly used: UsedModel }
  | {
      readonly kind: 'ownPrice';
      readonly key: string;
      readonly own: OwnPrice;
      readonly state: OwnPriceState;
      /** Calls of the model that have no price. */
      readonly unpricedCount: number;
    }
  | { readonly kind: 'listedModel'; readonly key: string; readonly listed: ListedModel };

interface PriceBookContent {
  readonly used: readonly UsedModel[];
  readonly listed: readonly ListedModel[];
}

/**
 * The rows that a filter and a search leave: first the user's models by provider, each with the prices the user has set for it,
 * then the lists by seller. A model stands once: one that is used is not listed again. Every word of the search has to be in the name of
 * the model or of who sells it.
 */
export function priceRowsOf(book: PriceBookContent, filter: PriceFilter, search: string, today: LocalDay): PriceRow[] {
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean);
  const isFound = (...names: readonly string[]): boolean => {
    const text = names.join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const used = book.used.filter((model) => isLeft(model, filter) && isFound(model.providerName, model.model));
  const isUsed = new Set(book.used.map(({ providerId, model }) => `${providerId}/${model}`));
  const listed =
    filter === 'all'
      ? book.listed.filter(({ sellerName, model, providerId }) => isFound(sellerName, model) && !isUsed.has(`${providerId ?? ''}/${model}`))
      : [];
  return [...usedRows(used, today), ...listedRows(listed)];
}

function isLeft({ own, price, callCount, unpricedCount }: UsedModel, filter: PriceFilter): boolean {
  if (filter === 'own') return own.length > 0;
  if (filter === 'unpriced') return price === null || unpricedCount > 0;
  return filter === 'all' || callCount > 0;
}

function usedRows(used: readonly UsedModel[], today: LocalDay): PriceRow[] {
  return [...Map.groupBy(used, ({ providerId }) => providerId)].flatMap(([providerId, models]): PriceRow[] => [
    { kind: 'yours', key: `yours ${providerId}`, name: models[0]?.providerName ?? '', modelCount: models.length },
    ...models.flatMap((model): PriceRow[] => [
      { kind: 'usedModel', key: `used ${providerId} ${model.model}`, used: model },
      ...model.own.map((own): PriceRow => {
        const key = `own ${providerId} ${model.model} ${own.validFrom}`;
        return { kind: 'ownPrice', key, own, state: stateOf(own, model.own, today), unpricedCount: model.unpricedCount };
      }),
    ]),
  ]);
}

/** The newest one whose day has come is in force. */
function stateOf(own: OwnPrice, all: readonly OwnPrice[], today: LocalDay): OwnPriceState {
  if (own.validFrom > today) return 'future';
  return all.some(({ validFrom }) => validFrom > own.validFrom && validFrom <= today) ? 'past' : 'current';
}

function listedRows(listed: readonly ListedModel[]): PriceRow[] {
  // Those of the user's own providers before the others, each in the list's order.
  const sorted = listed.toSorted((a, b) => Number(a.providerId === null) - Number(b.providerId === null));
  return [...Map.groupBy(sorted, ({ sellerId }) => sellerId)].flatMap(([sellerId, models]): PriceRow[] => [
    { kind: 'listed', key: `seller ${sellerId}`, name: models[0]?.sellerName ?? '', modelCount: models.length },
    ...models.map((model): PriceRow => ({ kind: 'listedModel', key: `listed ${sellerId} ${model.model}`, listed: model })),
  ]);
}
