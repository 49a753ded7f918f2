import { afterEach, beforeEach, expect, it } from 'vitest';
import { seededRandom } from '../../../../tests/seeded-random.ts';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../../../tests/temporary-database.ts';
import { createAppEvents } from '../events.ts';
import { createRecordDeletion } from './delete-records.ts';
import { exportRecords } from './export-records.ts';
import { createSumQueries } from './sum-queries.ts';
import { randomRecord, recordWith } from './testing/random-records.ts';
import { createUsageStore } from './usage-store.ts';

const days = ['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01', '2026-11-23'] as const;
const everything = { from: '0000-01-01', to: '9999-12-31', part: null, withoutPrice: false };

let temporary: TemporaryDatabase;

beforeEach(() => {
  temporary = openTemporaryDatabase();
});

afterEach(() => temporary[Symbol.dispose]());

function deletion() {
  const { db } = temporary;
  return createRecordDeletion({ db, sums: createSumQueries(db), events: createAppEvents(), now: () => 7 });
}

function sumsIn({ db }: TemporaryDatabase): unknown {
  return db.prepare('SELECT * FROM usage_sum ORDER BY split, unit, period, key').all();
}

it('takes the days it names and leaves the sums of what stays', () => {
  const records = Array.from({ length: 200 }, (_, index) => randomRecord(seededRandom(index), index, days));
  records.forEach((record) => createUsageStore(temporary.db).insert(record));
  const range = { from: '2026-01-01', to: '2026-02-15' };
  const { callCount, costNanos } = deletion().quote(range);
  deletion().delete({ ...range, callCount });
  const rest = openTemporaryDatabase();
  const stay = records.filter(({ localDay }) => localDay < range.from || localDay > range.to);
  stay.forEach((record) => createUsageStore(rest.db).insert(record));
  expect(callCount).toBe(records.length - stay.length);
  expect(sumsIn(temporary)).toEqual(sumsIn(rest));
  rest[Symbol.dispose]();
  expect(temporary.db.prepare('SELECT count(*) FROM usage_record').pluck().get()).toBe(stay.length);
  expect(deletion().list()).toEqual([{ ...range, callCount, costNanos, deletedAt: 7 }]);
});

it('takes nothing when there are other calls by now than was said', () => {
  createUsageStore(temporary.db).insert(recordWith({ id: 'a' }));
  const before = sumsIn(temporary);
  expect(() => deletion().delete({ from: '2026-01-01', to: '2026-12-31', callCount: 2 })).toThrow(
    expect.objectContaining({ code: 'CONFLICT' }),
  );
  expect(sumsIn(temporary)).toEqual(before);
  expect(deletion().list()).toEqual([]);
});

it('is the only way to delete a record', () => {
  createUsageStore(temporary.db).insert(recordWith({ id: 'a' }));
  expect(() => temporary.db.exec('DELETE FROM usage_record')).toThrow('usage records are kept');
  deletion().delete({ from: '2026-11-23', to: '2026-11-23', callCount: 1 });
  createUsageStore(temporary.db).insert(recordWith({ id: 'b' }));
  expect(() => temporary.db.exec('DELETE FROM usage_record')).toThrow('usage records are kept');
});

async function exported(format: 'csv' | 'json'): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of exportRecords({ usageStore: createUsageStore(temporary.db) }, everything, format, new AbortController().signal))
    pieces.push(piece);
  return pieces;
}

it('exports every record once, in pieces, with amounts that lose no digit', async () => {
  const store = createUsageStore(temporary.db);
  const count = 2_345;
  temporary.db.transaction(() => {
    for (let index = 0; index < count; index += 1)
      store.insert(recordWith({ id: `r${index}`, startedAt: index % 7, providerName: '=cmd()' }));
  })();
  const json = await exported('json');
  expect(json.length).toBeGreaterThan(2);
  const parsed: unknown = JSON.parse(json.join(''));
  expect(parsed).toHaveLength(count);
  expect(parsed).toEqual(
    expect.arrayContaining([expect.objectContaining({ id: 'r0', costNanos: '1000', costUsd: '0.000001000', exactness: 'exact' })]),
  );
  const lines = (await exported('csv')).join('').split('\r\n');
  expect(lines).toHaveLength(count + 2);
  expect(new Set(lines.map((line) => /r\d+/.exec(line)?.[0])).size).toBe(count + 1);
  expect(lines[1]).toContain(`'=cmd()`);
});

it('exports an empty period as an empty list and a head', async () => {
  expect(JSON.parse((await exported('json')).join(''))).toEqual([]);
  expect((await exported('csv')).join('')).toMatch(/^startedAt,[^\n]*\r\n$/);
});
