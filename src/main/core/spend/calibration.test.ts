import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGate, type FakeReply } from '../../../../tests/fake-openai/start-fake-openai.ts';
import { createCalibration } from './calibration.ts';
import { asCounted, expectedTokens } from './count-line.ts';
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

it('an estimate follows what the provider reported for this model before', async () => {
  const input = await counted();
  const written = tokenCounter.countSync('The rent is due.', 'gpt-4o-mini');
  const silent: FakeReply = { text: 'The rent is due.', fault: 'no-usage' };
  reply = silent;
  expect(await answer()).toMatchObject({ inputTokens: input, outputTokens: written });
  reply = {
    text: 'The rent is due.',
    usage: { prompt_tokens: input + 40, completion_tokens: written + 2, completion_tokens_details: null },
  };
  for (let call = 0; call < 3; call += 1) await answer();
  reply = silent;
  expect(await answer()).toMatchObject({ inputTokens: input + 40, outputTokens: written + 2, amount: { exactness: 'estimated' } });
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

it('lets the last calls decide', () => {
  const calibration = createCalibration(bench.db);
  const learn = (reported: number): number => {
    for (let time = 0; time < 50; time += 1) calibration.learn(openAi, 'model', [{ share: 'output', reported, counted: 1_000 }]);
    return expectedTokens(calibration.lineOf(openAi, 'model', 'output'), 1_000);
  };
  expect(learn(1_300)).toBe(1_300);
  expect(learn(900)).toBeCloseTo(902, -1);
  expect(calibration.lineOf('https://other.example/v1', 'model', 'output')).toBe(asCounted);
});
