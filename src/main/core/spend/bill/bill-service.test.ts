import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../../../../tests/temporary-database.ts';
import type { AppEvent } from '../../../../shared/contract/app.ts';
import { createAppEvents } from '../../events.ts';
import { createSumQueries } from '../sum-queries.ts';
import { recordWith } from '../testing/random-records.ts';
import { createUsageStore } from '../usage-store.ts';
import { createBillService } from './bill-service.ts';

const day = '2026-09-28';
const dayStart = Date.parse(`${day}T00:00:00Z`);
const price = {
  inputPerMillion: 2,
  cacheReadPerMillion: 0.5,
  cacheWritePerMillion: null,
  cacheWrite12hPerMillion: null,
  outputPerMillion: 8,
  multiplier: 1,
  source: 't',
  version: '1',
};

let temporary: TemporaryDatabase;
beforeEach(() => (temporary = openTemporaryDatabase()));
afterEach(() => temporary[Symbol.dispose]());

function start() {
  const { db } = temporary;
  const events = createAppEvents();
  const seen: AppEvent[] = [];
  events.subscribe((event) => seen.push(event));
  const service = createBillService({ db, events, now: () => 7 });
  const take = (text: string, name = 'bill.csv') => service.import({ name, gzipBase64: gzipSync(text).toString('base64') });
  return { db, service, take, seen, store: createUsageStore(db), sums: createSumQueries(db) };
}

const costs = (...rows: string[]) => `start_time,amount_value,amount_currency,line_item\n${rows.join('\n')}`;
const cost = (value: string, item = 'gpt-4o-mini', at = dayStart) => `${at / 1_000},${value},usd,"${item}, input"`;
const usage = (requests: number, input: number, output: number) =>
  `start_time,model,num_model_requests,input_tokens,output_tokens\n${dayStart / 1_000},gpt-4o-mini-2024-07-18,${requests},${input},${output}`;

/** An exact call of 1,000 tokens in and 100 out (0.0028 dollars), and one that was stopped: 500 and 20 (0.00116 dollars), estimated. */
function book({ store }: ReturnType<typeof start>): void {
  const shared = { price, startedAt: dayStart + 1_000, localDay: day, conversationId: 'c' };
  store.insert(
    recordWith({ ...shared, id: 'exact', inputTokens: 1_000, outputTokens: 100, amount: { exactness: 'exact', costNanos: 2_800_000 } }),
  );
  store.insert(
    recordWith({ ...shared, id: 'stopped', inputTokens: 500, outputTokens: 20, amount: { exactness: 'estimated', costNanos: 1_160_000 } }),
  );
}

/** The comparison the tests of settling are about. */
const at = { seller: 'openai', day, item: 'gpt-4o-mini' } as const;

it('imports the same file once, says what an overlapping one changes, and has the old lines back without it', () => {
  const { service, take, seen } = start();
  const first = take(costs(cost('0.5'), cost('0.25', 'gpt-4o')));
  expect(first).toMatchObject({ isKnown: false, newLineCount: 2, changedLineCount: 0, file: { fromDay: day, kind: 'costs' } });
  expect(take(costs(cost('0.5'), cost('0.25', 'gpt-4o')), 'copy.csv')).toMatchObject({ isKnown: true, file: { name: 'bill.csv' } });
  const second = take(costs(cost('0.75'), cost('0.25', 'gpt-4o'), cost('0.1', 'gpt-4o', dayStart + 86_400_000)));
  expect(second).toMatchObject({ newLineCount: 1, sameLineCount: 1, changedLineCount: 1 });
  expect(service.compare({ month: '2026-09' }).total.billedNanos).toBe(1_100_000_000);
  service.removeFile({ id: second.file.id });
  expect(service.compare({ month: '2026-09' }).total.billedNanos).toBe(750_000_000);
  expect(service.files()).toMatchObject({ files: [{ id: first.file.id }], months: ['2026-09'] });
  expect(seen.map(({ type }) => type)).toEqual(['bills.changed', 'bills.changed', 'bills.changed']);
});

it('counts a day once that one file divides by model and another does not', () => {
  const { service, take } = start();
  take(costs(cost('0.5'), cost('0.25', 'gpt-4o')));
  take(`start_time,amount_value,amount_currency,line_item\n${dayStart / 1_000},0.8,usd,`);
  expect(service.compare({ month: '2026-09' })).toMatchObject({ comparisons: [{ item: null, billedNanos: 800_000_000 }] });
  take(costs(cost('0.55'), cost('0.25', 'gpt-4o')));
  expect(service.compare({ month: '2026-09' }).comparisons.map(({ item, billedNanos }) => [item, billedNanos])).toEqual([
    ['gpt-4o-mini', 550_000_000],
    ['gpt-4o', 250_000_000],
  ]);
});

