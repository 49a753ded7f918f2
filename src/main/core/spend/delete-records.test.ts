import { afterEach, beforeEach, expect, it } from 'vitest';
import { seededRandom } from '../../../../tests/seeded-random.ts';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../../../tests/temporary-database.ts';
import { inTransaction } from '../db/database.ts';
import { createAppEvents } from '../events.ts';
import type { DayRange } from './day-span.ts';
import { createRecordDeletion } from './delete-records.ts';
import { exportRecords } from './export-records.ts';
import type { BookedUsage } from './settle-usage.ts';
import { createSettlements } from './settlements.ts';
import { createSumQueries } from './sum-queries.ts';
import { randomRecord, recordWith } from './testing/random-records.ts';
import { prepareChangeOfSums } from './usage-sum.ts';
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

/** Deletes to the end, or until `stopAt` says so; what was said on the way. */
async function remove(range: DayRange & { callCount: number }, stopAt: (deletedCount: number) => boolean = () => false): Promise<number[]> {
  const controller = new AbortController();
  const said: number[] = [];
  for await (const { deletedCount } of deletion().delete(range, controller)) {
    said.push(deletedCount);
    if (stopAt(deletedCount)) controller.abort();
  }
  return said;
}

function sumsIn({ db }: TemporaryDatabase): unknown {
  return db.prepare('SELECT * FROM usage_sum ORDER BY split, unit, period, key').all();
}

it('takes the days it names and leaves the sums of what stays', async () => {
  const records = Array.from({ length: 200 }, (_, index) => randomRecord(seededRandom(index), index, days));
  records.forEach((record) => createUsageStore(temporary.db).insert(record));
  const range = { from: '2026-01-01', to: '2026-02-15' };
  const { callCount, costNanos } = deletion().quote(range);
  await remove({ ...range, callCount });
  const rest = openTemporaryDatabase();
  const stay = records.filter(({ localDay }) => localDay < range.from || localDay > range.to);
  stay.forEach((record) => createUsageStore(rest.db).insert(record));
  expect(callCount).toBe(records.length - stay.length);
  expect(sumsIn(temporary)).toEqual(sumsIn(rest));
  rest[Symbol.dispose]();
  expect(temporary.db.prepare('SELECT count(*) FROM usage_record').pluck().get()).toBe(stay.length);
  expect(deletion().list()).toEqual([{ ...range, callCount, costNanos, deletedAt: 7 }]);
});

/** More than two slices of records, some of them settled. */
function fillSlices(): BookedUsage[] {
  const { db } = temporary;
  const records = Array.from({ length: 1_300 }, (_, index) => randomRecord(seededRandom(index), index, days));
  const store = createUsageStore(db);
  const settlements = createSettlements(db, () => 1);
  inTransaction(db, () => {
    records.forEach((record) => store.insert(record));
    const shared = { source: 'bill', exactness: 'reported', costNanos: 5, priceJson: null, billJson: '{}' } as const;
    settlements.settle(records.filter(({ amount }) => amount.exactness === 'estimated').map(({ id }) => ({ ...shared, recordId: id })));
  });
  return records;
}

/** The sums as they would be were each record that is left booked, and settled, anew. */
function sumsOfWhatIsLeft(): unknown {
  const { db } = temporary;
  const ids = db.prepare<[], string>('SELECT id FROM usage_record').pluck().all();
  const before = sumsIn(temporary);
  const fresh = inTransaction(db, () => {
    db.exec('DELETE FROM usage_sum');
    prepareChangeOfSums(db, 1)(ids);
    return sumsIn(temporary);
  });
  expect(before).toEqual(fresh);
  return fresh;
}

it('goes slice by slice, lets others have their turn, and is true after each: a stopped one has taken whole slices and no more', async () => {
  const records = fillSlices();
  const range = { from: '2025-12-31', to: '2026-02-28' };
  const { callCount } = deletion().quote(range);
  let turnCount = 0;
  const ticking = setInterval(() => (turnCount += 1));
  expect(await remove({ ...range, callCount }, (deleted) => deleted > 0)).toEqual([500]);
  const left = temporary.db.prepare<[], number>('SELECT count(*) FROM usage_record').pluck().get();
  expect(left).toBe(records.length - 500);
  expect(temporary.db.prepare('SELECT count(*) FROM usage_record WHERE local_day = ?').pluck().get('2025-12-31')).toBe(0);
  sumsOfWhatIsLeft();
  const [stopped] = deletion().list();
  expect(stopped).toMatchObject({ ...range, callCount: 500 });
  expect(temporary.db.prepare('SELECT max(is_open) FROM usage_deletion').pluck().get()).toBe(0);

  expect(await remove({ ...range, callCount: callCount - 500 })).toEqual([500, callCount - 500].toSorted((a, b) => a - b));
  clearInterval(ticking);
  expect(turnCount).toBeGreaterThan(0);
  sumsOfWhatIsLeft();
  const deleted = deletion().list();
  expect(deleted.reduce((sum, each) => sum + each.callCount, 0)).toBe(callCount);
  expect(deletion().quote(range).callCount).toBe(0);
});

it('leaves calls alone that are booked while it goes on', async () => {
  fillSlices();
  const range = { from: '2025-12-31', to: '2026-11-23' };
  const { callCount } = deletion().quote(range);
  await remove({ ...range, callCount }, (deletedCount) => {
    if (deletedCount === 500) createUsageStore(temporary.db).insert(recordWith({ id: 'meanwhile' }));
    return false;
  });
  expect(temporary.db.prepare('SELECT id FROM usage_record').pluck().all()).toEqual(['meanwhile']);
  sumsOfWhatIsLeft();
});

it('takes nothing when there are other calls by now than was said', async () => {
  createUsageStore(temporary.db).insert(recordWith({ id: 'a' }));
  const before = sumsIn(temporary);
  await expect(remove({ from: '2026-01-01', to: '2026-12-31', callCount: 2 })).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(sumsIn(temporary)).toEqual(before);
  expect(deletion().list()).toEqual([]);
});

it('is the only way to delete a record', async () => {
  createUsageStore(temporary.db).insert(recordWith({ id: 'a' }));
  expect(() => temporary.db.exec('DELETE FROM usage_record')).toThrow('usage records are kept');
  await remove({ from: '2026-11-23', to: '2026-11-23', callCount: 1 });
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
