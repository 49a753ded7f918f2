import { z } from 'zod';
import list from '../../../../../resources/model-prices.json' with { type: 'json' };
import { withoutSnapshotDate, type ListedPrice, type ListedRates, type ModelPriceQuery, type Rates } from './rates.ts';

const rate = z.number().nonnegative();
const multiplier = z.number().positive();
const tierNames = z.array(z.string()).nonempty();

const priceList = z.strictObject({
  version: z.iso.date(),
  models: z.array(
    z.strictObject({
      provider: z.string(),
      id: z.string(),
      /** The first day, UTC, at this price. */
      since: z.iso.date(),
      inputPerMillion: rate,
      cacheReadPerMillion: rate.nullable(),
      cacheWritePerMillion: rate.nullable(),
      cacheWrite12hPerMillion: rate.nullable(),
      outputPerMillion: rate.nullable(),
      /** Of the whole request, when its input has more tokens than `above`. */
      longContext: z.strictObject({ above: z.int(), inputMultiplier: multiplier, outputMultiplier: multiplier }).nullable(),
    }),
  ),
  /** `models: null` is all of the provider's. Where no round multiplier gives the listed prices, they are given as rates. */
  serviceTiers: z.array(
    z.union([
      z.strictObject({ provider: z.string(), tiers: tierNames, multiplier, models: z.array(z.string()).nullable() }),
      z.strictObject({
        provider: z.string(),
        tiers: tierNames,
        rates: z.strictObject({ inputPerMillion: rate, cacheReadPerMillion: rate, outputPerMillion: rate }),
        models: z.array(z.string()),
      }),
    ]),
  ),
  /** Hosts that process in one region at a surcharge. */
  regions: z.array(z.strictObject({ provider: z.string(), host: z.string(), model: z.string(), multiplier })),
});

const prices = priceList.parse(list);

/** The models of Tally’s list, for comparing it with the bundled one. */
export const tallyModels = prices.models;

type TallyModel = (typeof tallyModels)[number];

/** The price in Tally’s own list: models the bundled list does not have yet. */
export function findTallyPrice(query: ModelPriceQuery): ListedPrice | null {
  const model = findModel(query);
  return model && { rates: ratesFor(model, query.inputTokens), modelId: model.id, source: 'tally', version: prices.version };
}

/** Everything Tally’s own list says about a model's price. */
export function describeTallyPrice(query: Omit<ModelPriceQuery, 'inputTokens'>): { modelId: string; price: ListedRates } | null {
  const model = findModel(query);
  if (!model) return null;
  const fromTokens = model.longContext === null ? null : model.longContext.above + 1;
  return {
    modelId: model.id,
    price: {
      rates: ratesFor(model, null),
      steps: fromTokens === null ? [] : [{ fromTokens, rates: ratesFor(model, fromTokens) }],
      otherRates: [],
      variesByTime: false,
      since: model.since,
      source: 'tally',
      version: prices.version,
    },
  };
}

/** The entry of a model, or of the model a snapshot is of, that holds at a moment. */
function findModel({ providerId, modelId, at }: Omit<ModelPriceQuery, 'inputTokens'>): TallyModel | null {
  const name = modelId.toLowerCase();
  const found = prices.models.filter(
    ({ provider, id, since }) => provider === providerId && (id === name || id === withoutSnapshotDate(name)) && Date.parse(since) <= at,
  );
  return found.toSorted((a, b) => a.since.localeCompare(b.since)).at(-1) ?? null;
}

function ratesFor(model: TallyModel, inputTokens: number | null): Rates {
  const { longContext } = model;
  const isLong = longContext !== null && (inputTokens ?? 0) > longContext.above;
  return isLong ? scaledRates(model, longContext.inputMultiplier, longContext.outputMultiplier) : scaledRates(model, 1, 1);
}

/** The service tiers of a model and what each makes of its price: a factor, or null where it has rates of its own. */
export function serviceTiersOf(providerId: string, modelId: string): { names: string[]; multiplier: number | null }[] {
  return prices.serviceTiers
    .filter(({ provider, models }) => provider === providerId && (models === null || models.includes(modelId)))
    .map((entry) => ({ names: [...entry.tiers], multiplier: 'multiplier' in entry ? entry.multiplier : null }));
}

/** What a service tier makes of the rates of a model: a factor, other rates, or null when its price is not known. */
export function serviceTierOf(providerId: string, modelId: string, tier: string): { multiplier: number } | { rates: Rates } | null {
  const entry = prices.serviceTiers.find(
    ({ provider, tiers, models }) => provider === providerId && tiers.includes(tier) && (models === null || models.includes(modelId)),
  );
  if (!entry) return null;
  if ('multiplier' in entry) return { multiplier: entry.multiplier };
  return { rates: { ...entry.rates, cacheWritePerMillion: null, cacheWrite12hPerMillion: null } };
}

/** The region an address stands for: whose it is, and the surcharge for a model. Null for every other address. */
export function regionAt(baseUrl: string): { providerId: string; multiplierOf(modelId: string): number } | null {
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).hostname : '';
  const region = prices.regions.find((candidate) => new RegExp(candidate.host).test(host));
  if (!region) return null;
  const isDearer = new RegExp(region.model);
  return { providerId: region.provider, multiplierOf: (modelId) => (isDearer.test(modelId) ? region.multiplier : 1) };
}

/** The date of Tally’s list. */
export const tallyPricesVersion = prices.version;

function scaledRates(rates: Rates, input: number, output: number): Rates {
  const scaled = (value: number | null, factor: number): number | null => (value === null ? null : value * factor);
  return {
    inputPerMillion: rates.inputPerMillion * input,
    cacheReadPerMillion: scaled(rates.cacheReadPerMillion, input),
    cacheWritePerMillion: scaled(rates.cacheWritePerMillion, input),
    cacheWrite12hPerMillion: scaled(rates.cacheWrite12hPerMillion, input),
    outputPerMillion: scaled(rates.outputPerMillion, output),
  };
}
