import { z } from 'zod';
import type { PriceImport } from '../../../../shared/contract/prices.ts';
import type { PlannedPrice, StoredOwnPrice } from './own-price-store.ts';
import { toOwnPrice, type Seller } from './price-catalog.ts';
import type { PriceFileRow } from './price-file.ts';

type Reason = PriceImport['bad'][number]['reason'];

const day = z.iso.date();
const maxModelLength = 200;
const maxRate = 1_000_000;

/**
 * What the rows of a file would do to the prices there are, and the prices to store. A row belongs to the provider with its
 * address, or with its name where it has no address of one. `rows` null: the file cannot be read.
 */
export function planPriceImport(
  rows: readonly PriceFileRow[] | null,
  sellers: readonly Seller[],
  present: readonly PlannedPrice[],
): { prices: PlannedPrice[]; shown: PriceImport } {
  const before = new Map(present.map((planned) => [keyOf(planned), planned]));
  const prices = new Map<string, PlannedPrice>();
  const bad: PriceImport['bad'] = rows === null ? [{ row: 1, reason: 'unreadable' }] : [];
  for (const [index, row] of (rows ?? []).entries()) {
    const read = readRow(row, sellers);
    const reason = typeof read === 'string' ? read : prices.has(keyOf(read)) ? 'twice' : null;
    if (reason !== null) bad.push({ row: index + 1, reason });
    else if (typeof read !== 'string') prices.set(keyOf(read), read);
  }
  const shown: PriceImport = { added: [], changed: [], sameCount: 0, bad };
  for (const [key, planned] of prices) {
    const old = before.get(key);
    if (old === undefined) shown.added.push(shownOf(planned));
    else if (isSame(old.price, planned.price)) shown.sameCount += 1;
    else shown.changed.push({ before: shownOf(old), after: shownOf(planned) });
  }
  return { prices: [...prices.values()], shown };
}

function readRow(row: PriceFileRow, sellers: readonly Seller[]): PlannedPrice | Reason {
  const seller = sellers.find(({ baseUrl }) => baseUrl === row.baseUrl) ?? sellers.find(({ name }) => name === row.provider);
  if (seller === undefined) return 'provider';
  if (row.model === '' || row.model.length > maxModelLength) return 'model';
  if (!day.safeParse(row.validFrom).success) return 'day';
  const inputPerMillion = rateOf(row.inputPerMillion);
  const [cacheReadPerMillion, cacheWritePerMillion, outputPerMillion] = [
    rateOf(row.cacheReadPerMillion),
    rateOf(row.cacheWritePerMillion),
    rateOf(row.outputPerMillion),
  ];
  if (inputPerMillion === null || inputPerMillion === undefined) return 'rate';
  if (cacheReadPerMillion === undefined || cacheWritePerMillion === undefined || outputPerMillion === undefined) return 'rate';
  const rates = { inputPerMillion, cacheReadPerMillion, cacheWritePerMillion, outputPerMillion };
  return {
    providerId: seller.id,
    providerName: seller.name,
    price: { baseUrl: seller.baseUrl, model: row.model, validFrom: row.validFrom, ...rates },
  };
}

/** null where there is none, undefined where it is no rate. */
function rateOf(text: string): number | null | undefined {
  if (text === '') return null;
  const rate = /^\d+(?:\.\d+)?$/u.test(text) ? Number(text) : Number.NaN;
  return rate <= maxRate ? rate : undefined;
}

function keyOf({ price: { baseUrl, model, validFrom } }: PlannedPrice): string {
  return JSON.stringify([baseUrl, model, validFrom]);
}

function isSame(a: StoredOwnPrice, b: StoredOwnPrice): boolean {
  return (
    a.inputPerMillion === b.inputPerMillion &&
    a.cacheReadPerMillion === b.cacheReadPerMillion &&
    a.cacheWritePerMillion === b.cacheWritePerMillion &&
    a.outputPerMillion === b.outputPerMillion
  );
}

function shownOf({ providerId, providerName, price }: PlannedPrice) {
  return toOwnPrice(price, providerId, providerName);
}
