import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { seededRandom } from '../../../../tests/seeded-random.ts';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../../../tests/temporary-database.ts';
import { addAmount, emptyTotal } from '../../../shared/amount.ts';
import type { SpendMeasures } from '../../../shared/contract/spend.ts';
import { inTransaction, type Db } from '../db/database.ts';
import { usageSums } from '../db/migrations/0005-usage-sums.ts';
import { speedFloor } from '../db/migrations/0014-speed-floor.ts';
import { addFolders } from '../db/migrations/0017-folders.ts';
import { migrations } from '../db/migrations/index.ts';
import type { BookedUsage } from './settle-usage.ts';
import { createSumQueries, type AnySplit } from './sum-queries.ts';
import { randomRecord, recordWith } from './testing/random-records.ts';
import { createUsageStore } from './usage-store.ts';

const days = ['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01', '2026-02-28', '2026-11-23'] as const;
const splits: readonly AnySplit[] = ['all', 'model', 'provider', 'purpose', 'conversation', 'folder', 'collection', 'document'];
const seeds = [1, 2, 3, 4, 5];

let temporary: TemporaryDatabase;
let db: Db;

beforeEach(() => {
  temporary = openTemporaryDatabase();
  db = temporary.db;
  db.exec(`INSERT INTO collection (id, name, created_at) VALUES ('k1', 'Lease', 1);
    INSERT INTO document (id, collection_id, name, media_type, size_bytes, content_hash, status, added_at)
      VALUES ('d1', 'k1', 'lease.pdf', 'application/pdf', 1, 'h', 'ready', 1);
    INSERT INTO folder (id, name, is_open, created_at) VALUES ('f1', 'Home', 1, 1);
    INSERT INTO conversation_folder (conversation_id, folder_id) VALUES ('c1', 'f1')`);
});

afterEach(() => temporary[Symbol.dispose]());

/** The rule, said once more without SQL. */
function savedNanosOf({ price, cacheReadTokens, cacheWriteTokens }: BookedUsage): number {
  if (price === null || price.inputPerMillion === null) return 0;
  const { inputPerMillion: input, cacheReadPerMillion: read, cacheWritePerMillion: write } = price;
  const saved =
    (cacheReadTokens ?? 0) * (read === null ? 0 : input - read) + (cacheWriteTokens ?? 0) * (write === null ? 0 : input - write);
  return Math.round(1_000 * price.multiplier * saved);
}

function measuresOf(records: readonly BookedUsage[]): SpendMeasures {
  const sum = (pick: (record: BookedUsage) => number | null) => records.reduce((whole, record) => whole + (pick(record) ?? 0), 0);
  const timed = records.filter(
    (each) => (each.outputTokens ?? 0) >= 20 && each.firstTokenMs !== null && each.durationMs - each.firstTokenMs >= 500,
  );
  return {
    total: records.reduce((total, { amount }) => addAmount(total, amount), emptyTotal),
    inputTokens: sum((each) => each.inputTokens),
    cacheReadTokens: sum((each) => each.cacheReadTokens),
    cacheWriteTokens: sum((each) => each.cacheWriteTokens),
    outputTokens: sum((each) => each.outputTokens),
    reasoningTokens: sum((each) => each.reasoningTokens),
    savedNanos: sum(savedNanosOf),
    durationMs: sum((each) => each.durationMs),
    timedOutputTokens: timed.reduce((whole, { outputTokens }) => whole + (outputTokens ?? 0), 0),
    timedMs: timed.reduce((whole, { durationMs, firstTokenMs }) => whole + durationMs - (firstTokenMs ?? 0), 0),
  };
}

function keyOf(record: BookedUsage, split: AnySplit): string {
  switch (split) {
    case 'all':
      return '';
    case 'model':
      return `${record.providerId}/${record.requestedModel}`;
    case 'provider':
      return record.providerId;
    case 'purpose':
      return record.purpose;
    case 'conversation':
      return record.conversationId ?? '';
    case 'folder':
      return record.conversationId === 'c1' ? 'f1' : '';
    case 'collection':
      return record.documentId === 'd1' ? 'k1' : '';
    case 'document':
      return record.documentId ?? '';
  }
}

