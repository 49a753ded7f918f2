import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGate, refusals, type FakeReply } from '../../../../tests/fake-openai/start-fake-openai.ts';
import type { AppEvent } from '../../../shared/contract/app.ts';
import { createAppEvents } from '../events.ts';
import {
  ask,
  attribution,
  chatUrl,
  openAi,
  openLedgerBench,
  startedAt,
  tokenCounter,
  type LedgerBench,
} from './testing/temporary-ledger.ts';

let bench: LedgerBench;
let reply: FakeReply | undefined;

beforeEach(async () => {
  reply = undefined;
  bench = await openLedgerBench(() => reply);
});

afterEach(() => bench.close());

describe('a booked call', () => {
  it('costs what the server bills, to the nano', async () => {
    reply = { tokens: ['Once ', 'a ', 'year.'], cachedTokens: 4 };
    const events = createAppEvents();
    const told: AppEvent[] = [];
    events.subscribe((event) => told.push(event));
    const call = bench.ledger({ events }).meter(attribution());
    await (await call.fetch(chatUrl, ask())).text();
    const [bill] = bench.server.bill();
    expect(await call.settled()).toMatchObject([
      {
        id: 'call-1',
        attempt: 1,
        purpose: 'answer',
        outcome: 'done',
        inputTokens: bill?.promptTokens,
        cacheReadTokens: 4,
        outputTokens: bill?.completionTokens,
        tokenSource: 'provider',
        amount: { exactness: 'exact', costNanos: bill?.billedNanos },
        price: { inputPerMillion: 0.15, outputPerMillion: 0.6 },
        // 23:59 in Tokyo: the day is the user's.
        localDay: '2026-11-23',
      },
    ]);
    expect(bench.usageStore.listByMessages(['message'])).toEqual(await call.settled());
    expect(told).toEqual([{ type: 'usage.recorded', conversationId: 'conversation' }]);
    expect(bench.openCallCount()).toBe(0);
  });

  it('counts every attempt: refusals at exactly nothing, the answer at its price', async () => {
    const call = bench.ledger().meter(attribution());
    reply = refusals.rateLimited(120);
    await (await call.fetch(chatUrl, ask())).text();
    reply = { tokens: ['Yes.'] };
    await (await call.fetch(chatUrl, ask())).text();
    const records = await call.settled();
    expect(records).toMatchObject([
      { attempt: 1, outcome: 'failed', httpStatus: 429, inputTokens: 0, outputTokens: 0, amount: { exactness: 'exact', costNanos: 0 } },
      { attempt: 2, outcome: 'done', amount: { exactness: 'exact', costNanos: bench.server.bill()[0]?.billedNanos } },
    ]);
  });

  it('takes another body for another call, not for a retry', async () => {
    const call = bench.ledger().meter(attribution({ purpose: 'index_embedding', requestedModel: 'text-embedding-3-small' }));
    for (const input of ['one', 'two']) {
      await call.fetch(`${openAi}/embeddings`, {
        method: 'POST',
        body: JSON.stringify({ model: 'text-embedding-3-small', input: [input] }),
      });
    }
    const billed = bench.server.bill().map(({ billedNanos }) => billedNanos);
    const records = await call.settled();
    expect(records.map(({ attempt }) => attempt)).toEqual([1, 1]);
    expect(records.map(({ amount }) => amount)).toEqual(billed.map((costNanos) => ({ exactness: 'exact', costNanos })));
  });

  it('prices the twelve-hour share of cache writes by itself', async () => {
    reply = { tokens: ['Yes.'], cacheWriteTokens: 6, cacheWrite12hTokens: 4 };
    const call = bench.ledger().meter(attribution({ requestedModel: 'gpt-6.1-terra' }));
    const body = JSON.stringify({ model: 'gpt-6.1-terra', input: 'What does the lease say about the rent, and since when?', stream: true });
    await (await call.fetch(`${openAi}/responses`, { method: 'POST', body })).text();
    const [bill] = bench.server.bill();
    expect(bill?.cacheWrite12hTokens).toBe(4);
    expect(await call.settled()).toMatchObject([{ cacheWriteTokens: 6, amount: { exactness: 'exact', costNanos: bill?.billedNanos } }]);
  });
});