it("compares UTC days, whatever the user's days are, and only calls to the seller", () => {
  const tally = start();
  const { store, service, take } = tally;
  const fields = { price: null, amount: { exactness: 'exact', costNanos: 1_000_000 } } as const;
  // 08:00 in Tokyo on the 28th is the 27th in UTC.
  store.insert(recordWith({ id: 'before', startedAt: dayStart - 3_600_000, localDay: day, timeZone: 'Asia/Tokyo', ...fields }));
  store.insert(recordWith({ id: 'in', startedAt: dayStart + 84_000_000, localDay: '2026-09-29', timeZone: 'Asia/Tokyo', ...fields }));
  store.insert(recordWith({ id: 'other', startedAt: dayStart, localDay: day, baseUrl: 'https://api.groq.com/openai/v1', ...fields }));
  take(costs(cost('0.001')));
  const { comparisons, total } = service.compare({ month: '2026-09' });
  expect(comparisons).toMatchObject([{ day, item: 'gpt-4o-mini', booked: { callCount: 1 }, differenceNanos: 0, parts: [] }]);
  expect(total.differenceNanos).toBe(0);
});

it('settles the one estimate that requests, tokens and money pin, keeps what was booked, and keeps the sums true', () => {
  const tally = start();
  const { db, service, take, store, sums, seen } = tally;
  book(tally);
  take(costs(cost('0.0041')));
  expect(service.compare({ month: '2026-09' }).comparisons[0]).toMatchObject({
    settleable: null,
    parts: [{ cause: 'unknown', nanos: 140_000 }],
  });
  // 510 tokens in and 35 out were the stopped call's: 0.0013 dollars.
  take(usage(2, 1_510, 135), 'usage.csv');
  const [comparison] = service.compare({ month: '2026-09' }).comparisons;
  expect(comparison).toMatchObject({
    parts: [{ cause: 'estimates', nanos: 140_000 }],
    settleable: { callCount: 1, bookedNanos: 1_160_000, settledNanos: 1_300_000 },
    settled: null,
  });
  expect(() => service.settle({ ...at, callCount: 1, settledNanos: 1_300_001 })).toThrow('something else');
  service.settle({ ...at, callCount: 1, settledNanos: 1_300_000 });

  expect(service.compare({ month: '2026-09' }).comparisons[0]).toMatchObject({
    differenceNanos: 0,
    settleable: null,
    settled: { callCount: 1, bookedNanos: 1_160_000, settledNanos: 1_300_000 },
    booked: { estimatedCount: 0 },
  });
  const records = store.listRecords({ from: day, to: day, part: null, withoutPrice: false, before: null, limit: 10 });
  expect(records.find(({ id }) => id === 'stopped')?.amount).toEqual({ exactness: 'reported', costNanos: 1_300_000 });
  const sum = { costNanos: 4_100_000, exactNanos: 4_100_000, callCount: 2, estimatedCount: 0 };
  for (const unit of ['day', 'month'] as const) {
    const [cell] = sums.cellsOf('model', ['openai/gpt-4o-mini'], { from: day, to: day }, unit);
    expect(cell?.measures.total).toMatchObject(sum);
    expect(cell?.measures).toMatchObject({ inputTokens: 1_500, outputTokens: 120 });
  }
  expect(store.totalByConversations(['c']).get('c')).toMatchObject(sum);
  expect(db.prepare("SELECT exactness, cost_nanos FROM usage_record WHERE id = 'stopped'").get()).toEqual({
    exactness: 'estimated',
    cost_nanos: 1_160_000,
  });
  expect(db.prepare('SELECT booked_exactness, booked_nanos, settled_at FROM usage_settlement').get()).toEqual({
    booked_exactness: 'estimated',
    booked_nanos: 1_160_000,
    settled_at: 7,
  });
  expect(() => service.settle({ ...at, callCount: 1, settledNanos: 1_300_000 })).toThrow('something else');
  expect(seen.at(-1)).toEqual({ type: 'usage.settled' });
});

function everySum({ db }: ReturnType<typeof start>): unknown {
  return db.prepare('SELECT * FROM usage_sum ORDER BY split, unit, period, key').all();
}

