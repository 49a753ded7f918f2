import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGate, refusals, type FakeReply } from '../../../../../tests/fake-openai/start-fake-openai.ts';
import type { FakeRequest } from '../../../../../tests/fake-openai/fake-request.ts';
import { seededRandom } from '../../../../../tests/seeded-random.ts';
import type { BudgetValues } from '../../../../shared/contract/budgets.ts';
import { uncalibrated } from '../calibration.ts';
import type { CallAttribution, Ledger } from '../ledger.ts';
import { createPriceBook } from '../prices/price-book.ts';
import {
  ask,
  attribution,
  chatUrl,
  openAi,
  openLedgerBench,
  question,
  tokenCounter,
  type LedgerBench,
} from '../testing/temporary-ledger.ts';
import { createBudgetStore, type BudgetStore } from './budget-store.ts';
import { createCallGuard } from './guard-calls.ts';
import { createReadStanding } from './read-standings.ts';

let bench: LedgerBench;
let store: BudgetStore;
let reply: (request: FakeRequest) => FakeReply | undefined;
let clock: { now: number; timeZone: string };

beforeEach(async () => {
  reply = () => undefined;
  clock = { now: Date.UTC(2026, 10, 23, 3), timeZone: 'Asia/Tokyo' };
  bench = await openLedgerBench((request) => reply(request));
  store = createBudgetStore(bench.db);
});

afterEach(() => bench.close());

/** A ledger as another start of Tally, or another process, would have it. */
function openLedger(): Ledger {
  const [now, timeZone] = [() => clock.now, () => clock.timeZone];
  const readStanding = createReadStanding({ db: bench.db, now, timeZone });
  const guard = createCallGuard({ store, spared: new Map(), readStanding, priceBook: createPriceBook(), calibration: uncalibrated });
  return bench.ledger({ guard, now, timeZone, retryPauseMs: 1 });
}

function setBudget(values: Partial<BudgetValues> & Pick<BudgetValues, 'limitNanos'>, id = 'budget'): void {
  store.set({ id, per: 'day', of: { kind: 'all' }, noticeShare: 0.8, atLimit: 'ask', ...values }, 1);
}

async function send(ledger: Ledger, fields: Partial<CallAttribution> = {}, body: Readonly<Record<string, unknown>> = {}) {
  const call = ledger.meter(attribution(fields));
  const response = await call.fetch(chatUrl, ask(fields.requestedModel, body));
  await response.text();
  return (await call.settled())[0];
}

const countOf = (model: string): Promise<number> => tokenCounter.countChat([{ role: 'user', content: question }], model);
/** gpt-4o-mini: 0.15 and 0.6 USD a million, so 150 and 600 nano-USD a token. */
const [inputNanos, outputNanos] = [150, 600];

it('a call that does not fit never leaves, and nothing is noted or booked', async () => {
  setBudget({ limitNanos: (await countOf('gpt-4o-mini')) * inputNanos + 256 * outputNanos - 1 });
  await expect(send(openLedger())).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED', data: { budgetId: 'budget', spentNanos: 0 } });
  expect(bench.server.requests).toHaveLength(0);
  expect(bench.openCallCount()).toBe(0);
});

it('the answer is capped at what is left after the input', async () => {
  const input = await countOf('gpt-4o-mini');
  setBudget({ limitNanos: input * inputNanos + 1_000 * outputNanos + 599 });
  await send(openLedger());
  expect(bench.server.requests[0]?.body['max_completion_tokens']).toBe(1_000);
  expect(bench.server.requests[0]?.body['max_tokens']).toBeUndefined();
});

it('a call under way is held against the budget, even by another process, until it is booked', async () => {
  const gate = createGate();
  const input = await countOf('gpt-4o-mini');
  setBudget({ limitNanos: (input * inputNanos + 1_000 * outputNanos) * 2 });
  reply = () => ({ gate, text: 'ok' });
  const first = send(openLedger(), {}, { max_tokens: 1_800 });
  await gate.reached();
  await expect(send(openLedger(), { conversationId: 'other' })).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
  gate.open();
  await first;
  await expect(send(openLedger(), { conversationId: 'other' })).resolves.toMatchObject({ outcome: 'done' });
});

