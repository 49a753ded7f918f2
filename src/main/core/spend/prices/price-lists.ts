import { createBasePrices, type BasePrices } from './base-prices.ts';
import { bundledPriceList, type PriceList } from './bundled-prices.ts';
import type { ListedModel, ListedPrice, ModelPriceQuery } from './rates.ts';
import { describeTallyPrice, findTallyPrice, tallyModels, tallyPricesVersion } from './tally-prices.ts';

/** The price lists as one: for each model the list that knows it best. */
export interface PriceLists {
  /** The lists' name for who answers at this address; null when it is nobody they know. */
  readonly providerAt: BasePrices['providerAt'];
  readonly find: (query: ModelPriceQuery) => ListedPrice | null;
  readonly describe: (query: Omit<ModelPriceQuery, 'inputTokens'>) => ListedModel | null;
  /** The entry with exactly this id, as `all` gives it. */
  readonly entry: BasePrices['entry'];
  /** Every model of every seller at a moment (epoch milliseconds). */
  readonly all: (at: number) => ListedModel[];
}

/**
 * Tally's own list, which has models that the bundled one lacks, goes before it; a list that was downloaded since goes before both.
 * `list` is the one in force beside Tally's own, asked each time: another one may have taken its place.
 */
export function createPriceLists(list: () => PriceList = () => bundledPriceList): PriceLists {
  const base = createBasePrices(list);
  /** The bundled list has the package's version, which is no day. */
  const isNewerThanTallys = (): boolean => /^\d{4}-/.test(list().version) && list().version > tallyPricesVersion;

  function describeTallys(query: Omit<ModelPriceQuery, 'inputTokens'>): ListedModel | null {
    const found = describeTallyPrice(query);
    return found && { ...found, sellerId: query.providerId, sellerName: nameOf(query.providerId) };
  }

  function nameOf(sellerId: string): string {
    return list().providers.find(({ id }) => id === sellerId)?.name ?? sellerId;
  }

  return {
    providerAt: base.providerAt,
    find: (query) => (isNewerThanTallys() ? (base.find(query) ?? findTallyPrice(query)) : (findTallyPrice(query) ?? base.find(query))),
    describe: (query) =>
      isNewerThanTallys() ? (base.describe(query) ?? describeTallys(query)) : (describeTallys(query) ?? base.describe(query)),
    entry: (query) => (isNewerThanTallys() ? (base.entry(query) ?? describeTallys(query)) : (describeTallys(query) ?? base.entry(query))),
    all(at) {
      const listed = base.all(at);
      const keyOf = ({ sellerId, modelId }: Pick<ListedModel, 'sellerId' | 'modelId'>): string => `${sellerId} ${modelId}`;
      const known = new Set(listed.map(keyOf));
      const tallys = new Map(
        tallyModels.flatMap(({ provider, id }) => {
          const model = describeTallys({ providerId: provider, modelId: id, at });
          return model === null ? [] : [[keyOf(model), model] as const];
        }),
      );
      const added = [...tallys].filter(([key]) => !known.has(key)).map(([, model]) => model);
      if (isNewerThanTallys()) return [...listed, ...added];
      return [...listed.map((model) => tallys.get(keyOf(model)) ?? model), ...added];
    },
  };
}
