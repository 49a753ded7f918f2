import { afterEach, expect, it } from 'vitest';
import { startTestCore, type TestCore } from '../../../../tests/core/start-test-core.ts';
import {
  createGate,
  refusals,
  startFakeOpenAi,
  type FakeOpenAi,
  type FakeOpenAiOptions,
} from '../../../../tests/fake-openai/start-fake-openai.ts';
import { usualParameters } from '../../../shared/usual-parameters.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0).toReversed()) await part.close();
});

async function start(options: FakeOpenAiOptions = {}): Promise<{ core: TestCore; server: FakeOpenAi }> {
  const server = await startFakeOpenAi({ models: ['gpt-4o-mini', 'gpt-5-mini', 'gpt-5.1'], ...options });
  open.push(server);
  const core = await startTestCore();
  open.push(core);
  await core.client.call('settings.update', { titlesByModel: false });
  return { core, server };
}

const chatBodies = (server: FakeOpenAi) => server.requests.filter(({ path }) => path.endsWith('/completions')).map(({ body }) => body);

it('sends what is set and the model takes, under the names its API has, and keeps it with the conversation', async () => {
  const { core, server } = await start();
  const asking = {
    parameters: { temperature: 0.3, maxOutputTokens: 900, reasoningEffort: 'low', serviceTier: null, historyTurns: null },
    systemPrompt: 'Answer like a ledger.',
  } as const;
  const model = await core.addModel(server.baseUrl, 'gpt-4o-mini');
  const first = await core.finish((await core.send('What is a ledger?', model, { asking })).runId);
  const second = await core.finish(
    (await core.send('And a journal?', { ...model, modelId: 'gpt-5-mini' }, { asking, after: first })).runId,
  );
  const [plain, reasoning] = chatBodies(server);
  expect(plain).toMatchObject({ temperature: 0.3, max_tokens: 900 });
  expect(plain).not.toHaveProperty('reasoning_effort');
  expect(plain?.messages?.[0]).toEqual({ role: 'system', content: 'Answer like a ledger.' });
  expect(reasoning).toMatchObject({ reasoning_effort: 'low', max_completion_tokens: 900 });
  expect(reasoning).not.toHaveProperty('temperature');
  const { conversation } = await core.client.call('conversations.open', { conversationId: second.conversationId });
  expect(conversation).toMatchObject(asking);
});

it('sends nothing of what is not set', async () => {
  const { core, server } = await start();
  await core.finish((await core.send('Hello', await core.addModel(server.baseUrl))).runId);
  const unset = ['temperature', 'max_tokens', 'max_completion_tokens', 'reasoning_effort', 'service_tier'];
  for (const name of unset) expect(chatBodies(server)[0]).not.toHaveProperty(name);
});

it('quotes with the instructions that are sent and the most an answer may cost', async () => {
  const { core, server } = await start();
  const model = await core.addModel(server.baseUrl);
  const request = { conversationId: null, parentId: null, text: 'What is a ledger?', model, collectionIds: [] };
  const bare = await core.client.call('chat.quote', request);
  const parameters = { ...usualParameters, maxOutputTokens: 1_000_000 };
  const quote = await core.client.call('chat.quote', { ...request, parameters, systemPrompt: 'Answer like a ledger.' });
  expect(bare.answerLimit).toBeNull();
  expect(quote.answerLimit).toEqual({
    tokens: 1_000_000,
    amount: { exactness: 'estimated', costNanos: Math.round((bare.outputPerMillion ?? 0) * 1e9) },
  });
  expect(quote.parts.find(({ kind }) => kind === 'instructions')?.tokens).toBeGreaterThan(4);
  const { runId } = await core.send(request.text, model, { asking: { parameters, systemPrompt: 'Answer like a ledger.' } });
  expect((await core.finish(runId)).receipt?.calls[0]?.inputTokens).toBeGreaterThan(bare.inputTokens);
});

