import { expect, it } from 'vitest';
import { costNanosOf, type TokenShares } from './cost-of.ts';
import { createPriceBook, type FrozenPrice } from './price-book.ts';

function price(model: string, serviceTier: string | null = null, inputTokens: number | null = null): FrozenPrice {
  const at = Date.UTC(2026, 10, 20);
  const found = createPriceBook().priceOf({ baseUrl: 'https://api.openai.com/v1', model, at, serviceTier, inputTokens });
  if (!found) throw new Error(`${model} has no price.`);
  return found;
}

function shares(given: Partial<TokenShares>): TokenShares {
  return { plainInputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, cacheWrite12hTokens: 0, outputTokens: 0, ...given };
}

it('adds up the shares of a call: 1,000 in (400 cached, 200 written), 100 out on gpt-5.6-terra cost 0.00258 USD', () => {
  const usage = shares({ plainInputTokens: 400, cacheReadTokens: 400, cacheWriteTokens: 200, outputTokens: 100 });
  expect(costNanosOf(usage, price('gpt-5.6-terra'))).toBe(2_580_000);
  expect(costNanosOf(usage, price('gpt-5.6-terra', 'flex'))).toBe(1_290_000);
  expect(costNanosOf(usage, price('gpt-5.6-terra', 'priority'))).toBe(5_160_000);
});

it('charges twelve-hour writes at their own rate, and at that of other writes where none is known', () => {
  const usage = shares({ cacheWriteTokens: 1_000, cacheWrite12hTokens: 1_000 });
  expect(costNanosOf(usage, price('gpt-6.1-terra'))).toBe(1_000 * 1_250 + 1_000 * 2_500);
  expect(costNanosOf(usage, price('gpt-6.1-sol'))).toBe(2_000 * 2_500);
});

it('charges writes and reads as plain input where the list has no rate for them', () => {
  expect(costNanosOf(shares({ cacheWriteTokens: 1_000 }), price('gpt-4o'))).toBe(2_500_000);
  expect(costNanosOf(shares({ cacheReadTokens: 1_000 }), price('gpt-4o-2024-05-13'))).toBe(5_000_000);
});

it('keeps an embedding of eight tokens and rounds half a nano up, once', () => {
  expect(costNanosOf(shares({ plainInputTokens: 8 }), price('text-embedding-3-small'))).toBe(160);
  const half: FrozenPrice = { ...price('gpt-4o'), inputPerMillion: 0.0005, cacheReadPerMillion: 0.0005, outputPerMillion: 0 };
  expect(costNanosOf(shares({ plainInputTokens: 1 }), half)).toBe(1);
  expect(costNanosOf(shares({ plainInputTokens: 1, cacheReadTokens: 1 }), half)).toBe(1);
});

it('does not drift: a billion tokens cost a billion times one token', () => {
  const terra = price('gpt-6.1-terra');
  const one = shares({ plainInputTokens: 1, cacheReadTokens: 1, outputTokens: 1 });
  const many = shares({ plainInputTokens: 1e9, cacheReadTokens: 1e9, outputTokens: 1e9 });
  expect(costNanosOf(many, terra)).toBe(costNanosOf(one, terra) * 1e9);
});

it('refuses what is not a number of tokens', () => {
  for (const plainInputTokens of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => costNanosOf(shares({ plainInputTokens }), price('gpt-4o'))).toThrow(RangeError);
  }
});
