import { calcPrice, findProvider } from '@pydantic/genai-prices';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createBasePrices } from './base-prices.ts';
import { basePricesVersion } from './bundled-prices.ts';
import { costNanosOf } from './cost-of.ts';
import { createPriceLists } from './price-lists.ts';
import { tallyModels } from './tally-prices.ts';
import { createPriceBook, type FrozenPrice, type PriceQuery } from './price-book.ts';

const book = createPriceBook();
const openAi = 'https://api.openai.com/v1';
const november = Date.UTC(2026, 10, 20);

function priceOf(model: string, query: Partial<PriceQuery> = {}): FrozenPrice | null {
  return book.priceOf({ baseUrl: openAi, model, at: november, serviceTier: null, inputTokens: null, ...query });
}

/** [input, cache read, cache write, output, multiplier] */
function figures(price: FrozenPrice | null): (number | null)[] | null {
  return price && [price.inputPerMillion, price.cacheReadPerMillion, price.cacheWritePerMillion, price.outputPerMillion, price.multiplier];
}

describe('which price a model has', () => {
  // Published standard rates, written down independently of both lists.
  it.each([
    ['gpt-6-astra', 10, 1, 12.5, 50],
    ['gpt-6.1-sol', 2, 0.1, 2.5, 10],
    ['gpt-6.1-terra', 1, 0.05, 1.25, 5],
    ['gpt-6-sol', 2, 0.2, 2.5, 10],
    ['gpt-6-luna', 0.1, 0.01, 0.125, 0.5],
    ['gpt-5.6-sol', 4, 0.4, 5, 20],
    ['gpt-5.6-terra', 2, 0.2, 2.5, 12],
    ['gpt-5.6-luna', 0.2, 0.02, 0.25, 1.2],
    ['gpt-5.5', 5, 0.5, null, 30],
    ['gpt-5.4-mini', 0.75, 0.075, null, 4.5],
    ['gpt-5', 1.25, 0.125, null, 10],
    ['gpt-4.1', 2, 0.5, null, 8],
    ['gpt-4o', 2.5, 1.25, null, 10],
    ['gpt-4o-mini', 0.15, 0.075, null, 0.6],
    ['o4-mini', 1.1, 0.275, null, 4.4],
    ['text-embedding-3-small', 0.02, null, null, null],
    ['text-embedding-3-large', 0.13, null, null, null],
  ])('%s', (model, ...rates) => {
    expect(figures(priceOf(model))).toEqual([...rates, 1]);
  });

  it.each([
    ['gpt-5.6-terra-2026-07-09', 'gpt-5.6-terra'],
    ['gpt-6.1-terra-2026-10-26', 'gpt-6.1-terra'],
    ['gpt-5.1-2026-02-03', 'gpt-5.1'],
    ['gpt-5-chat-latest', 'gpt-5'],
    ['GPT-4o', 'gpt-4o'],
  ])('%s is %s', (snapshot, model) => {
    expect(figures(priceOf(snapshot))).toEqual(figures(priceOf(model)));
    expect(priceOf(snapshot)).not.toBeNull();
  });

  it('keeps a snapshot with a price of its own apart', () => {
    expect(figures(priceOf('gpt-4o-2024-05-13'))).toEqual([5, null, null, 15, 1]);
  });

  it('knows a fine-tuned model by its base', () => {
    expect(figures(priceOf('ft:gpt-4o-mini-2024-07-18:my-org::abc'))).toEqual([0.3, null, null, 1.2, 1]);
  });

  it.each([
    'gpt-7',
    'gpt-6.1-luna',
    'gpt-5.6-terra-pro',
    'gpt-5-nano-preview',
    'gpt-3.5-turbo-instruct-next',
    'computer-use-2',
    'my-moderation-model',
    'gpt-4o-minimal',
    'ft:gpt-4o-2024-unknown',
    'openai/gpt-4o',
    'whisper-1',
    '',
  ])('%s has none', (model) => {
    expect(priceOf(model)).toBeNull();
  });
});

describe('when and where', () => {
  it('uses the price of the day of the request', () => {
    expect(figures(priceOf('gpt-5.6-sol', { at: Date.UTC(2026, 7, 20) }))).toEqual([5, 0.5, 6.25, 30, 1]);
    expect(figures(priceOf('gpt-5.6-sol', { at: Date.UTC(2026, 7, 22) }))).toEqual([4, 0.4, 5, 20, 1]);
    expect(priceOf('gpt-6.1-terra', { at: Date.UTC(2026, 9, 25) })).toBeNull();
  });

  it.each([
    ['https://openrouter.ai/api/v1', 'anthropic/claude-sonnet-4.5', 3],
    ['https://api.groq.com/openai/v1', 'llama-3.3-70b-versatile', 0.59],
    ['https://example.openai.azure.com/openai/v1', 'gpt-4o', 2.5],
  ])('%s sells %s', (baseUrl, model, inputPerMillion) => {
    expect(priceOf(model, { baseUrl })).toMatchObject({ inputPerMillion, isAssumed: false });
  });

  it('does not give one seller the prices of another', () => {
    expect(priceOf('gpt-4o', { baseUrl: 'https://api.groq.com/openai/v1' })).toBeNull();
    expect(priceOf('gpt-5', { baseUrl: 'https://api.deepseek.com/v1' })).toBeNull();
  });

  it('takes an unknown address to pass on OpenAI prices, says so, and leaves open models alone', () => {
    const baseUrl = 'http://127.0.0.1:4000/v1';
    expect(priceOf('gpt-5.6-terra', { baseUrl })).toMatchObject({ inputPerMillion: 2, isAssumed: true });
    expect(priceOf('gpt-oss-120b', { baseUrl })).toBeNull();
    expect(priceOf('llama3.2', { baseUrl })).toBeNull();
    expect(priceOf('gpt-4o', { baseUrl: 'not an address' })).toMatchObject({ isAssumed: true });
  });

  it('adds the surcharge of a region', () => {
    expect(figures(priceOf('gpt-5.6-terra', { baseUrl: 'https://eu.api.openai.com/v1' }))).toEqual([2, 0.2, 2.5, 12, 1.1]);
    expect(figures(priceOf('gpt-4o', { baseUrl: 'https://eu.api.openai.com/v1' }))?.at(-1)).toBe(1);
  });
});

