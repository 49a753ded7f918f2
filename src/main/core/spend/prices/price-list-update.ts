import type { PriceListUpdate } from '../../../../shared/contract/prices.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import type { Fetch } from '../../ports.ts';
import { parsePriceList } from './parse-price-list.ts';
import { toModelPrice } from './price-catalog.ts';
import type { PriceListStore } from './price-list-store.ts';
import { createPriceLists, type PriceLists } from './price-lists.ts';
import type { ListedModel } from './rates.ts';

const maxListBytes = 16 * 1024 * 1024;
const timeLimitMs = 30_000;

export interface UpdateDeps {
  readonly store: PriceListStore;
  readonly lists: PriceLists;
  /** Where the list is published. */
  readonly url: string;
  readonly fetch: Fetch;
  readonly newId: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Fetches the published list when asked to, and puts it in force when it is accepted; nothing changes before. */
export function createPriceListUpdate({ store, lists, url, fetch, newId, now }: UpdateDeps) {
  let candidate: { readonly id: string; readonly text: string; readonly day: string } | null = null;
  return {
    host: new URL(url).host,
    /** Throws AppError PRICE_LIST_UNREACHABLE or PRICE_LIST_INVALID; the list in force stays as it is. */
    async check(): Promise<PriceListUpdate> {
      candidate = null;
      const text = await download(url, fetch);
      const providers = parsePriceList(text);
      if (providers === null) throw new AppError('PRICE_LIST_INVALID', 'Not a list of prices.');
      const [id, day, at] = [newId(), new Date(now()).toISOString().slice(0, 10), now()];
      const changes = changesOf(lists.all(at), createPriceLists(() => ({ providers, version: day })).all(at));
      candidate = { id, text, day };
      return { id, ...changes };
    },
    /** Throws AppError NOT_FOUND for an update that was not the last to be fetched. */
    accept(id: string): void {
      if (candidate?.id !== id) throw new AppError('NOT_FOUND', 'Another list was fetched since.');
      store.accept(candidate.text, candidate.day);
      candidate = null;
    },
    undo: store.undo,
  };
}

async function download(url: string, fetch: Fetch): Promise<string> {
  try {
    // To no other host than the one that was named.
    const response = await fetch(url, { redirect: 'error', credentials: 'omit', signal: AbortSignal.timeout(timeLimitMs) });
    if (!response.ok) throw new Error(`Status ${response.status}`);
    const chunks: Uint8Array[] = [];
    let sizeBytes = 0;
    for await (const chunk of response.body ?? []) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxListBytes) throw new AppError('PRICE_LIST_INVALID', 'The list is too large.');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('PRICE_LIST_UNREACHABLE', 'The list could not be fetched.');
  }
}

function changesOf(before: readonly ListedModel[], after: readonly ListedModel[]): Omit<PriceListUpdate, 'id'> {
  const keyOf = ({ sellerId, modelId }: ListedModel): string => `${sellerId} ${modelId}`;
  const [old, fresh] = [new Map(before.map((model) => [keyOf(model), model])), new Map(after.map((model) => [keyOf(model), model]))];
  const changed = [...fresh].flatMap(([key, model]) => {
    const was = old.get(key);
    return was === undefined || figuresOf(was) === figuresOf(model)
      ? []
      : [{ ...shownOf(model), before: ratesOf(was), after: ratesOf(model) }];
  });
  return {
    changed,
    added: [...fresh].filter(([key]) => !old.has(key)).map(([, model]) => ({ ...shownOf(model), after: ratesOf(model) })),
    gone: [...old].filter(([key]) => !fresh.has(key)).map(([, model]) => shownOf(model)),
  };
}

function figuresOf({ price }: ListedModel): string {
  return JSON.stringify(price && [price.rates, price.steps, price.otherRates]);
}

function shownOf({ sellerName, modelId }: ListedModel) {
  return { sellerName, model: modelId };
}

function ratesOf({ price, sellerId, modelId }: ListedModel) {
  return price === null ? null : toModelPrice(price, sellerId, modelId).rates;
}
