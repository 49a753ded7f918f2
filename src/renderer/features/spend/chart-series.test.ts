import { describe, expect, it } from 'vitest';
import { emptyTotal } from '../../../shared/amount.ts';
import type { ModelSpend } from '../../../shared/contract/spend.ts';
import { axisTicks, chartOf, otherKey, seriesOf } from './chart-series.ts';

function spendOf(model: string, costNanos: number, providerId = 'openai'): ModelSpend {
  const total = { ...emptyTotal, costNanos, exactNanos: costNanos, callCount: 1 };
  return {
    providerId,
    providerName: providerId,
    providerKind: 'remote',
    model,
    total,
    inputTokens: 10,
    cacheReadTokens: 0,
    outputTokens: 5,
  };
}

describe('the chart of days', () => {
  it('has a bar for every day, empty ones too, and each adds up to its day', () => {
    const byDay = [
      { day: '2026-11-01', models: [spendOf('a', 3), spendOf('b', 4)] },
      { day: '2026-11-03', models: [spendOf('a', 5)] },
    ];
    const series = seriesOf([spendOf('a', 8), spendOf('b', 4)]);
    const { unit, bars } = chartOf(byDay, series, { from: '2026-11-01', to: '2026-11-04' }, 'cost');
    expect(unit).toBe('day');
    expect(bars.map(({ period, value, total }) => [period, value, total.costNanos])).toEqual([
      ['2026-11-01', 7, 7],
      ['2026-11-02', 0, 0],
      ['2026-11-03', 5, 5],
      ['2026-11-04', 0, 0],
    ]);
  });

  it('loses nothing when there are more models than colours', () => {
    const models = Array.from({ length: 12 }, (_, index) => spendOf(`m${index}`, 100 - index));
    const series = seriesOf(models);
    const { bars } = chartOf([{ day: '2026-11-01', models }], series, { from: '2026-11-01', to: '2026-11-01' }, 'cost');
    expect(series).toHaveLength(8);
    expect(series.at(-1)?.key).toBe(otherKey);
    expect(bars[0]?.value).toBe(models.reduce((sum, { total }) => sum + total.costNanos, 0));
    expect(bars[0]?.total.callCount).toBe(12);
  });

  it('keeps two models of the same name apart when they run at two providers', () => {
    expect(new Set(seriesOf([spendOf('m', 1, 'one'), spendOf('m', 2, 'two')]).map(({ key }) => key)).size).toBe(2);
  });

  it('counts months over a long time, from the first call on', () => {
    const byDay = [
      { day: '2026-03-31', models: [spendOf('a', 1)] },
      { day: '2026-04-01', models: [spendOf('a', 2)] },
      { day: '2026-11-23', models: [spendOf('a', 3)] },
    ];
    const { unit, bars } = chartOf(byDay, seriesOf([spendOf('a', 6)]), { from: '2020-01-01', to: '2026-11-23' }, 'cost');
    expect(unit).toBe('month');
    expect(bars).toHaveLength(9);
    expect([bars[0], bars[1], bars.at(-1)].map((bar) => [bar?.period, bar?.value])).toEqual([
      ['2026-03', 1],
      ['2026-04', 2],
      ['2026-11', 3],
    ]);
  });
});

it.each([
  [97_000_000, [0, 25_000_000, 50_000_000, 75_000_000, 100_000_000]],
  [100_000_000, [0, 25_000_000, 50_000_000, 75_000_000, 100_000_000]],
  [3, [0, 1, 2, 3]],
  [0, [0, 1]],
])('puts round values beside bars of up to %i', (largest, expected) => {
  expect(axisTicks(largest)).toEqual(expected);
});
