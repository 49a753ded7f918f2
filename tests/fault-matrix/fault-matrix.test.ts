import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultCase } from './fault-case.ts';
import { broken, repeated, stopped } from './broken-cases.ts';
import { openMatrixBench, type MatrixBench } from './matrix-bench.ts';
import { exactlyReported, notReported, streamOptionsRefused } from './reporting-cases.ts';
import { sideCalls } from './side-call-cases.ts';

const mini = { input: 0.15, cached: 0.075, cacheWrite: 0.15, cacheWrite12h: 0.15, output: 0.6 };
let bench: MatrixBench;

beforeAll(async () => {
  bench = await openMatrixBench({
    rates: {
      'gpt-4o-2024-08-06': { input: 2.5, cached: 1.25, cacheWrite: 2.5, cacheWrite12h: 2.5, output: 10 },
      // In the tier `flex`, at half the price, which is the only one this model is served in here.
      'gpt-5.4-mini': { input: 0.375, cached: 0.0375, cacheWrite: 0.375, cacheWrite12h: 0.375, output: 2.25 },
    },
  });
});

afterAll(() => bench.close());

/** One record for each attempt, marked as it should be; an exact amount is the server's own. */
async function expectBooked(faultCase: FaultCase, on: MatrixBench): Promise<void> {
  const { records, arrivedCount, lineOf } = await on.play(faultCase);
  const booked = records.map(({ outcome, amount, errorCode }) => [outcome, amount.exactness, ...(errorCode === null ? [] : [errorCode])]);
  expect(booked).toEqual(faultCase.booked);
  expect(records.map(({ attempt }) => attempt)).toEqual(records.map((_, index) => index + 1));
  expect(arrivedCount).toBe(records.length - (faultCase.unreachable ?? 0));
  for (const record of records) {
    const { amount } = record;
    if (amount.exactness === 'exact' || amount.exactness === 'reported') expect(amount.costNanos).toBe(lineOf(record)?.billedNanos ?? 0);
    if (amount.exactness === 'estimated' || amount.exactness === 'lower_bound') expect(amount.costNanos).toBeGreaterThan(0);
  }
  expect(on.openCallCount()).toBe(0);
}

const atOpenAi = (cases: readonly FaultCase[]) => cases.filter(({ address }) => address !== 'openrouter');

describe('what a server reports is booked to the nano-dollar', () => {
  it.each(atOpenAi(exactlyReported))('$name', (faultCase) => expectBooked(faultCase, bench));
});
describe('what a server does not say is marked', () => {
  it.each(notReported)('$name', (faultCase) => expectBooked(faultCase, bench));
});
describe('an answer is stopped', () => {
  it.each(atOpenAi(stopped))('$name', (faultCase) => expectBooked(faultCase, bench));
});
describe('a reply goes wrong', () => {
  it.each(atOpenAi(broken))('$name', (faultCase) => expectBooked(faultCase, bench));
});
describe('an attempt is refused', () => {
  it.each(repeated)('$name', (faultCase) => expectBooked(faultCase, bench));
});
describe('the calls around an answer', () => {
  it.each(sideCalls)('$name', (faultCase) => expectBooked(faultCase, bench));
});

describe('at OpenRouter', () => {
  const cases = [...exactlyReported, ...stopped, ...broken].filter(({ address }) => address === 'openrouter');

  it.each(cases)('$name', async (faultCase) => {
    const openRouter = await openMatrixBench({ rates: { 'openai/gpt-4o-mini': mini }, openRouter: { lateBy: 1 } });
    await expectBooked(faultCase, openRouter);
    await openRouter.close();
  });

  it('an account that does not know the generation leaves an estimate', async () => {
    const openRouter = await openMatrixBench({ rates: { 'openai/gpt-4o-mini': mini }, openRouter: { lateBy: 99 } });
    const stop = cases.find(({ stopAfter }) => stopAfter !== undefined);
    if (stop === undefined) throw new Error('There is no stopped answer among the cases.');
    await expectBooked({ ...stop, booked: [['stopped', 'estimated']] }, openRouter);
    await openRouter.close();
  });
});

it('a server that refuses stream_options is asked without them, the next time at once', async () => {
  const refusing = await openMatrixBench();
  for (const faultCase of streamOptionsRefused) await expectBooked(faultCase, refusing);
  await refusing.close();
});

it('a prompt that OpenAI counted is booked with its count', async () => {
  const counted = stopped.find(({ countInputByProvider }) => countInputByProvider);
  if (counted === undefined) throw new Error('There is no such case.');
  const { records, lines } = await bench.play(counted);
  expect(records).toMatchObject([{ inputTokens: lines[0]?.promptTokens }]);
});
