import { afterEach, beforeEach, expect, it } from 'vitest';
import { seededRandom } from '../../../../tests/seeded-random.ts';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../../../tests/temporary-database.ts';
import { addAmount, emptyTotal } from '../../../shared/amount.ts';
import { inTransaction } from '../db/database.ts';
import { createAppEvents } from '../events.ts';
import { createEarlierCalls } from './earlier-calls.ts';
import type { FrozenPrice } from './prices/price-book.ts';
import { createSumQueries } from './sum-queries.ts';
import { randomRecord, recordWith } from './testing/random-records.ts';
import { createUsageStore } from './usage-store.ts';

const price: FrozenPrice = {
  inputPerMillion: 2,
  cacheReadPerMillion: 0.5,
  cacheWritePerMillion: 2.5,
  cacheWrite12hPerMillion: null,
  outputPerMillion: 8,
  multiplier: 1,
  source: 'own',
  version: '2026-11-20',
  isAssumed: false,
};
const key = { providerId: 'openai', model: 'house' };
const everyDay = { from: '0000-01-01', to: '9999-12-31' };
const unpriced = { requestedModel: 'house', amount: { exactness: 'no_price' } as const };

let temporary: TemporaryDatabase;
beforeEach(() => (temporary = openTemporaryDatabase()));
afterEach(() => temporary[Symbol.dispose]());

function start() {
  const { db } = temporary;
  const store = createUsageStore(db);
  const records = (withoutPrice = false) =>
    store.listRecords({ ...everyDay, part: null, withoutPrice, before: null, limit: 10_000 }).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { db, store, records, earlier: createEarlierCalls({ db, events: createAppEvents(), now: () => 9 }) };
}

function everySum(): unknown {
  return temporary.db.prepare('SELECT * FROM usage_sum ORDER BY split, unit, period, key').all();
}

it.each([
  ['the provider has counted to the end', {}, 'exact'],
  ['it was counted here', { tokenSource: 'local' }, 'estimated'],
  ['it was stopped', { outcome: 'stopped' }, 'estimated'],
  ['it broke off', { outcome: 'interrupted' }, 'lower_bound'],
  ['nobody knows what it wrote', { outputTokens: null }, 'lower_bound'],
  ['the counts contradict each other', { usageJson: '{"prompt_tokens":1,"prompt_tokens_details":{"cached_tokens":5}}' }, 'estimated'],
  ['some of it was spoken', { usageJson: '{"prompt_tokens":9,"completion_tokens_details":{"audio_tokens":2}}' }, 'lower_bound'],
] as const)('says how sure the amount is where %s', async (_case, fields, exactness) => {
  const { store, earlier, records } = start();
  store.insert(recordWith({ id: 'a', ...unpriced, inputTokens: 1_000, outputTokens: 100, ...fields }));
  const quote = await earlier.quote(key, price);
  const { callCount, costNanos } = quote?.total ?? emptyTotal;
  await earlier.price(key, price, { callCount, costNanos });
  expect(records()).toMatchObject([{ settledBy: 'own_price', price: { source: 'own' }, amount: { exactness } }]);
});

it('reckons a thought in silence, which no count here can see, as a lower bound', async () => {
  const { store, earlier } = start();
  store.insert(recordWith({ id: 'a', ...unpriced, requestedModel: 'gpt-5-house', tokenSource: 'local' }));
  expect((await earlier.quote({ ...key, model: 'gpt-5-house' }, price))?.total).toMatchObject({ lowerBoundCount: 1 });
});

it('quotes what it then does, of that model and of calls without a price alone, and can be taken back', async () => {
  const { db, store, earlier, records } = start();
  store.insert(recordWith({ id: 'a', ...unpriced, inputTokens: 1_000, outputTokens: 100, localDay: '2026-10-01' }));
  store.insert(recordWith({ id: 'b', ...unpriced, inputTokens: 500, outputTokens: 0, cacheReadTokens: 200, localDay: '2026-11-02' }));
  store.insert(recordWith({ id: 'c', requestedModel: 'house' }));
  store.insert(recordWith({ id: 'd', ...unpriced, requestedModel: 'other' }));
  const booked = everySum();
  const quote = await earlier.quote(key, price);
  // 1,000 × 2 + 100 × 8, and 300 × 2 + 200 × 0.5 dollars a million.
  expect(quote).toMatchObject({ fromDay: '2026-10-01', toDay: '2026-11-02', total: { callCount: 2, costNanos: 2_800_000 + 700_000 } });
  await expect(earlier.price(key, price, { callCount: 2, costNanos: 1 })).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(everySum()).toEqual(booked);
  await earlier.price(key, price, { callCount: 2, costNanos: 3_500_000 });
  expect(records(true).map(({ id }) => id)).toEqual(['d']);
  expect(earlier.pricedLater()).toEqual(
    new Map([['openai/house', { ...emptyTotal, callCount: 2, costNanos: 3_500_000, exactNanos: 3_500_000 }]]),
  );
  expect(createSumQueries(db).totalOf(everyDay)).toEqual(records().reduce((total, { amount }) => addAmount(total, amount), emptyTotal));
  expect(db.prepare("SELECT exactness, cost_nanos FROM usage_record WHERE id = 'a'").get()).toEqual({
    exactness: 'no_price',
    cost_nanos: null,
  });
  expect(await earlier.quote(key, price)).toBeNull();
  await earlier.setBack(key);
  expect(everySum()).toEqual(booked);
  expect(earlier.pricedLater().size).toBe(0);
  expect(db.prepare('SELECT count(*) FROM usage_settlement WHERE undone_at = 9').pluck().get()).toBe(2);
});

it.each([1, 2, 3])('keeps every sum what the records come to, whatever is priced and taken back in whatever order (%i)', async (seed) => {
  const { db, store, earlier, records } = start();
  const random = seededRandom(seed);
  const days = ['2025-12-31', '2026-01-01', '2026-11-23'] as const;
  // More than a slice of each model.
  inTransaction(db, () => {
    for (let index = 0; index < 4_000; index += 1) store.insert(randomRecord(random, index, days));
  });
  const booked = everySum();
  const models = ['gpt-4o', 'gpt-4o-mini', 'org/llama3'];
  const keys = ['openai', 'ollama'].flatMap((providerId) => models.map((model) => ({ providerId, model })));
  for (let step = 0; step < 12; step += 1) {
    const chosen = keys[Math.floor(random() * keys.length)] ?? key;
    const quote = await earlier.quote(chosen, price);
    if (quote === null || random() < 0.3) await earlier.setBack(chosen);
    else await earlier.price(chosen, price, quote.total);
    const sums = createSumQueries(db);
    const all = records();
    for (const day of days) {
      const ofDay = all.filter(({ localDay }) => localDay === day);
      const [cell] = sums.cellsOf('all', [''], { from: day, to: day }, 'day');
      expect(cell?.measures.total).toEqual(ofDay.reduce((total, { amount }) => addAmount(total, amount), emptyTotal));
    }
    for (const { providerId, model } of keys) {
      const ofModel = all.filter((record) => record.providerId === providerId && record.requestedModel === model);
      const modelKey = `${providerId}/${model}`;
      expect(sums.everOf('model', [modelKey]).get(modelKey)?.total).toEqual(
        ofModel.reduce((total, { amount }) => addAmount(total, amount), emptyTotal),
      );
    }
  }
  for (const chosen of keys) await earlier.setBack(chosen);
  expect(everySum()).toEqual(booked);
});