it('sets a settled call back to what was booked, keeps what it was settled at, and can settle it once more', () => {
  const tally = start();
  const { db, service, take } = tally;
  book(tally);
  const booked = everySum(tally);
  take(costs(cost('0.0041')));
  take(usage(2, 1_510, 135), 'usage.csv');
  service.settle({ ...at, callCount: 1, settledNanos: 1_300_000 });
  expect(everySum(tally)).not.toEqual(booked);
  service.setBack(at);
  expect(everySum(tally)).toEqual(booked);
  expect(service.compare({ month: '2026-09' }).comparisons[0]).toMatchObject({ settled: null, settleable: { callCount: 1 } });
  expect(db.prepare('SELECT cost_nanos, undone_at FROM usage_settlement').all()).toEqual([{ cost_nanos: 1_300_000, undone_at: 7 }]);
  service.settle({ ...at, callCount: 1, settledNanos: 1_300_000 });
  expect(service.compare({ month: '2026-09' }).comparisons[0]).toMatchObject({ differenceNanos: 0, settled: { callCount: 1 } });
});

it('sets back what a file has settled when the file is removed, and says before how much that is', () => {
  const tally = start();
  const { service, take, seen } = tally;
  book(tally);
  const booked = everySum(tally);
  const { file } = take(costs(cost('0.0041')));
  take(costs(cost('0.5', 'gpt-4o', dayStart + 86_400_000)), 'other.csv');
  take(usage(2, 1_510, 135), 'usage.csv');
  service.settle({ ...at, callCount: 1, settledNanos: 1_300_000 });
  expect(service.files().files.map(({ name, settledCount }) => [name, settledCount])).toEqual([
    ['usage.csv', 1],
    ['other.csv', 0],
    ['bill.csv', 1],
  ]);
  service.removeFile({ id: file.id });
  expect(everySum(tally)).toEqual(booked);
  expect(seen.slice(-2)).toEqual([{ type: 'bills.changed' }, { type: 'usage.settled' }]);
  expect(service.files().files.map(({ settledCount }) => settledCount)).toEqual([0, 0]);
});

const projects = (...rows: readonly [project: string, requests: number, input: number, start?: number][]) =>
  `start_time,end_time,project_id,model,num_model_requests,input_tokens,output_tokens\n${rows
    .map(
      ([project, requests, input, start = dayStart / 1_000]) => `${start},${start + 3_600},${project},gpt-4o-mini,${requests},${input},0`,
    )
    .join('\n')}`;

it('adds up files that have other projects and hours of a day, and counts none of them twice', () => {
  const { service, take } = start();
  const noon = dayStart / 1_000 + 43_200;
  const used = () => service.compare({ month: '2026-09' }).comparisons.map(({ billedUsage }) => billedUsage);
  take(projects(['a', 1, 100], ['b', 2, 200]));
  // Overlaps with the first file in project b, which it has a call more of.
  const second = take(projects(['b', 3, 250], ['c', 4, 400]), 'second.csv');
  expect(second).toMatchObject({ newLineCount: 0, sameLineCount: 0, changedLineCount: 1 });
  expect(used()).toMatchObject([{ requestCount: 8, inputTokens: 750 }]);
  expect(take(projects(['a', 1, 100], ['b', 3, 250], ['c', 4, 400]), 'both.csv')).toMatchObject({ sameLineCount: 1, changedLineCount: 0 });
  expect(used()).toMatchObject([{ requestCount: 8, inputTokens: 750 }]);
  take(projects(['a', 5, 500, noon]), 'noon.csv');
  expect(used()).toMatchObject([{ requestCount: 13, inputTokens: 1_250 }]);
  // A day that is not divided by project has all of it.
  take(usage(14, 1_300, 0), 'whole.csv');
  expect(used()).toMatchObject([{ requestCount: 14, inputTokens: 1_300 }]);
});

const openRouter = 'https://openrouter.ai/api/v1';
const activity = (...rows: readonly [id: string, dollars: string, input: number, output: number][]) =>
  `generation_id,created_at,cost_total,tokens_prompt,tokens_completion,model_permaslug\n${rows
    .map(([id, dollars, input, output]) => `${id},2026-09-28 00:00:05.000,${dollars},${input},${output},openai/gpt-4o-mini`)
    .join('\n')}`;

