import { afterEach, beforeEach, expect, it } from 'vitest';
import { seededRandom } from '../../../../tests/seeded-random.ts';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../../../tests/temporary-database.ts';
import type { SpendSplit } from '../../../shared/contract/spend.ts';
import { inTransaction } from '../db/database.ts';
import type { BookedUsage } from './settle-usage.ts';
import { weekStartOf } from './day-span.ts';
import { splitSpend } from './split-spend.ts';
import { createSumQueries } from './sum-queries.ts';
import { recordWith } from './testing/random-records.ts';
import { createUsageStore } from './usage-store.ts';

let temporary: TemporaryDatabase;

beforeEach(() => {
  temporary = openTemporaryDatabase();
});

afterEach(() => temporary[Symbol.dispose]());

function book(records: readonly BookedUsage[]): void {
  const store = createUsageStore(temporary.db);
  inTransaction(temporary.db, () => records.forEach((record) => store.insert(record)));
}

function split(query: Partial<Parameters<typeof splitSpend>[1]>): SpendSplit {
  const deps = { sums: createSumQueries(temporary.db), namesOf: () => new Map([['c1', 'Lease']]) };
  const all = { from: '0000-01-01', to: '9999-12-31', split: 'model', measure: 'cost', unit: 'day', weekStartsOn: 1 } as const;
  return splitSpend(deps, { ...all, ...query });
}

/** Each of `modelCount` models on each day, some calls without a conversation. */
function manyRecords(modelCount: number, days: readonly string[]): BookedUsage[] {
  const random = seededRandom(4);
  return days.flatMap((localDay, day) =>
    Array.from({ length: modelCount }, (_, model) =>
      recordWith({
        id: `${day}-${model}`,
        localDay,
        requestedModel: `m${model}`,
        conversationId: model % 3 === 0 ? null : `c${model}`,
        amount: { exactness: 'exact', costNanos: Math.floor(random() * 1e9) },
      }),
    ),
  );
}

function costOf({ pieces, rest }: SpendSplit['bars'][number]): number {
  return pieces.reduce((sum, { measures }) => sum + measures.total.costNanos, rest?.total.costNanos ?? 0);
}

it.each([
  ['day', (day: string) => day],
  ['week', (day: string) => weekStartOf(day, 1)],
  ['month', (day: string) => day.slice(0, 7)],
] as const)('has bars by %s that add up, more parts than colours or not', (unit, periodOf) => {
  const days = ['2026-01-31', '2026-02-01', '2026-02-03', '2026-03-01', '2026-03-02'];
  const records = manyRecords(12, days);
  book(records);
  const range = { from: '2026-02-01', to: '2026-03-01' };
  for (const kind of ['model', 'conversation', 'provider'] as const) {
    const found = split({ ...range, unit, split: kind });
    const within = records.filter(
      ({ localDay, conversationId }) =>
        localDay >= range.from && localDay <= range.to && (kind !== 'conversation' || conversationId !== null),
    );
    const expected = Map.groupBy(within, ({ localDay }) => periodOf(localDay));
    expect(found.bars.filter(({ pieces }) => pieces.length > 0).map((bar) => [bar.period, costOf(bar)])).toEqual(
      [...expected].map(([period, group]) => [
        period,
        group.reduce((sum, { amount }) => sum + ('costNanos' in amount ? amount.costNanos : 0), 0),
      ]),
    );
    expect(found.total.total.callCount - found.none.total.callCount).toBe(within.length);
  }
});

it('names the largest first and says when there are more than it names', () => {
  book(manyRecords(60, ['2026-02-01']));
  const { parts, hasMore, seriesCount, bars } = split({});
  expect(parts).toHaveLength(50);
  expect([hasMore, seriesCount, bars[0]?.pieces.length]).toEqual([true, 7, 7]);
  const costs = parts.map(({ measures }) => measures.total.costNanos);
  expect(costs).toEqual(costs.toSorted((a, b) => b - a));
});

it('gives the last colour to a part rather than to others that are only one', () => {
  book(manyRecords(8, ['2026-02-01']));
  expect(split({})).toMatchObject({ seriesCount: 8, hasMore: false, bars: [{ rest: null }] });
});

it('says what is gone and what belongs to none', () => {
  book([
    recordWith({ id: 'a', conversationId: 'c1' }),
    recordWith({ id: 'b', conversationId: 'gone' }),
    recordWith({ id: 'c', purpose: 'index_embedding' }),
  ]);
  const found = split({ split: 'conversation' });
  expect(found.parts.map(({ key, name }) => [key, name])).toEqual([
    ['c1', 'Lease'],
    ['gone', null],
  ]);
  expect(found.none.total.callCount).toBe(1);
  expect(split({ split: 'model' }).parts).toMatchObject([
    { key: 'openai/gpt-4o-mini', name: 'gpt-4o-mini', providerName: 'OpenAI', providerKind: 'remote' },
  ]);
});

it('begins with the first call when everything is asked for, and is empty without any', () => {
  expect(split({})).toMatchObject({ from: '0000-01-01', bars: [], parts: [], total: { total: { callCount: 0 } } });
  book([recordWith({ id: 'a', localDay: '2026-02-07' })]);
  expect(split({ to: '2026-11-24' })).toMatchObject({ from: '2026-02-07', to: '2026-11-24' });
});

it('finds the largest conversations of some months among many others, in whatever order they are over all time', () => {
  const random = seededRandom(11);
  const months = ['2025-11', '2026-01', '2026-02', '2026-03', '2026-07'];
  const records = Array.from({ length: 3_000 }, (_, index) =>
    recordWith({
      id: `${index}`,
      conversationId: `c${Math.floor(random() * 900)}`,
      localDay: `${months[Math.floor(random() * months.length)]}-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`,
      inputTokens: Math.floor(random() * 5_000),
      amount: { exactness: 'exact', costNanos: Math.floor(random() ** 4 * 1e9) },
    }),
  );
  book(records);
  const range = { from: '2026-01-05', to: '2026-03-20' };
  const within = records.filter(({ localDay }) => localDay >= range.from && localDay <= range.to);
  for (const measure of ['cost', 'tokens', 'calls'] as const) {
    const valueOf = ({ amount, inputTokens, outputTokens }: BookedUsage) =>
      measure === 'cost'
        ? 'costNanos' in amount
          ? amount.costNanos
          : 0
        : measure === 'calls'
          ? 1
          : (inputTokens ?? 0) + (outputTokens ?? 0);
    const sums = [...Map.groupBy(within, ({ conversationId }) => conversationId ?? '')]
      .map(([key, group]) => ({ key, value: group.reduce((sum, record) => sum + valueOf(record), 0) }))
      .toSorted((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1));
    expect(split({ ...range, split: 'conversation', measure }).parts.map(({ key }) => key)).toEqual(
      sums.slice(0, 50).map(({ key }) => key),
    );
  }
});
