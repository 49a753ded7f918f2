import { createInstance } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyTotal, type Amount, type AmountTotal } from '../../shared/amount.ts';
import { en, ja } from '../i18n/resources.ts';
import { amountTexts, axisTickText, exactShareText, rateText, totalTexts } from './amount-text.ts';

const texts = createInstance();
beforeAll(() => texts.init({ lng: 'en', defaultNS: 'common', resources: { en, ja }, interpolation: { escapeValue: false } }));

const exact = (costNanos: number): Amount => ({ exactness: 'exact', costNanos });
const short = (amount: Amount) => amountTexts(amount, 'en', texts.t).short;
const total = (change: Partial<AmountTotal>): AmountTotal => ({ ...emptyTotal, callCount: 1, ...change });

describe('an amount', () => {
  it.each([
    [0, '$0.00'],
    [8, '$0.000000008'],
    [375_000, '$0.00038'],
    [9_960_000, '$0.01'],
    [41_234_567, '$0.0412'],
    [110_000_000, '$0.11'],
    [999_960_000, '$1.00'],
    [1_006_000_000, '$1.01'],
    [1_234_567_890_123, '$1,234.57'],
  ])('of %i nanos is short as %s', (costNanos, expected) => {
    expect(short(exact(costNanos))).toBe(expected);
  });

  it('carries the mark of how sure it is', () => {
    expect(short({ exactness: 'reported', costNanos: 41_200_000 })).toBe('$0.0412');
    expect(short({ exactness: 'estimated', costNanos: 41_200_000 })).toBe('≈ $0.0412');
    expect(short({ exactness: 'lower_bound', costNanos: 41_200_000 })).toBe('≥ $0.0412');
    expect(short({ exactness: 'no_price' })).toBe('no price');
    expect(short({ exactness: 'free' })).toBe('free');
  });

  it('never rounds a lower bound up, since the rounded figure would not be one', () => {
    expect(short({ exactness: 'lower_bound', costNanos: 375_000 })).toBe('≥ $0.00037');
    expect(short({ exactness: 'lower_bound', costNanos: 999_999_999 })).toBe('≥ $0.9999');
    expect(short({ exactness: 'lower_bound', costNanos: 1_999_999_999 })).toBe('≥ $1.99');
  });

  it('has every digit in full', () => {
    expect(amountTexts(exact(375_001), 'en', texts.t).full).toBe('$0.000375001');
    expect(amountTexts(exact(12_345_678_901_234), 'en', texts.t).full).toBe('$12,345.678901234');
  });

  it('says the mark in words for screen readers', () => {
    const ja = texts.getFixedT('ja', 'common');
    const amount: Amount = { exactness: 'estimated', costNanos: 41_200_000 };
    expect(amountTexts(amount, 'en', texts.t).spoken).toBe('about $0.0412');
    expect(amountTexts(amount, 'ja', ja).spoken).toBe('約 $0.0412');
  });
});

describe('a total', () => {
  const shortTotal = (change: Partial<AmountTotal>) => totalTexts(total(change), 'en', texts.t).short;

  it('over no calls is a dash, not zero', () => {
    expect(totalTexts(emptyTotal, 'en', texts.t).short).toBe('–');
  });

  it('with a call that has no price is a lower bound, or has no figure at all', () => {
    expect(shortTotal({ callCount: 2, costNanos: 20_000_000, exactNanos: 20_000_000, noPriceCount: 1 })).toBe('≥ $0.02');
    expect(shortTotal({ noPriceCount: 1 })).toBe('no price');
  });

  it('says what it is made of', () => {
    const mixed = total({ callCount: 1_200, costNanos: 1, estimatedCount: 2, noPriceCount: 1, freeCount: 3 });
    expect(totalTexts(mixed, 'en', texts.t).reason).toBe('1,200 calls · 2 estimated · 1 without a price · 3 free');
  });

  it('is never wholly exact while a call is not', () => {
    const percent = (share: number) => `${share * 100}%`;
    const almost = total({ callCount: 3, costNanos: 1_000_000, exactNanos: 1_000_000, noPriceCount: 1 });
    expect(exactShareText(almost, percent, texts.t)).toBe('99% exact');
    expect(exactShareText(total({ costNanos: 5, exactNanos: 5 }), percent, texts.t)).toBe('all exact');
    expect(exactShareText(total({ freeCount: 1 }), percent, texts.t)).toBeNull();
  });
});

it('writes a rate with its unit', () => {
  expect(rateText(0.025, 'en', texts.t)).toBe('$0.025 / 1M');
  expect(rateText(0, 'en', texts.t)).toBe('free');
});

it('gives all ticks of an axis the decimals their step needs', () => {
  const ticks = (step: number) => [0, 1, 2].map((n) => axisTickText(n * step, step, 'en'));
  expect(ticks(25_000_000)).toEqual(['$0.000', '$0.025', '$0.050']);
  expect(ticks(500_000_000)).toEqual(['$0.0', '$0.5', '$1.0']);
  expect(ticks(2_500_000_000)).toEqual(['$0.0', '$2.5', '$5.0']);
  expect(ticks(20_000_000_000)).toEqual(['$0', '$20', '$40']);
});