it('keeps what is set between two questions', async () => {
  const { core, server } = await start();
  const { conversationId } = await core.finish((await core.send('Hello', await core.addModel(server.baseUrl))).runId);
  const asking = { parameters: { ...usualParameters, temperature: 1.5 }, systemPrompt: '俳句で答えて。' };
  await core.client.call('conversations.setAsking', { conversationId, ...asking });
  const { conversations } = await core.client.call('conversations.list', {});
  expect(conversations[0]).toMatchObject(asking);
  const gone = core.client.call('conversations.setAsking', { conversationId: 'gone', ...asking });
  await expect(gone).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('names the parameter a model refuses, and only one that was set', async () => {
  const { core, server } = await start({ reply: () => refusals.parameterUnsupported('temperature') });
  const model = await core.addModel(server.baseUrl);
  const asking = { parameters: { ...usualParameters, temperature: 2 } };
  const refused = await core.finish((await core.send('Hello', model, { asking })).runId);
  expect(refused).toMatchObject({ status: 'failed', failure: { code: 'PARAMETER_REFUSED', data: { parameter: 'temperature' } } });
  const other = await core.finish((await core.send('Hello', model)).runId);
  expect(other).toMatchObject({ status: 'failed', failure: { code: 'REQUEST_REJECTED' } });
});

it('says that an answer was cut at its limit, and where the limit was', async () => {
  const { core, server } = await start({ reply: () => ({ tokens: ['One', ' two'], finishReason: 'length' }) });
  const model = await core.addModel(server.baseUrl);
  const asking = { parameters: { ...usualParameters, maxOutputTokens: 2 } };
  const answer = await core.finish((await core.send('Count', model, { asking })).runId);
  expect(answer).toMatchObject({
    status: 'interrupted',
    text: 'One two',
    failure: { code: 'OUTPUT_LIMIT', data: { limitTokens: 2 } },
    receipt: { calls: [{ outcome: 'done', tokenSource: 'provider' }] },
  });
});

it.each(['reasoning_content', 'reasoning', 'reasoning_details'] as const)(
  'keeps thinking that comes as %s apart from the answer, counts it while it comes, and never sends it again',
  async (reasoningField) => {
    const gate = createGate({ afterTokens: 3 });
    let gated = true;
    const { core, server } = await start({
      reply: () => ({ reasoning: 'First I wonder.', reasoningField, tokens: ['Yes', '.'], ...(gated ? { gate } : {}) }),
    });
    const model = await core.addModel(server.baseUrl, 'gpt-5-mini');
    const { runId } = await core.send('Is it so?', model);
    let seen = '';
    let counted = 0;
    for await (const update of core.client.stream('chat.watch', { runId })) {
      if (update.type === 'snapshot') seen = update.message.reasoning;
      if (update.type === 'reasoning') seen += update.delta;
      if ('live' in update) counted = update.live?.outputTokens ?? 0;
      if (seen !== '' && counted > 0) break;
    }
    gated = false;
    gate.open();
    const first = await core.finish(runId);
    expect(first).toMatchObject({ status: 'done', text: 'Yes.', reasoning: 'First I wonder.' });
    expect(first.reasoning).toContain(seen);
    expect(first.reasoningMs).toBeGreaterThanOrEqual(0);
    expect(first.receipt?.calls[0]).toMatchObject({ tokenSource: 'provider', reasoningTokens: server.bill()[0]?.reasoningTokens });
    await core.finish((await core.send('Sure?', model, { after: first })).runId);
    expect(JSON.stringify(chatBodies(server)[1])).toContain('Yes.');
    expect(JSON.stringify(chatBodies(server)[1])).not.toContain('wonder');
  },
);

it('keeps the thinking of an answer that is stopped before its first word', async () => {
  const gate = createGate({ afterTokens: 3 });
  const { core, server } = await start({ reply: () => ({ reasoning: 'First I wonder.', tokens: ['Yes'], gate }) });
  const { runId, conversationId } = await core.send('Is it so?', await core.addModel(server.baseUrl));
  for await (const update of core.client.stream('chat.watch', { runId })) {
    if (update.type === 'reasoning' || (update.type === 'snapshot' && update.message.reasoning !== '')) break;
  }
  await core.client.call('chat.stop', { runId });
  const { messages } = await core.client.call('conversations.open', { conversationId });
  expect(messages.at(-1)).toMatchObject({ status: 'stopped', text: '', reasoningMs: expect.any(Number) });
  expect(messages.at(-1)?.reasoning).toMatch(/^First/u);
});
