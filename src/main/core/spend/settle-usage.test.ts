import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGate, type FakeReply } from '../../../../tests/fake-openai/start-fake-openai.ts';
import type { Fetch } from '../ports.ts';
import { ask, attribution, chatUrl, openLedgerBench, question, tokenCounter, type LedgerBench } from './testing/temporary-ledger.ts';

let bench: LedgerBench;
let reply: FakeReply | undefined;

beforeEach(async () => {
  reply = undefined;
  bench = await openLedgerBench(() => reply);
});

afterEach(() => bench.close());

describe('an amount says how sure it is', () => {
  it.each([
    ['no usage came', { tokens: ['a ', 'b'], fault: 'no-usage' }, 'gpt-4o-mini', 'estimated'],
    ['no usage came, and the model may have thought', { tokens: ['a ', 'b'], fault: 'no-usage' }, 'gpt-5-mini', 'lower_bound'],
    ['no usage came, but the thinking was seen', { reasoning: 'hm', tokens: ['a '], fault: 'no-usage' }, 'gpt-5-mini', 'estimated'],
    ['the reply broke off', { tokens: ['a ', 'b'], fault: 'fin-without-done' }, 'gpt-4o-mini', 'estimated'],
    ['the provider named its charge', { tokens: ['a'], usage: { cost: 0.000_012_3 } }, 'mystery-model', 'reported'],
    [
      'the shares contradict the total',
      { tokens: ['a'], usage: { prompt_tokens: 1, prompt_tokens_details: { cached_tokens: 5 } } },
      'gpt-4o-mini',
      'estimated',
    ],
    ['a count cannot be true', { tokens: ['a'], usage: { prompt_tokens: -5 } }, 'gpt-4o-mini', 'estimated'],
    ['nobody knows the price', { tokens: ['a'] }, 'mystery-model', 'no_price'],
    ['some of it was spoken', { tokens: ['a'], usage: { completion_tokens_details: { audio_tokens: 1 } } }, 'gpt-4o-mini', 'lower_bound'],
    [
      'what was kept for twelve hours has no rate of its own',
      { tokens: ['a'], cacheWriteTokens: 4, cacheWrite12hTokens: 2 },
      'gpt-5.6-luna',
      'lower_bound',
    ],
  ] as const)('%s', async (_case, scripted, model, exactness) => {
    reply = scripted;
    const call = bench.ledger().meter(attribution({ requestedModel: model }));
    const response = await call.fetch(chatUrl, ask(model));
    await response.text().catch(() => undefined);
    const [record] = await call.settled();
    expect(record?.amount.exactness).toBe(exactness);
    if (exactness === 'reported') expect(record?.amount).toEqual({ exactness, costNanos: 12_300 });
    if (record?.tokenSource === 'local') expect(record.inputTokens).toBeGreaterThan(5);
  });

  it('the price is that of the model that answered, in the tier it was served in', async () => {
    const costs: (number | null)[] = [];
    for (const served of [{}, { servedModel: 'gpt-4o-2024-08-06' }, { serviceTier: 'priority' }, { servedModel: 'gpt-4o-lookalike' }]) {
      reply = { tokens: ['a ', 'b'], ...served };
      const call = bench.ledger().meter(attribution());
      await (await call.fetch(chatUrl, ask())).text();
      const [record] = await call.settled();
      costs.push(record !== undefined && 'costNanos' in record.amount ? record.amount.costNanos : null);
    }
    const { promptTokens = 0, completionTokens = 0 } = bench.server.bill()[0] ?? {};
    const mini = promptTokens * 150 + completionTokens * 600;
    const full = promptTokens * 2_500 + completionTokens * 10_000;
    const priority = promptTokens * 250 + completionTokens * 1_000;
    expect(costs).toEqual([mini, full, priority, null]);
  });

  it('a model on this computer is free, whatever it is called', async () => {
    const call = bench.ledger().meter(attribution({ providerKind: 'local' }));
    await (await call.fetch(chatUrl, ask())).text();
    expect(await call.settled()).toMatchObject([{ amount: { exactness: 'free' }, price: null }]);
  });

  it('a provider that counts reasoning beside the output is billed for both', async () => {
    reply = {
      tokens: ['a ', 'b'],
      usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 42, completion_tokens_details: { reasoning_tokens: 30 } },
    };
    const call = bench.ledger().meter(attribution());
    await (await call.fetch(chatUrl, ask())).text();
    expect(await call.settled()).toMatchObject([{ outputTokens: 32, reasoningTokens: 30 }]);
  });

  it('a provider that counts the output alone is believed in that', async () => {
    reply = { tokens: ['a ', 'b'], usage: { prompt_tokens: 0, completion_tokens: 180, total_tokens: 180 } };
    const call = bench.ledger().meter(attribution());
    await (await call.fetch(chatUrl, ask())).text();
    const [record] = await call.settled();
    expect(record).toMatchObject({ outputTokens: 180, tokenSource: 'local', amount: { exactness: 'estimated' } });
    expect(record?.inputTokens).toBeGreaterThan(5);
  });

  it('a stopped answer costs its prompt and what was seen of it', async () => {
    const gate = createGate({ afterTokens: 3 });
    reply = { tokens: ['The ', 'rent ', 'is ', 'due.'], gate };
    const call = bench.ledger().meter(attribution());
    const controller = new AbortController();
    const reader = (await call.fetch(chatUrl, { ...ask(), signal: controller.signal })).body?.getReader();
    let text = '';
    while (!text.includes('is ')) text += new TextDecoder().decode((await reader?.read())?.value);
    controller.abort();
    const [record] = await call.settled();
    gate.open();
    const outputTokens = tokenCounter.countSync('The rent is ', 'gpt-4o-mini');
    const inputTokens = await tokenCounter.countChat([{ role: 'user', content: question }], 'gpt-4o-mini');
    expect(record).toMatchObject({ outcome: 'stopped', inputTokens, outputTokens, tokenSource: 'local' });
    expect(record?.amount).toEqual({ exactness: 'estimated', costNanos: inputTokens * 150 + outputTokens * 600 });
  });

  it('a failed call that may have reached the model is not shown as nothing', async () => {
    const refusing: Fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) }));
    const call = bench.ledger({ fetch: () => refusing }).meter(attribution());
    await expect(call.fetch(chatUrl, ask())).rejects.toThrow('fetch failed');
    const [record] = await call.settled();
    expect(record).toMatchObject({ outcome: 'failed', errorCode: 'NETWORK_UNREACHABLE', amount: { exactness: 'lower_bound' } });
  });
});
