import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGate, type FakeReply } from '../../../../tests/fake-openai/start-fake-openai.ts';
import { createCalibration } from './calibration.ts';
import {
  ask,
  attribution,
  chatUrl,
  openAi,
  openLedgerBench,
  question,
  tokenCounter,
  type LedgerBench,
} from './testing/temporary-ledger.ts';

let bench: LedgerBench;
let reply: FakeReply;

beforeEach(async () => {
  reply = {};
  bench = await openLedgerBench(() => reply);
});

afterEach(() => bench.close());

async function answer(model = 'gpt-4o-mini') {
  const call = bench.ledger().meter(attribution({ requestedModel: model }));
  await (await call.fetch(chatUrl, ask(model))).text();
  const [record] = await call.settled();
  if (record === undefined) throw new Error('Nothing was booked.');
  return record;
}

const counted = (): Promise<number> => tokenCounter.countChat([{ role: 'user', content: question }], 'gpt-4o-mini');

it('an estimate follows what the provider reported for this model three times, not before', async () => {
  const input = await counted();
  const written = tokenCounter.countSync('The rent is due.', 'gpt-4o-mini');
  const exact: FakeReply = {
    text: 'The rent is due.',
    usage: { prompt_tokens: input * 1.5, completion_tokens: written * 2, completion_tokens_details: null },
  };
  const silent: FakeReply = { text: 'The rent is due.', fault: 'no-usage' };
  for (const reported of [1, 2, 3]) {
    reply = silent;
    expect(await answer(), `after ${reported - 1} reports`).toMatchObject({ inputTokens: input, outputTokens: written });
    reply = exact;
    await answer();
  }
  reply = silent;
  expect(await answer()).toMatchObject({
    inputTokens: Math.round(input * 1.5),
    outputTokens: written * 2,
    amount: { exactness: 'estimated' },
  });
  expect(await answer('gpt-5-mini')).toMatchObject({ outputTokens: written });
});

it('learns nothing from hidden reasoning, which is not in the text', async () => {
  const written = tokenCounter.countSync('The rent is due.', 'gpt-4o-mini');
  for (const reasoningTokens of [400, 300, 200]) {
    reply = { text: 'The rent is due.', reasoningTokens, usage: { completion_tokens: written + reasoningTokens } };
    await answer();
  }
  reply = { text: 'The rent is due.', fault: 'no-usage' };
  expect(await answer()).toMatchObject({ outputTokens: written });
});

it('learns nothing from counts that cannot be true, from stopped answers and from refusals', async () => {
  const gate = createGate();
  for (const said of [
    { usage: { prompt_tokens: 1, prompt_tokens_details: { cached_tokens: 5 } } },
    { status: 500, body: {} },
    { gate },
  ] as const) {
    reply = said;
    const call = bench.ledger({ retryPauseMs: 1 }).meter(attribution());
    const response = await call.fetch(chatUrl, ask());
    if ('gate' in said) await response.body?.cancel();
    else await response.text();
    await call.settled();
  }
  gate.open();
  expect(bench.db.prepare('SELECT count(*) FROM token_calibration WHERE share = ?').pluck().get('input')).toBe(0);
});

it('forgets old samples and stays within half and twice', () => {
  const calibration = createCalibration(bench.db);
  const learn = (reported: number, times: number): number => {
    for (let time = 0; time < times; time += 1) calibration.learn(openAi, 'model', [{ share: 'output', reported, counted: 100 }]);
    return calibration.factor(openAi, 'model', 'output');
  };
  expect(learn(130, 3)).toBeCloseTo(1.3);
  expect(learn(90, 50)).toBeCloseTo(0.9, 1);
  expect(learn(900, 50)).toBe(2);
  expect(learn(1, 50)).toBe(0.5);
  expect(calibration.factor('https://other.example/v1', 'model', 'output')).toBe(1);
});
