import type { MatchLogic, Provider } from '@pydantic/genai-prices';
import { z } from 'zod';
import { bundledPriceList } from './bundled-prices.ts';

const maxPatternLength = 300;
const maxUnbounded = 3;

const amount = z.number().min(0).max(1_000_000);
const tiers = z.array(z.object({ start: z.int().min(0), price: amount })).transform((all) => all.toSorted((a, b) => a.start - b.start));
const modelPrice = z.record(z.string(), z.union([amount, z.object({ base: amount, tiers })]));
const name = z.string().min(1).max(200);
const pattern = z.string().refine(isHarmlessPattern);
const match: z.ZodType<MatchLogic> = z.lazy(() =>
  z.union([
    z.object({ equals: name }),
    z.object({ starts_with: name }),
    z.object({ ends_with: name }),
    z.object({ contains: name }),
    z.object({ regex: pattern }),
    z.object({ or: z.array(match).max(500) }),
    z.object({ and: z.array(match).max(500) }),
  ]),
);
const timeOfDay = z.string().regex(/^\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/u);
const constraint = z.union([
  z.object({ start_date: z.iso.date() }).transform(({ start_date }) => ({ type: 'start_date' as const, start_date })),
  z
    .object({ start_time: timeOfDay, end_time: timeOfDay })
    .transform(({ start_time, end_time }) => ({ type: 'time_of_date' as const, start_time, end_time })),
]);
const conditional = z.union([z.object({ constraint, prices: modelPrice }), z.strictObject({ prices: modelPrice })]);
const model = z.object({ id: name, match, prices: z.union([z.array(conditional).min(1), modelPrice]) });
const provider = z.object({
  id: name,
  name,
  api_pattern: pattern,
  fallback_model_providers: z.array(name).optional(),
  models: z.array(z.unknown()).max(20_000),
});

/**
 * A downloaded list in the form of `@pydantic/genai-prices`, checked; null when it is none, or lacks half of what the bundled one
 * has. Models that make no sense are left out. Who answers at an address stays as the bundled list says, for the sellers it knows.
 */
export function parsePriceList(text: string): Provider[] | null {
  const found = z.array(provider).max(1_000).safeParse(readJson(text));
  if (!found.success) return null;
  const patterns = new Map(bundledPriceList.providers.map(({ id, api_pattern }) => [id, api_pattern]));
  const providers = found.data.map(({ models, fallback_model_providers, ...seller }): Provider => ({
    ...seller,
    api_pattern: patterns.get(seller.id) ?? seller.api_pattern,
    ...(fallback_model_providers !== undefined && { fallback_model_providers }),
    models: models.flatMap((entry) => {
      const read = model.safeParse(entry);
      return read.success ? [read.data] : [];
    }),
  }));
  return countOf(providers) * 2 < countOf(bundledPriceList.providers) ? null : providers;
}

function countOf(providers: readonly Provider[]): number {
  return providers.reduce((sum, { models }) => sum + models.length, 0);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A pattern that compiles and cannot take for ever: no repeated group, and few repetitions without an end. */
function isHarmlessPattern(source: string): boolean {
  if (source.length > maxPatternLength || /\)[*+{]/u.test(source)) return false;
  if ((source.match(/[*+]|\{\d+,\}/gu) ?? []).length > maxUnbounded) return false;
  try {
    return new RegExp(source).source !== '';
  } catch {
    return false;
  }
}
