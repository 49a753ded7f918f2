import { z } from 'zod';
import { call } from '../rpc/define.ts';
import { amountTotal, costNanos } from './money.ts';

/** USD per million tokens. */
const rate = z.number().min(0).max(1_000_000);

/** null: this share costs as much as other input; of output: there is none. */
const rates = {
  inputPerMillion: rate,
  cacheReadPerMillion: rate.nullable(),
  cacheWritePerMillion: rate.nullable(),
  outputPerMillion: rate.nullable(),
};
const ownRates = z.object(rates);
export type OwnRates = z.infer<typeof ownRates>;

const key = {
  providerId: z.string().min(1).max(64),
  model: z.string().trim().min(1).max(200),
  /** The first day it holds, YYYY-MM-DD, in the user's time zone. */
  validFrom: z.iso.date(),
};

/** A price the user has set for a model of a provider. */
const ownPrice = z.object({ ...key, providerName: z.string(), ...rates });
export type OwnPrice = z.infer<typeof ownPrice>;

/** A model with calls whose price nobody knew. */
const unpricedModel = z.object({ providerId: z.string(), providerName: z.string(), model: z.string(), callCount: z.int() });

/** What a model costs, and by whose word. */
const modelPrice = z.object({
  rates: ownRates,
  /** From so many tokens of input on, the whole request costs this; the shortest first. */
  steps: z.array(z.object({ fromTokens: z.int(), rates: ownRates })),
  /** USD per million tokens of what is not text. */
  otherRates: z.array(z.object({ of: z.enum(['audioInput', 'audioOutput', 'imageInput', 'imageOutput']), usdPerMillion: rate })),
  /** Tiers by the names a reply calls them; null: at rates of their own. */
  serviceTiers: z.array(z.object({ names: z.array(z.string()), multiplier: z.number().nullable() })),
  /** Cheaper or dearer at some times of the day; these are the rates of the moment. */
  variesByTime: z.boolean(),
  /** The surcharge of the provider's region; 1 without one. */
  multiplier: z.number(),
  /** Nobody knows this seller; these are the prices of the model's maker. */
  isAssumed: z.boolean(),
  /** own: set by the user; else the list. */
  source: z.string(),
  version: z.string(),
  /** The first day at this price, YYYY-MM-DD; null where nobody says. */
  since: z.string().nullable(),
});
export type ModelPrice = z.infer<typeof modelPrice>;

/** A model of one of the user's providers that was called, or has a price of the user's. */
const usedModel = z.object({
  providerId: z.string(),
  providerName: z.string(),
  model: z.string(),
  callCount: z.int(),
  /** Calls that were booked without a price and have none yet. */
  unpricedCount: z.int(),
  /** Calls that were booked without a price and were priced afterwards by one of the user's. */
  pricedLater: amountTotal.nullable(),
  /** What a call would cost now; null when nobody knows. */
  price: modelPrice.nullable(),
  /** The prices the user has set, the newest first. */
  own: z.array(ownPrice),
});
export type UsedModel = z.infer<typeof usedModel>;

/** A model of the price lists. */
const listedModel = z.object({
  sellerId: z.string(),
  sellerName: z.string(),
  model: z.string(),
  /** null when tokens alone do not make its price. */
  price: modelPrice.nullable(),
  /** The user's provider that sells it; null without one. */
  providerId: z.string().nullable(),
});
export type ListedModel = z.infer<typeof listedModel>;

const listedName = { sellerName: z.string(), model: z.string() };

/** What a freshly fetched price list would change. */
const priceListUpdate = z.object({
  id: z.string(),
  changed: z.array(z.object({ ...listedName, before: ownRates.nullable(), after: ownRates.nullable() })),
  added: z.array(z.object({ ...listedName, after: ownRates.nullable() })),
  gone: z.array(z.object(listedName)),
});
export type PriceListUpdate = z.infer<typeof priceListUpdate>;

const priceFile = z.string().max(2_000_000);

/** The list in force: its version, or the day it was fetched; the host an update comes from. */
const priceListState = z.object({ version: z.string(), isUpdated: z.boolean(), host: z.string() });

/** What a file of prices would do. Prices it does not name stay. */
const priceImport = z.object({
  added: z.array(ownPrice),
  changed: z.array(z.object({ before: ownPrice, after: ownPrice })),
  /** Prices that are there already, just so. */
  sameCount: z.int(),
  /** Rows that cannot be used, by their place in the file: 1 is the first price. */
  bad: z.array(z.object({ row: z.int(), reason: z.enum(['unreadable', 'provider', 'model', 'day', 'rate', 'twice']) })),
});
export type PriceImport = z.infer<typeof priceImport>;

export const prices = {
  /** Every price there is, as of now. */
  'prices.book': call({
    input: z.void(),
    output: z.object({ used: z.array(usedModel), listed: z.array(listedModel), list: priceListState }),
  }),
  /** Fetches the price list from the host that `prices.book` names, and changes nothing. PRICE_LIST_UNREACHABLE, PRICE_LIST_INVALID. */
  'prices.checkUpdate': call({ input: z.void(), output: priceListUpdate }),
  /** Puts the list that was fetched last in force, for calls to come. */
  'prices.acceptUpdate': call({ input: z.object({ id: z.string().max(64) }), output: z.void() }),
  /** Goes back to the list that came with Tally. */
  'prices.undoUpdate': call({ input: z.void(), output: z.void() }),
  'prices.list': call({ input: z.void(), output: z.object({ prices: z.array(ownPrice), unpriced: z.array(unpricedModel) }) }),
  /** Takes the place of the one of the same day. Calls that are booked keep the price they were booked at. */
  'prices.set': call({
    input: z.object({
      ...key,
      ...rates,
      /** The price that was changed into this one, and goes; of the same provider. */
      replaces: z.object({ model: key.model, validFrom: key.validFrom }).nullable().default(null),
    }),
    output: z.void(),
  }),
  /** The user's own prices as a file. */
  'prices.export': call({ input: z.object({ format: z.enum(['csv', 'json']) }), output: z.object({ text: z.string() }) }),
  /** What importing a file, CSV or JSON, would do. */
  'prices.previewImport': call({ input: z.object({ text: priceFile }), output: priceImport }),
  /** Imports what can be used of a file, all of it or nothing. */
  'prices.import': call({ input: z.object({ text: priceFile }), output: priceImport }),
  /** What the calls of a model that have no price would come to at one of the user's; null without any. */
  'prices.earlierCalls': call({
    input: z.object(key),
    output: z.object({ earlier: z.object({ total: amountTotal, fromDay: z.string(), toDay: z.string() }).nullable() }),
  }),
  /**
   * Prices these calls by it. Their records stay, marked as priced afterwards. Throws AppError CONFLICT when they are no longer as many or
   * no longer come to as much; nothing is changed then.
   */
  'prices.priceEarlier': call({ input: z.object({ ...key, callCount: z.int().positive(), costNanos }), output: z.void() }),
  /** Takes the price off the calls of a model again that were priced afterwards. */
  'prices.setBackEarlier': call({ input: z.object({ providerId: key.providerId, model: key.model }), output: z.void() }),
  'prices.remove': call({ input: z.object(key), output: z.void() }),
};
