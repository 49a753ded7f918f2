import { expect, it } from 'vitest';
import type { ListedModel, OwnPrice, UsedModel } from '../../../../shared/contract/prices.ts';
import { priceRowsOf, type PriceFilter, type PriceRow } from './price-rows.ts';

const today = '2026-11-24';
const rates = { inputPerMillion: 1, cacheReadPerMillion: null, cacheWritePerMillion: null, outputPerMillion: 2 };

function own(validFrom: string): OwnPrice {
  return { providerId: 'p', providerName: 'Office', model: 'house', validFrom, ...rates };
}

function used(fields: Partial<UsedModel>): UsedModel {
  return {
    providerId: 'p',
    providerName: 'Office',
    model: 'house',
    callCount: 3,
    unpricedCount: 0,
    pricedLater: null,
    price: null,
    own: [],
    ...fields,
  };
}

function listed(sellerId: string, model: string, providerId: string | null = null): ListedModel {
  return { sellerId, sellerName: sellerId.toUpperCase(), model, price: null, providerId };
}

function keysOf(rows: readonly PriceRow[]): string[] {
  return rows.map(({ key }) => key);
}

const book = {
  used: [used({ own: [own('2026-12-01'), own('2026-11-24'), own('2026-01-01')] }), used({ model: 'gpt-x', callCount: 0 })],
  listed: [listed('acme', 'big model'), listed('openai', 'gpt-x', 'p'), listed('openai', 'gpt-y', 'p')],
};

function rows(filter: PriceFilter, search = ''): PriceRow[] {
  return priceRowsOf(book, filter, search, today);
}

it('has what is used first, then the lists of the own providers, and no model twice', () => {
  expect(keysOf(rows('all'))).toEqual([
    'yours p',
    'used p house',
    'own p house 2026-12-01',
    'own p house 2026-11-24',
    'own p house 2026-01-01',
    'used p gpt-x',
    'seller openai',
    'listed openai gpt-y',
    'seller acme',
    'listed acme big model',
  ]);
});

it('says which of the own prices holds: the newest whose day has come', () => {
  expect(rows('own').flatMap((row) => (row.kind === 'ownPrice' ? [row.state] : []))).toEqual(['future', 'current', 'past']);
});

it('finds by every word, in the name of the model or of its seller, and leaves no empty group', () => {
  expect(keysOf(rows('all', ' MODEL acme '))).toEqual(['seller acme', 'listed acme big model']);
  expect(rows('all', 'model office')).toEqual([]);
});

it('leaves out models never called where only used ones are wanted', () => {
  expect(keysOf(rows('used'))).not.toContain('used p gpt-x');
  expect(keysOf(rows('unpriced'))).toContain('used p gpt-x');
});

it('keeps a model that has a price by now among those without one while calls of it have none', () => {
  const price = { rates, steps: [], otherRates: [], serviceTiers: [], variesByTime: false, multiplier: 1, isAssumed: false };
  const priced = { ...price, source: 'own', version: '2026-11-24', since: null };
  const left = (unpricedCount: number) =>
    priceRowsOf({ used: [used({ price: priced, unpricedCount })], listed: [] }, 'unpriced', '', today);
  expect(left(0)).toEqual([]);
  expect(keysOf(left(2))).toContain('used p house');
});