it('a call that a killed process left stays held until the next start has booked it', async () => {
  const ledger = openLedger();
  setBudget({ limitNanos: 1_000_000 });
  const left = { ...attribution(), runId: 'killed' };
  const note = { id: 'left', attempt: 1, attribution: left, endpoint: 'chat', reasonsInSilence: false, hasUncounted: false };
  const json = JSON.stringify({ ...note, localInputTokens: 10, reservedNanos: 900_000, startedAt: clock.now, timeZone: clock.timeZone });
  bench.db.prepare('INSERT INTO open_call (id, call_json, started_at) VALUES (?, ?, ?)').run('left', json, clock.now);
  await expect(send(ledger)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED', data: { reservedNanos: 900_000 } });
  await ledger.bookInterruptedCalls();
  await expect(send(ledger)).resolves.toMatchObject({ outcome: 'done' });
});

it('what was refused by the provider is not held any longer, and is tried again', async () => {
  const replies = [refusals.serverError(), undefined];
  setBudget({ limitNanos: 300_000 });
  reply = () => replies.shift();
  await send(openLedger());
  expect(bench.server.requests).toHaveLength(2);
});

it('without a price the person is asked; what is let through, and what costs nothing, passes', async () => {
  setBudget({ limitNanos: 1 });
  const ledger = openLedger();
  await expect(send(ledger, { requestedModel: 'mystery-model' })).rejects.toMatchObject({ code: 'BUDGET_UNBOUNDED' });
  await expect(send(ledger, { providerKind: 'local' })).resolves.toMatchObject({ amount: { exactness: 'free' } });
  const override = {
    id: 'o',
    budgetId: 'budget',
    per: 'day',
    of: { kind: 'all' },
    limitNanos: 1,
    atLimit: 'ask',
    spentNanos: 0,
    newLimitNanos: null,
  } as const;
  store.addOverride({ ...override, kind: 'sent_once', runId: 'asked', conversationId: null, at: 1 });
  await expect(send(ledger, { runId: 'asked', requestedModel: 'mystery-model' })).resolves.toMatchObject({ outcome: 'done' });
  await expect(send(ledger, { runId: 'another' })).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
});

it('a month begins anew with the month; a clock set back opens no second one', async () => {
  setBudget({ per: 'month', limitNanos: 300_000 });
  const ledger = openLedger();
  reply = () => ({ text: 'ok', usage: { prompt_tokens: 10, completion_tokens: 400 } });
  await send(ledger);
  await expect(send(ledger)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
  // In Tokyo it is December already.
  clock.now = Date.UTC(2026, 10, 30, 15, 30);
  await send(ledger);
  clock.now = Date.UTC(2026, 10, 29);
  await expect(send(ledger)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
  // A journey to the west, where it is November still.
  clock = { now: Date.UTC(2026, 10, 30, 15, 40), timeZone: 'America/New_York' };
  await expect(send(ledger)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
});

it('each conversation, provider and model has its own', async () => {
  const limitNanos = 300_000;
  setBudget({ per: 'conversation', limitNanos }, 'conversation');
  setBudget({ of: { kind: 'model', providerId: 'openai', modelId: 'gpt-5-mini' }, limitNanos: 1 }, 'model');
  setBudget({ of: { kind: 'provider', providerId: 'other' }, limitNanos: 1 }, 'provider');
  reply = () => ({ text: 'ok', usage: { prompt_tokens: 10, completion_tokens: 400 } });
  const ledger = openLedger();
  await send(ledger, { conversationId: 'a' });
  await expect(send(ledger, { conversationId: 'a' })).rejects.toMatchObject({ data: { budgetId: 'conversation' } });
  await send(ledger, { conversationId: 'b' });
  await expect(send(ledger, { conversationId: 'c', requestedModel: 'gpt-5-mini' })).rejects.toMatchObject({ data: { budgetId: 'model' } });
  await expect(send(ledger, { conversationId: 'c', providerId: 'other' })).rejects.toMatchObject({ data: { budgetId: 'provider' } });
});

const zones = ['Asia/Tokyo', 'UTC', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Kiritimati'];
const models = ['gpt-4o-mini', 'gpt-5.6-luna', 'gpt-6.1-terra'];
const hour = 3_600_000;

it('over random sends, parallel ones too, with the clock and the zone changing, no limit is ever passed', async () => {
  const random = seededRandom(20_261_124);
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  const pick = <T>(list: readonly T[]): T => list[upTo(list.length - 1)] ?? (list[0] as T);
  const inputs = new Map(await Promise.all(models.map(async (model) => [model, await countOf(model)] as const)));
  setBudget({ limitNanos: 40_000_000 }, 'day');
  setBudget({ per: 'month', limitNanos: 150_000_000 }, 'month');
  setBudget({ per: 'conversation', limitNanos: 25_000_000 }, 'conversation');
  setBudget({ of: { kind: 'model', providerId: 'openai', modelId: 'gpt-6.1-terra' }, per: 'month', limitNanos: 60_000_000 }, 'model');
  // The server counts the input as we do, and heeds the cap; it bills anything up to it, written to its cache.
  reply = ({ body }) => {
    if (random() < 0.15) return refusals.serverError();
    const prompt_tokens = inputs.get(body.model ?? '') ?? 0;
    const cap = Number(body['max_completion_tokens'] ?? 3_000);
    const completion_tokens = random() < 0.3 ? Math.min(cap, 3_000) : upTo(Math.min(cap, 3_000));
    const prompt_tokens_details = { cached_tokens: 0, cache_write_tokens: upTo(prompt_tokens) };
    return { text: 'ok', usage: { prompt_tokens, completion_tokens, prompt_tokens_details, completion_tokens_details: null } };
  };
  let [admitted, refused] = [0, 0];
  for (let round = 0; round < 60; round += 1) {
    clock.now += random() < 0.15 ? -upTo(40) * hour : upTo(20) * hour;
    if (random() < 0.1) clock.timeZone = pick(zones);
    const ledger = openLedger();
    const sends = Array.from({ length: 1 + upTo(4) }, () =>
      send(
        ledger,
        { conversationId: `chat-${upTo(5)}`, requestedModel: pick(models), runId: `run-${round}` },
        { max_completion_tokens: 3_000 },
      ),
    );
    for (const outcome of await Promise.allSettled(sends)) {
      if (outcome.status === 'fulfilled') admitted += 1;
      else {
        refused += 1;
        expect(outcome.reason).toMatchObject({ code: 'BUDGET_EXCEEDED' });
      }
    }
    for (const { limitNanos, spentNanos } of everySum()) expect(spentNanos).toBeLessThanOrEqual(limitNanos);
    expect(bench.openCallCount()).toBe(0);
  }
  expect(admitted).toBeGreaterThan(30);
  expect(refused).toBeGreaterThan(10);
}, 60_000);

/** What was ever spent in each day, month, conversation and with the model, against the limit, read from the records alone. */
function everySum(): { limitNanos: number; spentNanos: number }[] {
  const sums = (limitNanos: number, key: string, where = '1'): { limitNanos: number; spentNanos: number }[] =>
    bench.db
      .prepare<[], { spentNanos: number }>(`SELECT sum(cost_nanos) AS spentNanos FROM usage_record WHERE ${where} GROUP BY ${key}`)
      .all()
      .map(({ spentNanos }) => ({ limitNanos, spentNanos: spentNanos ?? 0 }));
  return [
    ...sums(40_000_000, 'local_day'),
    ...sums(150_000_000, 'substr(local_day, 1, 7)'),
    ...sums(25_000_000, 'conversation_id'),
    ...sums(60_000_000, 'substr(local_day, 1, 7)', `requested_model = 'gpt-6.1-terra' AND base_url = '${openAi}'`),
  ];
}