describe('service tiers, as served', () => {
  it.each([
    ['gpt-5.6-terra', 'flex', 0.5],
    ['gpt-5.6-terra', 'default', 1],
    ['gpt-5.6-terra', 'priority', 2],
    ['gpt-6-sol', 'fast', 2],
    ['gpt-5.5', 'priority', 2.5],
    ['gpt-4o-2024-08-06', 'priority', 1.7],
    ['gpt-6-astra', 'ultrafast', 6],
  ])('%s, %s: x %s', (model, serviceTier, multiplier) => {
    expect(priceOf(model, { serviceTier })?.multiplier).toBe(multiplier);
  });

  it('has the listed rates where no round multiplier gives them', () => {
    expect(figures(priceOf('gpt-4o-mini', { serviceTier: 'priority' }))).toEqual([0.25, 0.125, null, 1, 1]);
  });

  it('does not price a tier it does not know', () => {
    expect(priceOf('gpt-5.6-terra', { serviceTier: 'scale' })).toBeNull();
    expect(priceOf('gpt-5-pro', { serviceTier: 'priority' })).toBeNull();
    expect(priceOf('llama-3.3-70b-versatile', { baseUrl: 'https://api.groq.com/openai/v1', serviceTier: 'flex' })).toBeNull();
  });
});

it('charges a long prompt at the long rate as a whole, from the model’s own threshold', () => {
  expect(figures(priceOf('gpt-5.6-terra', { inputTokens: 271_999 }))).toEqual([2, 0.2, 2.5, 12, 1]);
  expect(figures(priceOf('gpt-5.6-terra', { inputTokens: 272_000 }))).toEqual([4, 0.4, 5, 18, 1]);
  expect(figures(priceOf('gpt-6-sol', { inputTokens: 272_000 }))).toEqual([2, 0.2, 2.5, 10, 1]);
  expect(figures(priceOf('gpt-6.1-terra', { inputTokens: 272_001 }))).toEqual([2, 0.1, 2.5, 7.5, 1]);
});

describe('the two lists', () => {
  it('give every model they name by its own id', () => {
    const lists = createPriceLists();
    const all = lists.all(november);
    expect(all.length).toBeGreaterThan(1_000);
    for (const { sellerId: providerId, modelId, price } of all) {
      expect(lists.entry({ providerId, modelId, at: november })?.price?.rates, modelId).toEqual(price?.rates);
    }
  });

  it('do not contradict each other', () => {
    const base = createBasePrices();
    for (const model of tallyModels) {
      const { provider: providerId, id: modelId } = model;
      for (const inputTokens of [null, 1_000_000]) {
        const listed = base.find({ providerId, modelId, at: Date.parse(model.since), inputTokens });
        if (listed === null) continue;
        const own = priceOf(modelId, { at: Date.parse(model.since), inputTokens });
        expect(own, `${modelId}: the bundled list has it now; take it out of model-prices.json or correct it`).toMatchObject({
          inputPerMillion: listed.rates.inputPerMillion,
          cacheReadPerMillion: listed.rates.cacheReadPerMillion,
          cacheWritePerMillion: listed.rates.cacheWritePerMillion,
          outputPerMillion: listed.rates.outputPerMillion,
        });
      }
    }
  });

  it('are named with the versions they have', () => {
    const dependencies: unknown = JSON.parse(readFileSync('package.json', 'utf8')).dependencies;
    expect(dependencies).toMatchObject({ '@pydantic/genai-prices': basePricesVersion });
    expect(priceOf('gpt-4o')).toMatchObject({ source: 'genai-prices', version: basePricesVersion });
    expect(priceOf('gpt-6.1-sol')?.source).toBe('tally');
  });

  it('read the bundled prices as their own library does', () => {
    const provider = findProvider({ providerId: 'openai' });
    let compared = 0;
    for (const model of provider?.models ?? []) {
      for (const inputTokens of [900, 271_999, 272_000, 272_001, 900_000]) {
        const price = priceOf(model.id, { inputTokens });
        if (price === null || model.id.startsWith('ft:')) continue;
        // A model without a cache price has no cached tokens.
        const cacheReadTokens = price.cacheReadPerMillion === null ? 0 : 300;
        const outputTokens = price.outputPerMillion === null ? 0 : 70;
        const usage = { input_tokens: inputTokens, cache_read_tokens: cacheReadTokens, output_tokens: outputTokens };
        const theirs = calcPrice(usage, model.id, { providerId: 'openai', timestamp: new Date(november) });
        const shares = { plainInputTokens: inputTokens - cacheReadTokens, cacheReadTokens, cacheWriteTokens: 0, cacheWrite12hTokens: 0 };
        expect(costNanosOf({ ...shares, outputTokens }, price) / 1e9, model.id).toBeCloseTo(theirs?.total_price ?? -1, 8);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(200);
  });
});