describe('the journal', () => {
  it('knows a call before it leaves, and books at the next start what a kill left open', async () => {
    const gate = createGate({ afterTokens: 1 });
    reply = { tokens: ['The ', 'rent.'], gate };
    const killed = bench.ledger();
    const response = await killed.meter(attribution()).fetch(chatUrl, ask());
    expect(bench.openCallCount()).toBe(1);
    bench.db.exec(`
      INSERT INTO conversation (id, title, title_by, created_at, updated_at) VALUES ('conversation', 'Lease', 'text', 1, 1);
      INSERT INTO message (id, conversation_id, role, text, status, created_at)
      VALUES ('message', 'conversation', 'assistant', 'The rent is due monthly.', 'interrupted', 1);`);

    const next = bench.ledger({ newId: () => 'never used' });
    expect(await next.bookInterruptedCalls()).toBe(1);
    const outputTokens = tokenCounter.countSync('The rent is due monthly.', 'gpt-4o-mini');
    expect(bench.usageStore.listByMessages(['message'])).toMatchObject([
      {
        id: 'call-1',
        outcome: 'interrupted',
        errorCode: 'PROCESS_KILLED',
        outputTokens,
        tokenSource: 'local',
        amount: { exactness: 'estimated' },
        startedAt,
      },
    ]);
    expect(await next.bookInterruptedCalls()).toBe(0);
    gate.open();
    await response.body?.cancel().catch(() => undefined);
  });

  it('says at least for a killed call whose output was never stored', async () => {
    const gate = createGate({ afterTokens: 1 });
    reply = { tokens: ['Lease ', 'questions'], gate };
    const response = await bench
      .ledger()
      .meter(attribution({ purpose: 'condense' }))
      .fetch(chatUrl, ask());
    await bench.ledger().bookInterruptedCalls();
    expect(bench.usageStore.listByMessages(['message'])).toMatchObject([{ purpose: 'condense', amount: { exactness: 'lower_bound' } }]);
    gate.open();
    await response.body?.cancel().catch(() => undefined);
  });

  it('keeps a call a full disk would not take, and tells whoever waits for it', async () => {
    // Too long for what is left on the pages the file has.
    reply = { tokens: ['Yes.'], usage: { padding: 'x'.repeat(7_000) } };
    const call = bench.ledger().meter(attribution());
    const response = await call.fetch(chatUrl, ask());
    // Migrations have left empty pages.
    bench.db.exec('VACUUM');
    const pageCount = Number(bench.db.pragma('page_count', { simple: true }));
    bench.db.pragma(`max_page_count = ${pageCount}`);
    await expect(response.text()).rejects.toMatchObject({ code: 'DISK_FULL' });
    await expect(call.settled()).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(bench.logged).toContain('usage.not_stored');
    expect(bench.openCallCount()).toBe(1);
    bench.db.pragma(`max_page_count = ${pageCount + 1_000}`);
    expect(await bench.ledger().bookInterruptedCalls()).toBe(1);
  });

  it('sends nothing that it cannot note down', async () => {
    bench.db.exec(`CREATE TRIGGER disk_full BEFORE INSERT ON open_call BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
    await expect(bench.ledger().meter(attribution()).fetch(chatUrl, ask())).rejects.toThrow('disk full');
    expect(bench.server.requests).toHaveLength(0);
  });
});

it('closing stops what is under way and books it', async () => {
  const gate = createGate({ afterTokens: 1 });
  reply = { tokens: ['The ', 'rent.'], gate };
  const ledger = bench.ledger();
  const call = ledger.meter(attribution());
  await call.fetch(chatUrl, ask());
  await ledger.close();
  expect(bench.usageStore.listByMessages(['message'])).toMatchObject([{ outcome: 'stopped' }]);
  gate.open();
});

it('no key, prompt or answer is in what the ledger stores', async () => {
  reply = { tokens: ['secret-', 'answer'] };
  const call = bench.ledger().meter(attribution());
  await (await call.fetch(chatUrl, { ...ask(), headers: { authorization: 'Bearer sk-secret-key' } })).text();
  await call.settled();
  const stored = JSON.stringify(bench.db.prepare('SELECT * FROM usage_record').all());
  expect(stored).not.toMatch(/sk-secret-key|secret-answer|lease/iu);
});
