import { expect, it } from 'vitest';
import type { Purpose, UsageRecord } from '../../src/shared/contract/usage.ts';
import type { FakeAnswer } from '../fake-openai/fake-reply.ts';
import { refusals, type Fault } from '../fake-openai/start-fake-openai.ts';
import { seededRandom } from '../seeded-random.ts';
import type { FaultCase } from './fault-case.ts';
import { openMatrixBench } from './matrix-bench.ts';

const runCount = 500;
const random = seededRandom(20_261_123);
const models = ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1-mini', 'gpt-5.4-mini', 'gpt-5.6-terra', 'gpt-5.6-luna', 'gpt-6.1-terra'];
const purposes: readonly Purpose[] = ['answer', 'answer', 'answer', 'condense', 'title', 'query_embedding', 'index_embedding'];
/** With these the server reports its usage all the same. */
const harmless: readonly Fault[] = [
  'usage-every-chunk',
  'usage-on-finish',
  'groq-usage',
  'two-finish-chunks',
  'no-done',
  'malformed-event',
];
const harmful: readonly Fault[] = ['no-usage', 'fin-without-done', 'half-line', 'error-event', 'html', 'json-error'];

function pick<T>(list: readonly T[]): T {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
}

function upTo(limit: number): number {
  return Math.floor(random() * (limit + 1));
}

function randomCase(index: number): FaultCase {
  const purpose = pick(purposes);
  const refusal = pick([refusals.serverError(), refusals.serverError(503), refusals.rateLimited(0.001), refusals.quotaExceeded()]);
  const tokenCount = 1 + upTo(20);
  const isStopped = purpose === 'answer' && random() < 0.25;
  const answers = Array.from({ length: 3 }, () => (isStopped ? wholeAnswer(tokenCount) : randomAnswer(purpose, tokenCount)));
  return {
    name: `run ${index}`,
    purpose,
    ...(purpose.endsWith('embedding') ? {} : { model: pick(models) }),
    replies: random() < 0.2 && !isStopped ? [refusal, ...answers] : answers,
    unreachable: random() < 0.05 ? 1 : 0,
    ...(isStopped ? { stopAfter: 1 + upTo(tokenCount - 1), finishStopped: random() < 0.5 } : {}),
    booked: [],
  };
}

function wholeAnswer(tokenCount: number): FakeAnswer {
  return {
    tokens: Array.from({ length: tokenCount }, (_, index) => `word${index} `),
    cachedTokens: upTo(6),
    cacheWriteTokens: upTo(4),
    reasoningTokens: upTo(30),
  };
}

function randomAnswer(purpose: Purpose, tokenCount: number): FakeAnswer {
  const chance = random();
  const fault = chance < 0.3 ? pick(harmless) : chance < 0.5 ? pick(harmful) : undefined;
  return {
    ...(purpose.endsWith('embedding') ? {} : wholeAnswer(tokenCount)),
    ...(random() < 0.1 ? { finishReason: 'length' } : {}),
    ...(fault === undefined ? {} : { fault, faultAfterTokens: upTo(tokenCount - 1) }),
  };
}

it(`over ${runCount} random runs the records’ sum is the server’s bill wherever it reported usage, and is marked elsewhere`, async () => {
  const bench = await openMatrixBench();
  let bookedNanos = 0;
  let billedNanos = 0;
  let marked = 0;
  for (let index = 0; index < runCount; index += 1) {
    const faultCase = randomCase(index);
    const { records, lines, arrivedCount, lineOf, isReported } = await bench.play(faultCase);
    expect(records, faultCase.name).toHaveLength(arrivedCount + (faultCase.unreachable ?? 0));
    for (const record of records) {
      const line = lineOf(record);
      const isExact = record.amount.exactness === 'exact';
      // Nothing stands on the bill for an attempt that was refused.
      expect(isExact, `${faultCase.name}: ${JSON.stringify(record)}`).toBe(line === undefined ? isRefused(record) : isReported(line));
      if (isExact) bookedNanos += nanosOf(record);
      else marked += 1;
    }
    billedNanos += lines.filter(isReported).reduce((sum, line) => sum + line.billedNanos, 0);
  }
  expect(bookedNanos).toBe(billedNanos);
  expect(billedNanos).toBeGreaterThan(0);
  expect(marked).toBeGreaterThan(runCount / 10);
  await bench.close();
}, 120_000);

function nanosOf({ amount }: UsageRecord): number {
  return 'costNanos' in amount ? amount.costNanos : 0;
}

function isRefused({ outcome, httpStatus, errorCode }: UsageRecord): boolean {
  return outcome === 'failed' && (errorCode === 'NETWORK_UNREACHABLE' || (httpStatus ?? 0) >= 400);
}