function allSums(): unknown {
  return db.prepare('SELECT * FROM usage_sum ORDER BY split, unit, period, key').all();
}

it.each(seeds)('is the sum of the records, for every split and stretch of days, in whatever order they come (%i)', (seed) => {
  const random = seededRandom(seed);
  const records = Array.from({ length: 120 }, (_, index) => randomRecord(random, index, days));
  const store = createUsageStore(db);
  // Single ones, and many in one transaction: some are booked long after their day.
  inTransaction(db, () => records.slice(0, 100).forEach((record) => store.insert(record)));
  records.slice(100).forEach((record) => store.insert(record));
  const sums = createSumQueries(db);
  const ranges = [
    { from: '0000-01-01', to: '9999-12-31' },
    { from: '2025-12-31', to: '2026-11-23' },
    { from: '2026-01-01', to: '2026-02-28' },
    { from: '2026-01-02', to: '2026-02-01' },
    { from: '2026-01-31', to: '2026-01-31' },
    { from: '2027-01-01', to: '2027-12-31' },
  ];
  for (const range of ranges) {
    const within = records.filter(({ localDay }) => localDay >= range.from && localDay <= range.to);
    for (const split of splits) {
      const expected = Map.groupBy(within, (record) => keyOf(record, split));
      const found = sums.sumsOf(split, [...new Set(records.map((record) => keyOf(record, split)))], range);
      expect(found).toEqual(new Map([...expected].map(([key, group]) => [key, measuresOf(group)])));
      for (const unit of ['day', 'month'] as const) {
        const cells = sums.cellsOf(split, [...expected.keys()], range, unit);
        const whole = cells.reduce((sum, { measures }) => sum + measures.total.costNanos, 0);
        const covered =
          unit === 'day'
            ? within
            : records.filter(
                ({ localDay }) => localDay.slice(0, 7) >= range.from.slice(0, 7) && localDay.slice(0, 7) <= range.to.slice(0, 7),
              );
        const ofKeys = covered.filter((record) => expected.has(keyOf(record, split)));
        expect(whole).toBe(measuresOf(ofKeys).total.costNanos);
      }
    }
  }
});

it('is made from the records there are when an older database is opened', () => {
  // It knew no folders.
  db.exec('DELETE FROM conversation_folder');
  const random = seededRandom(99);
  const store = createUsageStore(db);
  for (let index = 0; index < 150; index += 1) store.insert(randomRecord(random, index, days));
  const old = new Database(':memory:');
  for (const migrate of migrations.slice(0, migrations.indexOf(usageSums))) migrate(old);
  for (const table of ['collection', 'document', 'usage_record']) copyRows(db, old, table);
  usageSums(old);
  speedFloor(old);
  addFolders(old);
  expect(old.prepare('SELECT * FROM usage_sum ORDER BY split, unit, period, key').all()).toEqual(allSums());
  expect(old.prepare('SELECT * FROM usage_provider').all()).toEqual(db.prepare('SELECT * FROM usage_provider').all());
  old.close();
});

function copyRows(from: Db, to: Db, table: string): void {
  for (const row of from.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all()) {
    // Later migrations have added columns the old table does not have.
    const known = new Set(to.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table));
    const names = Object.keys(row).filter((name) => known.has(name));
    to.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`).run(row);
  }
}

it('has nothing of a record whose transaction is rolled back', () => {
  const store = createUsageStore(db);
  const insertAndFail = (): void =>
    inTransaction(db, () => {
      store.insert(recordWith({ id: 'a', conversationId: 'c1' }));
      throw new Error('later step failed');
    });
  expect(insertAndFail).toThrow('later step failed');
  expect(allSums()).toEqual([]);
  expect(store.totalByConversations(['c1']).get('c1')).toEqual(emptyTotal);
});

it('calls a provider as its latest call does, whichever is booked last', () => {
  const store = createUsageStore(db);
  store.insert(recordWith({ id: 'a', providerName: 'New name', startedAt: 2_000 }));
  store.insert(recordWith({ id: 'b', providerName: 'Old name', startedAt: 1_000 }));
  expect(store.listByModel()).toMatchObject([{ providerName: 'New name', model: 'gpt-4o-mini', total: { callCount: 2 } }]);
});
