import { z } from 'zod';
import { call } from '../rpc/define.ts';

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
export type UnpricedModel = z.infer<typeof unpricedModel>;

export const prices = {
  'prices.list': call({ input: z.void(), output: z.object({ prices: z.array(ownPrice), unpriced: z.array(unpricedModel) }) }),
  /** Takes the place of the one of the same day. Calls that are booked keep the price they were booked at. */
  'prices.set': call({ input: z.object({ ...key, ...rates }), output: z.void() }),
  'prices.remove': call({ input: z.object(key), output: z.void() }),
};
