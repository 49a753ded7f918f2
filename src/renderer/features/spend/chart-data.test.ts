import { describe, expect, it } from 'vitest';
import { emptyTotal } from '../../../shared/amount.ts';
import type { SpendMeasures, SpendSplit } from '../../../shared/contract/spend.ts';
import { axisTicks, chartOf, colourOf } from './chart-data.ts';
import { daysOf, daysOfPeriod, monthEndOf, periodsOf, unitsFor, usualUnit, type RangeName } from './spend-range.ts';
import { hrefOfView, parseView } from './spend-view.ts';

function measuresOf(costNanos: number, fields: Partial<SpendMeasures> = {}): SpendMeasures {
  return {
    total: { ...emptyTotal, costNanos, exactNanos: costNanos, callCount: 1 },
    inputTokens: 10,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 5,
    reasoningTokens: 0,
    savedNanos: 0,
    durationMs: 1_000,
    timedOutputTokens: 0,
    timedMs: 0,
    ...fields,
  };
}

function splitOf(fields: Partial<SpendSplit>): SpendSplit {
  const part = (key: string) => ({ key, name: key, providerName: null, providerKind: null, measures: measuresOf(1) });
  return {
    from: '2026-11-01',
    to: '2026-11-03',
    total: measuresOf(0),
    none: measuresOf(0),
    parts: [part('a'), part('b')],
    hasMore: false,
    seriesCount: 2,
    bars: [],
    ...fields,
  };
}

describe('the chart', () => {
  it('has a bar for every period, empty ones too, the smaller parts as one series', () => {
    const bars = [
      { period: '2026-11-01', total: measuresOf(12), pieces: [{ index: 1, measures: measuresOf(4) }], rest: measuresOf(8) },
      { period: '2026-11-03', total: measuresOf(5), pieces: [{ index: 0, measures: measuresOf(5) }], rest: null },
    ];
    const chart = chartOf(splitOf({ bars }), 'day', 'cost', 1);
    expect(chart.series.map(({ key, part }) => part?.key ?? key)).toEqual(['a', 'b', '(others)']);
    expect(chart.bars.map(({ period, pieces }) => [period, pieces.map(({ value }) => value)])).toEqual([
      ['2026-11-01', [4, 8]],
      ['2026-11-02', []],
      ['2026-11-03', [5]],
    ]);
  });

  it('leaves out of the legend what has nothing of the measure', () => {
    const bars = [
      {
        period: '2026-11-01',
        total: measuresOf(4),
        pieces: [
          { index: 0, measures: measuresOf(4, { timedOutputTokens: 300, timedMs: 1_500 }) },
          { index: 1, measures: measuresOf(0) },
        ],
        rest: null,
      },
    ];
    const keys = (measure: 'cost' | 'tokens' | 'speed') => chartOf(splitOf({ bars }), 'day', measure, 1).series.map(({ key }) => key);
    expect([keys('cost'), keys('tokens'), keys('speed')]).toEqual([['a'], ['a', 'b'], ['a']]);
    expect(chartOf(splitOf({ bars }), 'day', 'speed', 1).bars[0]?.pieces[0]?.value).toBe(200);
  });

  it('gives parts without a bar of their own the colour of the others', () => {
    expect([0, 1, 2].map((index) => colourOf(splitOf({}), index))).toEqual(['var(--chart-1)', 'var(--chart-2)', 'var(--chart-8)']);
  });
});

it.each([
  [97_000_000, 0, [0, 25_000_000, 50_000_000, 75_000_000, 100_000_000]],
  [100_000_000, 0, [0, 25_000_000, 50_000_000, 75_000_000, 100_000_000]],
  [3, 0, [0, 1, 2, 3]],
  [0, 0, [0, 1]],
  [10, -3, [-5, -2.5, 0, 2.5, 5, 7.5, 10]],
])('puts round values beside bars of up to %i and down to %i', (largest, smallest, expected) => {
  expect(axisTicks(largest, smallest).map((tick) => tick + 0)).toEqual(expected);
});

describe('a range', () => {
  const days = (name: RangeName, today: string, weekStartsOn = 1) =>
    daysOf({ name, from: '2026-02-01', to: '2026-01-01' }, { today, weekStartsOn, firstDay: '2025-03-09' });

  it('goes by the calendar, over changes of clocks and ends of months', () => {
    expect(days('today', '2026-03-08')).toEqual({ from: '2026-03-08', to: '2026-03-08' });
    // New York's clocks changed on Sunday the 8th and on 1 November: the week is the calendar's all the same.
    expect(days('week', '2026-03-10')).toEqual({ from: '2026-03-09', to: '2026-03-10' });
    expect(days('week', '2026-03-10', 7)).toEqual({ from: '2026-03-08', to: '2026-03-10' });
    expect(days('week', '2026-11-02', 7)).toEqual({ from: '2026-11-01', to: '2026-11-02' });
    expect(days('month', '2026-11-01')).toEqual({ from: '2026-11-01', to: '2026-11-01' });
    expect(days('year', '2026-11-24')).toEqual({ from: '2025-11-25', to: '2026-11-24' });
    expect(days('all', '2026-11-24')).toEqual({ from: '2025-03-09', to: '2026-11-24' });
    expect(days('custom', '2026-11-24')).toBeNull();
  });

  it('is drawn in the finest bars that can be told apart', () => {
    expect(usualUnit({ from: '2026-11-01', to: '2026-11-24' })).toBe('day');
    expect(usualUnit({ from: '2025-11-25', to: '2026-11-24' })).toBe('week');
    expect(usualUnit({ from: '2023-01-01', to: '2026-11-24' })).toBe('month');
    expect(unitsFor({ from: '2026-11-24', to: '2026-11-24' })).toEqual(['day']);
    expect(unitsFor({ from: '2023-01-01', to: '2026-11-24' })).toEqual(['week', 'month'].slice(1));
  });

  it('parts into weeks and months that keep to its days', () => {
    const range = { from: '2026-10-28', to: '2026-11-04' };
    expect(periodsOf(range, 'week', 1)).toEqual(['2026-10-26', '2026-11-02']);
    expect(periodsOf(range, 'month', 1)).toEqual(['2026-10', '2026-11']);
    expect(daysOfPeriod('2026-10-26', 'week', range)).toEqual({ from: '2026-10-28', to: '2026-11-01' });
    expect(daysOfPeriod('2026-11', 'month', range)).toEqual({ from: '2026-11-01', to: '2026-11-04' });
    expect([monthEndOf('2024-02-01'), monthEndOf('2026-12-31')]).toEqual(['2024-02-29', '2026-12-31']);
  });
});

describe('the address of a view', () => {
  const today = '2026-11-24';

  it('brings the same view back', () => {
    const view = {
      ...parseView('', today),
      range: { name: 'custom', from: '2026-01-01', to: '2026-02-01' },
      split: 'document',
      measure: 'tokens',
      unit: 'week',
      period: '2026-01-05',
      part: 'a/b c&d',
      withoutPrice: true,
    } as const;
    expect(parseView(hrefOfView(view).split('?')[1] ?? '', today)).toEqual(view);
  });

  it('makes the first view of nonsense', () => {
    expect(parseView('range=ever&from=2026-02-30&split=x&measure=&unit=year&period=12', today)).toEqual(parseView('', today));
  });
});
