import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../tests/seeded-random.ts';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../../../tests/temporary-database.ts';
import type { Db } from '../db/database.ts';
import { createAppEvents } from '../events.ts';
import { createPriceBook } from './prices/price-book.ts';
import { createPriceLists } from './prices/price-lists.ts';
import { createSpendService } from './spend-service.ts';
import { createSumQueries } from './sum-queries.ts';
import { randomRecord, recordWith } from './testing/random-records.ts';
import { createUsageStore, type UsageStore } from './usage-store.ts';

let temporary: TemporaryDatabase;
let db: Db;
let store: UsageStore;

beforeEach(() => {
  temporary = openTemporaryDatabase();
  db = temporary.db;
  store = createUsageStore(db);
});

afterEach(() => temporary[Symbol.dispose]());

function serviceAt(instant: number, timeZone: string) {
  const lists = createPriceLists();
  return createSpendService({
    db,
    lists,
    priceBook: createPriceBook(undefined, lists),
    providers: () => [],
    events: createAppEvents(),
    usageStore: store,
    sums: createSumQueries(db),
    namesOf: (_split, ids) => new Map(ids.filter((id) => id !== 'c3').map((id) => [id, `Title of ${id}`])),
    now: () => instant,
    timeZone: () => timeZone,
  });
}

describe('records', () => {
  it('come back as they were booked and refuse to be changed', () => {
    const price = {
      inputPerMillion: 0.15,
      cacheReadPerMillion: 0.075,
      cacheWritePerMillion: null,
      outputPerMillion: 0.6,
      multiplier: 1,
      source: 'test',
      version: '1',
    };
    const {
      baseUrl: _baseUrl,
      timeZone: _timeZone,
      usageJson: _usageJson,
      anomaly: _anomaly,
      ...shown
    } = recordWith({ id: 'a', messageId: 'm', price });
    store.insert(recordWith({ id: 'a', messageId: 'm', price }));
    expect(store.listByMessages(['m', 'other'])).toEqual([shown]);
    expect(() => db.exec('UPDATE usage_record SET cost_nanos = 0')).toThrow('insert-only');
  });

  it('page from the newest to the oldest without losing or repeating those of the same moment', () => {
    const random = seededRandom(7);
    const records = Array.from({ length: 57 }, (_, index) => randomRecord(random, index, ['2026-11-21', '2026-11-22', '2026-11-23']));
    records.forEach((each) => store.insert(each));
    const service = serviceAt(Date.UTC(2026, 10, 23), 'UTC');
    for (const conversationId of [null, 'c1']) {
      const ids: string[] = [];
      let before: string | null = null;
      do {
        const part = conversationId === null ? null : ({ split: 'conversation', key: conversationId } as const);
        const page = service.records({ from: '2026-11-21', to: '2026-11-22', part, withoutPrice: false, before, limit: 5 });
        ids.push(...page.records.map(({ id }) => id));
        for (const { conversationId: of, conversationTitle } of page.records) {
          expect(conversationTitle).toBe(of === null || of === 'c3' ? null : `Title of ${of}`);
        }
        before = page.nextCursor;
      } while (before !== null);
      const expected = records
        .filter(({ localDay }) => localDay !== '2026-11-23')
        .filter((each) => conversationId === null || each.conversationId === conversationId)
        .toSorted((a, b) => b.localDay.localeCompare(a.localDay) || b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));
      expect(ids).toEqual(expected.map(({ id }) => id));
    }
  });

  it('refuse a cursor nobody gave out', () => {
    const range = { from: '2026-11-21', to: '2026-11-22' };
    const page = (): unknown => serviceAt(0, 'UTC').records({ ...range, part: null, withoutPrice: false, before: "'; --", limit: 5 });
    expect(page).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});

describe('totals', () => {
  it('end the day where the user is, not in Greenwich', () => {
    // 23:30 in Tokyo on the 30th is still the 30th; half an hour later a new day and month begin.
    store.insert(recordWith({ id: 'a', localDay: '2026-11-30' }));
    const at = (instant: number) => serviceAt(instant, 'Asia/Tokyo').totals();
    const before = at(Date.UTC(2026, 10, 30, 14, 30));
    expect([before.today.callCount, before.month.callCount, before.allTime.callCount]).toEqual([1, 1, 1]);
    const after = at(Date.UTC(2026, 10, 30, 15, 0));
    expect([after.today.callCount, after.month.callCount, after.allTime.callCount]).toEqual([0, 0, 1]);
  });
});