it("matches OpenRouter's calls one by one, says of each why it differs, and settles every one that was not sure", () => {
  const tally = start();
  const { store, service, take } = tally;
  const shared = { baseUrl: openRouter, requestedModel: 'openai/gpt-4o-mini', price, localDay: day, startedAt: dayStart + 4_000 };
  const call = (id: string, requestId: string | null, fields: Partial<Parameters<typeof recordWith>[0]>) =>
    store.insert(recordWith({ ...shared, id, requestId, ...fields }));
  call('sure', 'gen-sure', { amount: { exactness: 'reported', costNanos: 2_000_000 } });
  call('stopped', 'gen-stopped', { amount: { exactness: 'estimated', costNanos: 1_000_000 } });
  call('cut', 'gen-cut', { amount: { exactness: 'lower_bound', costNanos: 500_000 } });
  call('new', 'gen-new', { amount: { exactness: 'no_price' }, price: null });
  // Begun before midnight in UTC, and on the bill of the day it was ended on.
  call('late', 'gen-late', { startedAt: dayStart - 1_000, localDay: '2026-09-27', amount: { exactness: 'reported', costNanos: 10_000 } });
  call('missing', 'gen-missing', { amount: { exactness: 'reported', costNanos: 70_000 } });
  const booked = everySum(tally);
  take(
    activity(
      ['gen-sure', '0.002', 10, 2],
      ['gen-stopped', '0.0014', 9, 1],
      ['gen-cut', '0.0009', 9, 1],
      ['gen-new', '0.0003', 9, 1],
      ['gen-late', '0.00001', 9, 1],
    ),
  );
  const month = () => service.compare({ month: '2026-09' }).comparisons;
  expect(month()).toMatchObject([
    {
      item: 'openai/gpt-4o-mini',
      matchedCount: 5,
      billedNanos: 4_610_000,
      billedUsage: { requestCount: 5 },
      bookedUsage: { requestCount: 6 },
      settleable: { callCount: 3, bookedNanos: 1_500_000, settledNanos: 2_600_000 },
    },
  ]);
  const parts = month()[0]?.parts;
  expect(parts).toEqual([
    { cause: 'estimates', nanos: 800_000 },
    { cause: 'no_price', nanos: 300_000 },
    { cause: 'not_on_bill', nanos: -70_000 },
  ]);
  expect(parts?.reduce((sum, { nanos }) => sum + nanos, 0)).toBe(month()[0]?.differenceNanos);
  const openRouterDay = { seller: 'openrouter', day, item: 'openai/gpt-4o-mini' } as const;
  service.settle({ ...openRouterDay, callCount: 3, settledNanos: 2_600_000 });
  expect(month()).toMatchObject([{ settleable: null, settled: { callCount: 3 }, parts: [{ cause: 'not_on_bill', nanos: -70_000 }] }]);
  service.setBack(openRouterDay);
  expect(everySum(tally)).toEqual(booked);
});

it('has what the bill names by id and Tally has not made as calls from elsewhere, beside those that match', () => {
  const { store, service, take } = start();
  const amount = { exactness: 'reported', costNanos: 2_000_000 } as const;
  const shared = { baseUrl: openRouter, requestedModel: 'openai/gpt-4o-mini', localDay: day, startedAt: dayStart };
  store.insert(recordWith({ ...shared, id: 'own', requestId: 'gen-own', amount }));
  take(activity(['gen-own', '0.002', 10, 2], ['gen-phone', '0.005', 10, 2]));
  expect(service.compare({ month: '2026-09' }).comparisons).toMatchObject([
    { matchedCount: 1, parts: [{ cause: 'elsewhere', nanos: 5_000_000 }], differenceNanos: 5_000_000 },
  ]);
});

it('has what the bill lists and Tally has not made as calls from elsewhere, and what Tally alone has as not on the bill', () => {
  const tally = start();
  book(tally);
  tally.take(costs(cost('3', 'gpt-image-1')));
  const { comparisons, total } = tally.service.compare({ month: '2026-09' });
  expect(comparisons.map(({ item, parts }) => [item, parts[0]?.cause, parts[0]?.nanos])).toEqual([
    ['gpt-image-1', 'elsewhere', 3_000_000_000],
    ['gpt-4o-mini', 'not_on_bill', -3_960_000],
  ]);
  expect(total.parts.reduce((sum, { nanos }) => sum + nanos, 0)).toBe(total.differenceNanos);
});

it('says no difference of a day of which only the use is known', () => {
  const tally = start();
  book(tally);
  tally.take(usage(3, 2_000, 300));
  const { comparisons, total } = tally.service.compare({ month: '2026-09' });
  expect(comparisons).toMatchObject([{ billedNanos: null, differenceNanos: null, parts: [], billedUsage: { requestCount: 3 } }]);
  expect(total).toMatchObject({ billedNanos: 0, differenceNanos: 0, parts: [] });
});
