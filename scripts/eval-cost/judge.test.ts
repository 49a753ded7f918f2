import { expect, it } from 'vitest';
import { uncalibrated } from '../../src/main/core/spend/calibration.ts';
import { createPriceBook } from '../../src/main/core/spend/prices/price-book.ts';
import { createTokenCounter } from '../../src/main/core/spend/tokens/token-counter.ts';
import { judge } from './judge.ts';
import type { Exchange } from './read-exchanges.ts';
import { readRecording } from './recorded-usage.ts';
import { replay } from './replay.ts';

// Nothing is learned from one exchange for the next.
const calibration = { ...uncalibrated, learn: () => undefined };
const deps = { priceBook: createPriceBook(), tokenCounter: createTokenCounter(), calibration };
const usage = { prompt_tokens: 8, completion_tokens: 2, total_tokens: 10 };

async function judged(fields: Partial<Exchange>, recorded = fields) {
  const exchange = (given: Partial<Exchange>): Exchange => ({
    id: 'test',
    host: 'api.openai.com',
    kind: 'chat',
    stream: false,
    status: 200,
    request: { model: 'gpt-4o', messages: [{ role: 'user', content: 'hello' }] },
    reply: null,
    ...given,
  });
  return judge(exchange(fields), readRecording(exchange(recorded)), await replay(exchange(fields), Date.UTC(2026, 10, 1), deps));
}

const whole = (reported: object, model = 'gpt-4o') => ({
  reply: { model, choices: [{ finish_reason: 'stop', message: { content: 'Hi' } }], usage: reported },
});

it('agrees with a reply that is read as it was recorded, cut into pieces or not', async () => {
  const event = JSON.stringify({ model: 'gpt-4o', choices: [{ delta: { content: '今日は' }, finish_reason: 'stop' }], usage });
  const agreement = { usage: 'exact', input: { estimated: 8, billed: 8, isWhole: true }, disagreements: [] };
  expect(await judged(whole(usage))).toMatchObject(agreement);
  const request = { model: 'gpt-4o', stream: true, messages: [{ role: 'user', content: 'hello' }] };
  expect(await judged({ stream: true, request, reply: `data: ${event}\n\ndata: [DONE]\n\n` })).toMatchObject(agreement);
  expect(await judged({ status: 429, reply: { error: { message: 'slow down' } } })).toMatchObject({ usage: 'none', input: null });
});

it('finds a usage that was misread', async () => {
  const found = await judged(whole(usage), whole({ ...usage, completion_tokens: 3 }));
  expect(found).toMatchObject({ usage: 'misread', disagreements: [{ about: 'usage', provider: 'output 3', tally: 'output 2' }] });
  expect(await judged(whole(usage), { reply: {} })).toMatchObject({ usage: 'misread' });
});

it('says where the charge and the price list differ', async () => {
  const seller = { host: 'openrouter.ai', request: { model: 'openai/gpt-4o', messages: [{ role: 'user', content: 'hello' }] } };
  // 8 tokens in at 2.50 and 2 out at 10 dollars a million.
  expect(await judged({ ...seller, ...whole({ ...usage, cost: 0.00004 }, 'openai/gpt-4o') })).toMatchObject({
    cost: { tallyNanos: 40_000, reportedNanos: 40_000 },
    disagreements: [],
  });
  expect(await judged({ ...seller, ...whole({ ...usage, cost: 0.01 }, 'openai/gpt-4o') })).toMatchObject({
    disagreements: [{ about: 'cost' }],
  });
});
