import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../tests/seeded-random.ts';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../../../tests/temporary-database.ts';
import { addAmount, emptyTotal, exactnesses, type Amount, type AmountTotal } from '../../../shared/amount.ts';
import { inTransaction, type Db } from '../db/database.ts';
import { createSpendService } from './spend-service.ts';
import type { BookedUsage } from './settle-usage.ts';
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

function record(fields: Partial<BookedUsage> & { id: string }): BookedUsage {
  return {
    runId: null,
    attempt: 1,
    purpose: 'answer',
    outcome: 'done',
    conversationId: null,
    messageId: null,
    documentId: null,
    providerId: 'openai',
    providerName: 'OpenAI',
    providerKind: 'remote',
    requestedModel: 'gpt-4o-mini',
    servedModel: null,
    serviceTier: null,
    requestId: null,
    inputTokens: 10,
    cacheReadTokens: null,
    cacheWriteTokens: null,
    outputTokens: 2,
    reasoningTokens: null,
    tokenSource: 'provider',
    amount: { exactness: 'exact', costNanos: 1_000 },
    price: null,
    httpStatus: 200,
    errorCode: null,
    startedAt: 1_000,
    firstTokenMs: null,
    durationMs: 5,
    localDay: '2026-11-23',
    baseUrl: 'https://api.openai.com/v1',
    timeZone: 'UTC',
    usageJson: null,
    anomaly: null,
    ...fields,
  };
}

function randomRecord(random: () => number, index: number): BookedUsage {
  const pick = <T>(values: readonly [T, ...T[]]): T => values[Math.floor(random() * values.length)] ?? values[0];
  const exactness = pick(exactnesses);
  const amount: Amount =
    exactness === 'no_price' || exactness === 'free' ? { exactness } : { exactness, costNanos: Math.floor(random() * 1e12) };
  return record({
    id: `r${index}`,
    amount,
    purpose: pick(['answer', 'condense', 'query_embedding', 'index_embedding', 'title']),
    outcome: pick(['done', 'stopped', 'failed', 'interrupted']),
    providerId: pick(['openai', 'ollama']),
    requestedModel: pick(['gpt-4o', 'gpt-4o-mini', 'llama3']),
    conversationId: pick([null, 'c1', 'c2', 'c3']),
    documentId: pick([null, 'd1', 'd2']),
    inputTokens: pick([null, 0, Math.floor(random() * 1e6)]),
    outputTokens: pick([null, 0, Math.floor(random() * 1e5)]),
    startedAt: Math.floor(random() * 50),
    localDay: pick(['2026-11-21', '2026-11-22', '2026-11-23']),
  });
}

function totalOf(records: readonly BookedUsage[]): AmountTotal {
  return records.reduce((total, { amount }) => addAmount(total, amount), emptyTotal);
}

describe('rollups', () => {
  it('are the sums of the records, whatever came in whatever order', () => {
    const random = seededRandom(20261123);
    const records = Array.from({ length: 400 }, (_, index) => randomRecord(random, index));
    inTransaction(db, () => records.forEach((each) => store.insert(each)));
    const everything = { from: '2026-11-21', to: '2026-11-23' };

    expect(store.totalOf(everything)).toEqual(totalOf(records));
    const onDay = { from: '2026-11-22', to: '2026-11-22' };
    expect(store.totalOf(onDay)).toEqual(totalOf(records.filter(({ localDay }) => localDay === '2026-11-22')));
    for (const { purpose, total } of store.listByPurpose(everything)) {
      expect(total).toEqual(totalOf(records.filter((each) => each.purpose === purpose)));
    }
    for (const spent of store.listByModel(everything)) {
      const same = records.filter((each) => each.providerId === spent.providerId && each.requestedModel === spent.model);
      expect(spent.total).toEqual(totalOf(same));
      expect(spent.inputTokens).toBe(same.reduce((sum, { inputTokens }) => sum + (inputTokens ?? 0), 0));
    }
    const days = store.listByDay(everything);
    expect(days.reduce((sum, { total }) => sum + total.callCount, 0)).toBe(records.length);
    const byConversation = store.totalByConversations(['c1', 'c2', 'unknown']);
    expect(byConversation.get('c1')).toEqual(totalOf(records.filter(({ conversationId }) => conversationId === 'c1')));
    expect(byConversation.get('unknown')).toEqual(emptyTotal);
    expect(store.totalByDocuments(['d2']).get('d2')).toEqual(totalOf(records.filter(({ documentId }) => documentId === 'd2')));
  });

  it('do not count a record whose transaction is rolled back', () => {
    const insertAndFail = (): void =>
      inTransaction(db, () => {
        store.insert(record({ id: 'a', conversationId: 'c1' }));
        throw new Error('later step failed');
      });
    expect(insertAndFail).toThrow('later step failed');
    expect(store.totalOf({ from: '2026-01-01', to: '2026-12-31' })).toEqual(emptyTotal);
    expect(store.totalByConversations(['c1']).get('c1')).toEqual(emptyTotal);
  });
});

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
    } = record({ id: 'a', messageId: 'm', price });
    store.insert(record({ id: 'a', messageId: 'm', price }));
    expect(store.listByMessages(['m', 'other'])).toEqual([shown]);
    expect(() => db.exec('UPDATE usage_record SET cost_nanos = 0')).toThrow('insert-only');
  });

  it('page from the newest to the oldest without losing or repeating those of the same moment', () => {
    const random = seededRandom(7);
    const records = Array.from({ length: 57 }, (_, index) => randomRecord(random, index));
    records.forEach((each) => store.insert(each));
    const service = createSpendService({
      usageStore: store,
      conversationTitles: (ids) => new Map(ids.filter((id) => id !== 'c3').map((id) => [id, `Title of ${id}`])),
      now: () => Date.UTC(2026, 10, 23),
      timeZone: () => 'UTC',
    });
    for (const conversationId of [null, 'c1']) {
      const ids: string[] = [];
      let before: string | null = null;
      do {
        const page = service.records({ from: '2026-11-21', to: '2026-11-22', conversationId, before, limit: 5 });
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
    const service = createSpendService({ usageStore: store, conversationTitles: () => new Map(), now: () => 0, timeZone: () => 'UTC' });
    const page = (): unknown => service.records({ from: '2026-11-21', to: '2026-11-22', conversationId: null, before: "'; --", limit: 5 });
    expect(page).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});

describe('totals', () => {
  it('end the day where the user is, not in Greenwich', () => {
    // 23:30 in Tokyo on the 30th is still the 30th; half an hour later a new day and month begin.
    store.insert(record({ id: 'a', localDay: '2026-11-30' }));
    const at = (instant: number) =>
      createSpendService({
        usageStore: store,
        conversationTitles: () => new Map(),
        now: () => instant,
        timeZone: () => 'Asia/Tokyo',
      }).totals();
    const before = at(Date.UTC(2026, 10, 30, 14, 30));
    expect([before.today.callCount, before.month.callCount, before.allTime.callCount]).toEqual([1, 1, 1]);
    const after = at(Date.UTC(2026, 10, 30, 15, 0));
    expect([after.today.callCount, after.month.callCount, after.allTime.callCount]).toEqual([0, 0, 1]);
  });
});
