import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGate, refusals, startFakeOpenAi, type FakeReply } from '../../../../tests/fake-openai/start-fake-openai.ts';
import type { Fetch } from '../ports.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import type { CallAttribution, MeteredCall } from './ledger.ts';
import { ask, attribution, chatUrl, openLedgerBench, redirectedTo, type LedgerBench } from './testing/temporary-ledger.ts';

let bench: LedgerBench;
let replies: FakeReply[];

beforeEach(async () => {
  replies = [];
  bench = await openLedgerBench(() => replies.shift());
});

afterEach(() => bench.close());

function meter(fields: Partial<CallAttribution> = {}, deps: Partial<LedgerDeps> = {}): MeteredCall {
  return bench.ledger({ retryPauseMs: 1, ...deps }).meter(attribution(fields));
}

async function statusOf(call: MeteredCall, signal?: AbortSignal): Promise<number> {
  const response = await call.fetch(chatUrl, { ...ask(), ...(signal ? { signal } : {}) });
  await response.text();
  return response.status;
}

/** A refusal that asks for a wait. */
function busy(status: number, headers: Record<string, string>): FakeReply {
  return { ...refusals.serverError(status), headers };
}

const answer: FakeReply = { tokens: ['Yes.'] };
const minuteFromStart = 'Mon, 23 Nov 2026 15:00:00 GMT';

describe('an attempt that came to nothing is repeated', () => {
  it.each([
    ['a rate limit', refusals.rateLimited()],
    ['a server error', refusals.serverError(500)],
    ['a bad gateway', refusals.serverError(502)],
    ['an overloaded server', refusals.serverError(503)],
  ])('%s: once for an answer, and each attempt is booked', async (_case, refusal) => {
    replies = [refusal, answer];
    const call = meter();
    expect(await statusOf(call)).toBe(200);
    expect(await call.settled()).toMatchObject([
      { attempt: 1, outcome: 'failed', amount: { exactness: 'exact', costNanos: 0 } },
      { attempt: 2, outcome: 'done', amount: { exactness: 'exact', costNanos: bench.server.bill()[0]?.billedNanos } },
    ]);
  });

  it.each([
    ['answer', 2],
    ['title', 2],
    ['condense', 3],
    ['query_embedding', 3],
    ['index_embedding', 3],
  ] as const)('%s: %i attempts at most', async (purpose, attempts) => {
    replies = Array.from({ length: 9 }, () => refusals.serverError());
    const call = meter({ purpose });
    expect(await statusOf(call)).toBe(500);
    expect(await call.settled()).toHaveLength(attempts);
  });

  it('a connection that was refused', async () => {
    const gone = await startFakeOpenAi();
    await gone.close();
    const addresses = [gone, bench.server];
    const restarted: Fetch = (input, init) => redirectedTo(addresses.shift() ?? bench.server)(input, init);
    const call = meter({}, { fetch: () => restarted });
    replies = [answer];
    expect(await statusOf(call)).toBe(200);
    expect(await call.settled()).toMatchObject([{ errorCode: 'NETWORK_UNREACHABLE', amount: { costNanos: 0 } }, { outcome: 'done' }]);
  });
});

describe('what would be waited or paid for twice is not', () => {
  it.each([
    ['an account without credit', refusals.quotaExceeded()],
    ['a wrong key', refusals.wrongKey()],
    ['a gateway that gave up on a model that may still run', refusals.serverError(504)],
    ['a wait beyond a minute', refusals.rateLimited(61)],
    ['a server that asks not to', busy(500, { 'x-should-retry': 'false' })],
  ])('%s', async (_case, refusal) => {
    replies = [refusal, answer];
    const call = meter();
    expect(await statusOf(call)).toBeGreaterThanOrEqual(400);
    expect(await call.settled()).toHaveLength(1);
  });

  it('a stream that broke before its first word', async () => {
    replies = [{ tokens: ['a'], fault: 'fin-without-done', faultAfterTokens: 0 }, answer];
    const call = meter();
    await expect(statusOf(call)).rejects.toMatchObject({ code: 'STREAM_TRUNCATED' });
    expect(await call.settled()).toHaveLength(1);
  });
});

describe('a wait the provider asks for', () => {
  it.each([
    ['seconds', { 'retry-after': '0.05' }, 50],
    ['milliseconds', { 'retry-after-ms': '50' }, 50],
    ['a date', { 'retry-after': minuteFromStart }, 60_000],
  ] as const)('in %s is announced with its end, and over when it is', async (_form, headers, waitMs) => {
    replies = [busy(429, headers), answer];
    const waits: (number | null)[] = [];
    const now = Date.parse(minuteFromStart) - 60_000;
    const stopping = new AbortController();
    const call = meter({}, { now: () => now });
    call.onWaiting((until) => {
      waits.push(until);
      // Nobody waits a minute in a test.
      if (waitMs === 60_000) stopping.abort();
    });
    await statusOf(call, stopping.signal).catch(() => undefined);
    expect(waits).toEqual([now + waitMs, null]);
  });

  it('ends at once when the answer is stopped, or the ledger closes', async () => {
    const ledger = bench.ledger();
    for (const stop of ['caller', 'ledger'] as const) {
      replies = [refusals.rateLimited(60), answer];
      const stopping = new AbortController();
      const call = ledger.meter(attribution());
      const isWaiting = Promise.withResolvers<void>();
      call.onWaiting((until) => until !== null && isWaiting.resolve());
      const asked = statusOf(call, stopping.signal);
      await isWaiting.promise;
      if (stop === 'caller') stopping.abort();
      else await ledger.close();
      await expect(asked).rejects.toThrow('abort');
      expect(await call.settled()).toMatchObject([{ outcome: 'failed', httpStatus: 429 }]);
    }
  });

  it('does not begin for an answer that was stopped while it was refused', async () => {
    const gate = createGate();
    bench = await replaceBench(async () => {
      await gate.pass(0);
      return refusals.rateLimited(60);
    });
    const stopping = new AbortController();
    const call = meter();
    const asked = statusOf(call, stopping.signal);
    await gate.reached();
    stopping.abort();
    await expect(asked).rejects.toThrow('abort');
    gate.open();
    expect(await call.settled()).toMatchObject([{ outcome: 'stopped' }]);
  });
});

async function replaceBench(reply: Parameters<typeof openLedgerBench>[0]): Promise<LedgerBench> {
  await bench.close();
  return openLedgerBench(reply);
}
