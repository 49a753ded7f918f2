import { afterEach, beforeEach, expect, it } from 'vitest';
import { seededRandom } from '../../../../tests/seeded-random.ts';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../../../tests/temporary-database.ts';
import { createOwnPriceStore } from './prices/own-price-store.ts';
import { createPriceBook } from './prices/price-book.ts';
import { createPriceLists } from './prices/price-lists.ts';
import type { BookedUsage } from './settle-usage.ts';
import { createSumQueries } from './sum-queries.ts';
import { randomRecord, recordWith } from './testing/random-records.ts';
import { createUsageStore } from './usage-store.ts';
import { whatIf } from './what-if.ts';

const range = { from: '2026-01-01', to: '2026-12-31' };
const target = { of: 'list', id: 'openai', model: 'gpt-5.6-terra' } as const;
const baseUrl = 'https://llm.example.com/v1';

let temporary: TemporaryDatabase;

beforeEach(() => {
  temporary = openTemporaryDatabase();
});

afterEach(() => temporary[Symbol.dispose]());

function ask(query: Partial<Parameters<typeof whatIf>[1]> = {}) {
  const { db } = temporary;
  const lists = createPriceLists();
  const deps = {
    sums: createSumQueries(db),
    lists,
    priceBook: createPriceBook(
      createOwnPriceStore(db, () => 'UTC'),
      lists,
    ),
    providers: () => [{ id: 'house', name: 'House', baseUrl }],
    now: () => Date.UTC(2026, 10, 24),
  };
  return whatIf(deps, { ...range, target, unit: 'month', weekStartsOn: 1, ...query });
}

/** Its shares are shares of its input. */
function plausible(record: BookedUsage): BookedUsage {
  return { ...record, inputTokens: 1_000 + (record.cacheReadTokens ?? 0) + (record.cacheWriteTokens ?? 0) };
}

function everything(): unknown {
  const tables = ['usage_record', 'usage_sum', 'usage_provider', 'own_price'];
  return tables.map((table) => temporary.db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3, 4`).all());
}

it('takes the tokens of free and paid calls at the other model’s rates, cached ones at its cached rate', () => {
  const store = createUsageStore(temporary.db);
  const tokens = { inputTokens: 1_000, cacheReadTokens: 400, cacheWriteTokens: 200, outputTokens: 100 };
  store.insert(recordWith({ id: 'a', ...tokens, amount: { exactness: 'exact', costNanos: 7 } }));
  store.insert(
    recordWith({ id: 'b', ...tokens, providerId: 'ollama', providerKind: 'local', amount: { exactness: 'free' }, localDay: '2026-03-01' }),
  );
  // 0.00258 USD a call: see cost-of.test.ts.
  expect(ask()).toMatchObject({
    from: '2026-03-01',
    real: { costNanos: 7, callCount: 2, freeCount: 1 },
    whatIfNanos: 2 * 2_580_000,
    cacheReadTokens: 800,
    parts: [{ whatIfNanos: 2_580_000 }, { whatIfNanos: 2_580_000 }],
    bars: [
      { period: '2026-03', real: { freeCount: 1 }, whatIfNanos: 2_580_000 },
      { period: '2026-11', real: { costNanos: 7 }, whatIfNanos: 2_580_000 },
    ],
  });
});

it('leaves out what writes nothing, and takes an own price of a provider', () => {
  const store = createUsageStore(temporary.db);
  store.insert(recordWith({ id: 'a', requestedModel: 'embedder', inputTokens: 50, outputTokens: null }));
  store.insert(recordWith({ id: 'b', inputTokens: 1_000, outputTokens: 10 }));
  const rates = { inputPerMillion: 3, cacheReadPerMillion: null, cacheWritePerMillion: null, outputPerMillion: 5 };
  createOwnPriceStore(temporary.db, () => 'UTC').set({ baseUrl, model: 'house-model', validFrom: '2026-01-01', ...rates });
  const found = ask({ target: { of: 'provider', id: 'house', model: 'house-model' } });
  expect(found).toMatchObject({ rates, leftOut: { callCount: 1 }, real: { callCount: 1 }, whatIfNanos: 1_000 * 3_000 + 10 * 5_000 });
});

it('needs a price that is known', () => {
  for (const unknown of [{ ...target, model: 'gpt-7' }, { of: 'provider', id: 'gone', model: 'gpt-4o' } as const]) {
    expect(() => ask({ target: unknown })).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  }
});

it('adds up by day, week and month, and leaves every record and sum as it was', () => {
  const store = createUsageStore(temporary.db);
  const random = seededRandom(3);
  const days = ['2026-01-01', '2026-01-31', '2026-02-01', '2026-06-30', '2026-11-23'] as const;
  for (let index = 0; index < 150; index += 1) store.insert(plausible(randomRecord(random, index, days)));
  const before = everything();
  for (const unit of ['day', 'week', 'month'] as const) {
    const { bars, parts, real, whatIfNanos } = ask({ unit });
    const sum = (values: readonly number[]): number => values.reduce((whole, value) => whole + value, 0);
    // Each of them is rounded for itself.
    expect(Math.abs(sum(bars.map((bar) => bar.whatIfNanos)) - whatIfNanos)).toBeLessThanOrEqual(bars.length);
    expect(Math.abs(sum(parts.map((part) => part.whatIfNanos)) - whatIfNanos)).toBeLessThanOrEqual(parts.length);
    expect(sum(bars.map((bar) => bar.real.costNanos))).toBe(real.costNanos);
  }
  expect(everything()).toEqual(before);
});

it.each(['day', 'week', 'month'] as const)('says of each model what it has of each %s, which adds up to the bars', (unit) => {
  const random = seededRandom(5);
  const store = createUsageStore(temporary.db);
  const days = ['2026-01-31', '2026-02-01', '2026-02-03', '2026-11-20'] as const;
  for (let index = 0; index < 150; index += 1) store.insert(plausible(randomRecord(random, index, days)));
  const { bars, cells, parts } = ask({ unit });
  for (const { period, real } of bars) {
    const ofPeriod = cells.filter((cell) => cell.period === period);
    expect(ofPeriod.reduce((sum, cell) => sum + cell.real.callCount, 0)).toBe(real.callCount);
    expect(ofPeriod.reduce((sum, cell) => sum + cell.real.costNanos, 0)).toBe(real.costNanos);
  }
  for (const { key, whatIfNanos } of parts) {
    const ofPart = cells.filter((cell) => cell.key === key);
    // Each is rounded once.
    expect(Math.abs(ofPart.reduce((sum, cell) => sum + cell.whatIfNanos, 0) - whatIfNanos)).toBeLessThanOrEqual(ofPart.length);
  }
});
