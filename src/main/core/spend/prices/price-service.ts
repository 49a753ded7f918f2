import type { PriceImport, prices } from '../../../../shared/contract/prices.ts';
import type { ProviderKind } from '../../../../shared/contract/usage.ts';
import type { HandlersFor } from '../../../../shared/rpc/define.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../../db/database.ts';
import type { AppEvents } from '../../events.ts';
import type { EarlierCalls } from '../earlier-calls.ts';
import { toListedPrice, type OwnPriceStore, type PlannedPrice } from './own-price-store.ts';
import { frozenOwn, type FrozenPrice } from './price-book.ts';
import type { PriceListStore } from './price-list-store.ts';
import type { createPriceListUpdate } from './price-list-update.ts';
import { readPriceFile, writePriceFile } from './price-file.ts';
import { planPriceImport } from './plan-price-import.ts';
import { listedModels, toOwnPrice, usedModels, type CatalogDeps, type Seller } from './price-catalog.ts';

export interface PriceServiceDeps extends CatalogDeps {
  readonly db: Db;
  readonly store: OwnPriceStore;
  readonly listStore: Pick<PriceListStore, 'current' | 'isUpdated'>;
  readonly earlierCalls: EarlierCalls;
  readonly update: ReturnType<typeof createPriceListUpdate>;
  readonly providers: () => readonly (Seller & { readonly kind: ProviderKind })[];
  readonly events: AppEvents;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export type PriceService = ReturnType<typeof createPriceService>;
type Handlers = HandlersFor<typeof prices>;

/** The prices the user has set, and the models that need one. What is booked already keeps the price it was booked at. */
export function createPriceService(deps: PriceServiceDeps) {
  const { store, events } = deps;

  /** Throws AppError NOT_FOUND; models on this computer and the demo have no price. */
  function sellerOf(providerId: string): Seller {
    const seller = sellers().find(({ id }) => id === providerId);
    if (seller === undefined) throw new AppError('NOT_FOUND', 'No such provider.');
    return seller;
  }

  function sellers(): readonly Seller[] {
    return deps.providers().filter(({ kind }) => kind === 'remote');
  }

  /** Models with calls that nobody could price, and no price set since. */
  function unpriced() {
    const byId = new Map(sellers().map((seller) => [seller.id, seller]));
    return deps.usageStore.listByModel().flatMap(({ providerId, model, total }) => {
      const seller = byId.get(providerId);
      if (seller === undefined || total.noPriceCount === 0) return [];
      if (store.find({ baseUrl: seller.baseUrl, names: [model], at: deps.now() }) !== null) return [];
      return [{ providerId, providerName: seller.name, model, callCount: total.noPriceCount }];
    });
  }

  function storedOf({ id, name, baseUrl }: Seller): PlannedPrice[] {
    return store.list(baseUrl).map((price) => ({ providerId: id, providerName: name, price }));
  }

  /** The price of the user's that is meant. Throws AppError NOT_FOUND. */
  function ownPrice({ providerId, model, validFrom }: { providerId: string; model: string; validFrom: string }): FrozenPrice {
    const price = store.list(sellerOf(providerId).baseUrl).find((known) => known.model === model && known.validFrom === validFrom);
    if (price === undefined) throw new AppError('NOT_FOUND', 'No such price.');
    return frozenOwn(toListedPrice(price));
  }

  function plan(text: string): { prices: readonly PlannedPrice[]; shown: PriceImport } {
    return planPriceImport(readPriceFile(text), sellers(), sellers().flatMap(storedOf));
  }

  return {
    book: () => ({
      used: usedModels(deps, sellers(), deps.now()),
      listed: listedModels(deps.lists, sellers(), deps.now()),
      list: { version: deps.listStore.current().version, isUpdated: deps.listStore.isUpdated(), host: deps.update.host },
    }),
    checkUpdate: () => deps.update.check(),
    acceptUpdate({ id }) {
      deps.update.accept(id);
      events.emit({ type: 'prices.changed' });
    },
    undoUpdate() {
      deps.update.undo();
      events.emit({ type: 'prices.changed' });
    },
    list: () => ({
      prices: sellers().flatMap(({ id, name, baseUrl }) => store.list(baseUrl).map((price) => toOwnPrice(price, id, name))),
      unpriced: unpriced(),
    }),
    set({ providerId, replaces, ...price }) {
      const { baseUrl } = sellerOf(providerId);
      inTransaction(deps.db, () => {
        if (replaces !== null) store.remove({ ...replaces, baseUrl });
        store.set({ ...price, baseUrl });
      });
      events.emit({ type: 'prices.changed' });
    },
    export: ({ format }) => ({
      text: writePriceFile(
        sellers().flatMap((seller) => storedOf(seller)),
        format,
      ),
    }),
    previewImport: ({ text }) => plan(text).shown,
    import({ text }) {
      const { prices, shown } = plan(text);
      inTransaction(deps.db, () => prices.forEach(({ price }) => store.set(price)));
      events.emit({ type: 'prices.changed' });
      return shown;
    },
    earlierCalls: async (input) => ({ earlier: await deps.earlierCalls.quote(input, ownPrice(input)) }),
    priceEarlier: ({ callCount, costNanos, ...input }) => deps.earlierCalls.price(input, ownPrice(input), { callCount, costNanos }),
    setBackEarlier: (input) => deps.earlierCalls.setBack(input),
    remove({ providerId, ...price }) {
      store.remove({ ...price, baseUrl: sellerOf(providerId).baseUrl });
      events.emit({ type: 'prices.changed' });
    },
  } satisfies {
    book: () => ReturnType<Handlers['prices.book']>;
    checkUpdate: () => ReturnType<Handlers['prices.checkUpdate']>;
    acceptUpdate: (input: Parameters<Handlers['prices.acceptUpdate']>[0]) => ReturnType<Handlers['prices.acceptUpdate']>;
    undoUpdate: () => ReturnType<Handlers['prices.undoUpdate']>;
    list: () => ReturnType<Handlers['prices.list']>;
    set: (input: Parameters<Handlers['prices.set']>[0]) => ReturnType<Handlers['prices.set']>;
    export: (input: Parameters<Handlers['prices.export']>[0]) => ReturnType<Handlers['prices.export']>;
    previewImport: (input: Parameters<Handlers['prices.previewImport']>[0]) => ReturnType<Handlers['prices.previewImport']>;
    import: (input: Parameters<Handlers['prices.import']>[0]) => ReturnType<Handlers['prices.import']>;
    earlierCalls: (input: Parameters<Handlers['prices.earlierCalls']>[0]) => ReturnType<Handlers['prices.earlierCalls']>;
    priceEarlier: (input: Parameters<Handlers['prices.priceEarlier']>[0]) => ReturnType<Handlers['prices.priceEarlier']>;
    setBackEarlier: (input: Parameters<Handlers['prices.setBackEarlier']>[0]) => ReturnType<Handlers['prices.setBackEarlier']>;
    remove: (input: Parameters<Handlers['prices.remove']>[0]) => ReturnType<Handlers['prices.remove']>;
  };
}
