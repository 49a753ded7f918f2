import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Message } from '../../../shared/contract/chat.ts';
import { startTestCore, type TestCore } from '../../../../tests/core/start-test-core.ts';
import {
  createGate,
  refusals,
  startFakeOpenAi,
  type BilledCall,
  type FakeOpenAi,
  type FakeOpenAiOptions,
  type FakeReply,
} from '../../../../tests/fake-openai/start-fake-openai.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0).toReversed()) await part.close();
});

async function start(options: FakeOpenAiOptions = {}, titles = false): Promise<{ core: TestCore; server: FakeOpenAi }> {
  const server = await startFakeOpenAi(options);
  open.push(server);
  const core = await startTestCore();
  open.push(core);
  await core.client.call('settings.update', { titlesByModel: titles });
  return { core, server };
}

function billedNanos(calls: readonly BilledCall[]): number {
  return calls.reduce((sum, call) => sum + call.billedNanos, 0);
}

function callsOf(message: Message) {
  return message.receipt?.calls ?? [];
}

test('an answer is stored with a receipt that equals the bill of the server', async () => {
  const { core, server } = await start();
  const model = await core.addModel(server.baseUrl);
  const { runId, conversationId } = await core.send('What is a ledger?', model);
  const answer = await core.finish(runId);
  expect(answer).toMatchObject({ status: 'done', failure: null, conversationId });
  expect(answer.text).not.toBe('');
  const [bill] = server.bill();
  expect(callsOf(answer)).toMatchObject([
    { purpose: 'answer', outcome: 'done', inputTokens: bill?.promptTokens, outputTokens: bill?.completionTokens, tokenSource: 'provider' },
  ]);
  expect(answer.receipt?.total.costNanos).toBe(billedNanos(server.bill()));
  const summary = await core.client.call('spend.totals');
  expect(summary.today.costNanos).toBe(billedNanos(server.bill()));
});

test('a follow-up question over documents is rewritten, searched and answered, each call booked', async () => {
  const { core, server } = await start();
  const model = await core.addModel(server.baseUrl);
  const collectionIds = ['default'];
  const first = await core.finish((await core.send('Who wrote the first ledger?', model, { collectionIds })).runId);
  const second = await core.finish((await core.send('And when?', model, { after: first, collectionIds })).runId);
  expect(callsOf(second).map((call) => call.purpose)).toEqual(['condense', 'answer']);
  const { conversations } = await core.client.call('conversations.list', {});
  expect(conversations[0]?.total.costNanos).toBe(billedNanos(server.bill()));
});

test('a title costs one more call, booked with the answer it followed', async () => {
  const { core, server } = await start({ reply: (request) => (isTitle(request.body) ? { text: 'Ledgers, briefly' } : undefined) }, true);
  const model = await core.addModel(server.baseUrl);
  const events = core.client.stream('events.watch')[Symbol.asyncIterator]();
  const { runId, conversationId } = await core.send('What is a ledger?', model);
  let title = '';
  while (title !== 'Ledgers, briefly') {
    await events.next();
    title = (await core.client.call('conversations.open', { conversationId })).conversation.title;
  }
  const answer = await core.finish(runId);
  expect(callsOf(answer).map((call) => call.purpose)).toEqual(['answer', 'title']);
  expect(answer.receipt?.total.costNanos).toBe(billedNanos(server.bill()));
});

test('tells of an answer that has ended as soon as it is stored, however short it was', async () => {
  const { core, server } = await start({ reply: () => ({ text: 'Yes.' }) });
  const events = core.client.stream('events.watch')[Symbol.asyncIterator]();
  const first = events.next();
  const { conversationId } = await core.send('Ready?', await core.addModel(server.baseUrl));
  let event = await first;
  while (event.value?.type !== 'answer.ended') event = await events.next();
  expect(event.value).toEqual({ type: 'answer.ended', conversationId, title: 'Ready?' });
  const { messages } = await core.client.call('conversations.open', { conversationId });
  expect(messages.at(-1)).toMatchObject({ text: 'Yes.', status: 'done' });
});

function isTitle(body: unknown): boolean {
  return JSON.stringify(body).includes('<exchange>');
}

test('stopping keeps the text and books the call as stopped, counted here', async () => {
  const gate = createGate({ afterTokens: 3 });
  const { core, server } = await start({ reply: () => ({ tokens: ['One', ' two', ' three', ' four'], gate }) });
  const model = await core.addModel(server.baseUrl);
  const { runId } = await core.send('Count', model);
  const watcher = core.client.stream('chat.watch', { runId })[Symbol.asyncIterator]();
  let seen = '';
  while (seen !== 'One two three') {
    const { value } = await watcher.next();
    if (value?.type === 'text') seen += value.delta;
    if (value?.type === 'snapshot') seen = value.message.text;
  }
  await core.client.call('chat.stop', { runId });
  const answer = await core.finish(runId);
  expect(answer).toMatchObject({ status: 'stopped', text: 'One two three' });
  expect(callsOf(answer)).toMatchObject([{ outcome: 'stopped', tokenSource: 'local' }]);
  expect(answer.receipt?.total.costNanos).toBeGreaterThan(0);
  expect(answer.receipt?.total.exactNanos).toBe(0);
});

test('a stopped answer is over at once, and read on for its exact cost when that is wished for', async () => {
  const gate = createGate({ afterTokens: 1 });
  const { core, server } = await start({ reply: () => ({ tokens: ['One', ' two', ' three', ' four'], gate }) });
  await core.client.call('settings.update', { finishStopped: true });
  const { runId, conversationId } = await core.send('Count', await core.addModel(server.baseUrl));
  for await (const update of core.client.stream('chat.watch', { runId })) {
    if ((update.type === 'text' && update.delta !== '') || (update.type === 'snapshot' && update.message.text !== '')) break;
  }
  const events = core.client.stream('events.watch')[Symbol.asyncIterator]();
  let event = events.next();
  await core.client.call('chat.stop', { runId });
  expect(await core.finish(runId)).toMatchObject({ status: 'stopped', text: 'One', receipt: null });
  gate.open();
  while ((await event).value?.type !== 'usage.recorded') event = events.next();
  const answer = (await core.client.call('conversations.open', { conversationId })).messages.at(-1);
  expect(answer).toMatchObject({ status: 'stopped', text: 'One' });
  expect(answer?.receipt).toMatchObject({
    calls: [{ outcome: 'stopped', tokenSource: 'provider' }],
    total: { costNanos: billedNanos(server.bill()) },
  });
});

test('a page that leaves and comes back gets the whole answer', async () => {
  const gate = createGate({ afterTokens: 1 });
  const { core, server } = await start({ reply: () => ({ tokens: ['First', ' second', ' third'], gate }) });
  const model = await core.addModel(server.baseUrl);
  const { runId } = await core.send('Go on', model);
  const leaving = core.connect();
  for await (const update of leaving.stream('chat.watch', { runId })) if (update.type === 'text') break;
  leaving.close();
  gate.open();
  expect(await core.finish(runId)).toMatchObject({ status: 'done', text: 'First second third' });
});

test('sending the same message again after a lost connection asks only once', async () => {
  const { core, server } = await start();
  const model = await core.addModel(server.baseUrl);
  const request = { messageId: 'm-1', conversationId: null, parentId: null, text: 'Hello', model, collectionIds: [] };
  const [first, second] = [await core.client.call('chat.send', request), await core.client.call('chat.send', request)];
  expect(second).toEqual(first);
  await core.finish(first.runId);
  expect(server.bill()).toHaveLength(1);
});

test.each([
  ['reset', 'STREAM_TRUNCATED'],
  ['fin-without-done', 'STREAM_TRUNCATED'],
  ['half-line', 'STREAM_TRUNCATED'],
  ['error-event', 'STREAM_ERROR'],
] as const)('a stream cut by %s is an interrupted answer, not a success, and is booked', async (fault, code) => {
  const gate = createGate({ afterTokens: 2 });
  const { core, server } = await start({ reply: () => ({ tokens: ['One', ' two', ' three'], fault, faultAfterTokens: 2, gate }) });
  const model = await core.addModel(server.baseUrl);
  const { runId } = await core.send('Count', model);
  for await (const update of core.client.stream('chat.watch', { runId })) {
    if (update.type === 'text' && update.delta.endsWith('two')) gate.open();
    if (update.type === 'snapshot' && update.message.text.endsWith('two')) gate.open();
    if (update.type === 'end') break;
    gate.step(0);
  }
  const answer = await core.finish(runId);
  expect(answer).toMatchObject({ status: 'interrupted', text: 'One two', failure: { code } });
  expect(callsOf(answer).at(-1)).toMatchObject({ purpose: 'answer' });
  expect(callsOf(answer).every((call) => call.outcome !== 'done')).toBe(true);
});

test('an error in place of an answer is told in the provider’s own words', async () => {
  const { core, server } = await start({ reply: () => ({ fault: 'json-error' }) });
  const { runId } = await core.send('Count', await core.addModel(server.baseUrl));
  const said = 'The server had an error while processing your request. Sorry about that!';
  expect(await core.finish(runId)).toMatchObject({ status: 'failed', failure: { code: 'ERROR_REPLY', data: { detail: said } } });
});

test('removing a conversation stops what is being written in it, and books it', async () => {
  const gate = createGate({ afterTokens: 2 });
  const { core, server } = await start({ reply: () => ({ tokens: ['One', ' two', ' three'], gate }) });
  const { runId, conversationId } = await core.send('Count', await core.addModel(server.baseUrl));
  await gate.reached();
  await core.client.call('conversations.remove', { conversationId });
  expect(await server.requests.at(-1)?.ended).toBe('disconnected');
  gate.open();
  await core.client.call('conversations.restore', { conversationId });
  const { messages } = await core.client.call('conversations.open', { conversationId });
  expect(messages.at(-1)).toMatchObject({ runId, status: 'stopped', receipt: { calls: [{ outcome: 'stopped' }] } });
});

test('a wrong key fails in words, keeps the question, costs nothing and leaks nowhere', async () => {
  const { core, server } = await start({ requireKey: 'sk-the-right-one-0123456789' });
  const model = await core.addModel(server.baseUrl);
  const { runId, conversationId } = await core.send('Hello?', model);
  const answer = await core.finish(runId);
  expect(answer).toMatchObject({ status: 'failed', text: '', failure: { code: 'KEY_REJECTED' } });
  expect(answer.receipt?.total.costNanos).toBe(0);
  const { messages } = await core.client.call('conversations.open', { conversationId });
  expect(messages.map((message) => message.text)).toEqual(['Hello?', '']);
  const files = readdirSync(core.dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const stored = files.map((file) => readFileSync(path.join(file.parentPath, file.name), 'latin1'));
  expect([...stored, ...core.logged].some((text) => text.includes('sk-test-0123456789abcdef'))).toBe(false);
});

test.each([
  [refusals.modelNotFound('nope'), 'MODEL_NOT_FOUND'],
  [refusals.rateLimited(), 'RATE_LIMITED'],
  [refusals.quotaExceeded(), 'QUOTA_EXCEEDED'],
  [refusals.contextTooLong(1000, 2000), 'CONTEXT_TOO_LONG'],
] as const)('a refusal becomes a sentence: %o', async (refusal, code) => {
  const { core, server } = await start({ reply: () => refusal });
  const model = await core.addModel(server.baseUrl);
  const answer = await core.finish((await core.send('Hello?', model)).runId);
  expect(answer).toMatchObject({ status: 'failed', failure: { code } });
});

test('a wait the provider asks for is shown with its end, and the answer comes after it', async () => {
  const replies: FakeReply[] = [refusals.rateLimited(0.2)];
  const { core, server } = await start({ reply: () => replies.shift() });
  const { runId } = await core.send('Hello?', await core.addModel(server.baseUrl));
  const waits: number[] = [];
  for await (const update of core.client.stream('chat.watch', { runId })) {
    if ('stage' in update && update.stage === 'waiting') waits.push(update.retryAt ?? 0);
    else if ('stage' in update) expect(update.retryAt).toBeNull();
  }
  const answer = await core.finish(runId);
  expect(waits).toHaveLength(1);
  expect(waits[0]).toBeGreaterThan(answer.createdAt);
  expect(answer).toMatchObject({ status: 'done' });
  expect(callsOf(answer)).toMatchObject([{ httpStatus: 429 }, { outcome: 'done' }]);
});

test('a wait ends at once when the answer is stopped', async () => {
  const { core, server } = await start({ reply: () => refusals.rateLimited(60) });
  const { runId } = await core.send('Hello?', await core.addModel(server.baseUrl));
  for await (const update of core.client.stream('chat.watch', { runId })) {
    if ('stage' in update && update.stage === 'waiting') break;
  }
  await core.client.call('chat.stop', { runId });
  const answer = await core.finish(runId);
  expect(answer).toMatchObject({ status: 'stopped', failure: null });
  expect(callsOf(answer)).toMatchObject([{ httpStatus: 429, amount: { costNanos: 0 } }]);
});

test('nobody listening at the address is said as such', async () => {
  const { core, server } = await start();
  const model = await core.addModel(server.baseUrl);
  await server.close();
  open.splice(0, 1);
  const answer = await core.finish((await core.send('Hello?', model)).runId);
  expect(answer).toMatchObject({ status: 'failed', failure: { code: 'NETWORK_UNREACHABLE' } });
});

test('answering again adds a sibling and keeps the first answer', async () => {
  const { core, server } = await start();
  const model = await core.addModel(server.baseUrl);
  const first = await core.finish((await core.send('Hello', model)).runId);
  const again = await core.client.call('chat.regenerate', { userMessageId: first.parentId ?? '', model, collectionIds: [] });
  const second = await core.finish(again.runId);
  expect(second.siblingIds).toEqual([first.id, second.id]);
  const { messages } = await core.client.call('conversations.open', { conversationId: first.conversationId });
  expect(messages.map((message) => message.id)).toEqual([first.parentId, second.id]);
});

test('the earlier turns go along, the passages of earlier turns do not', async () => {
  const { core, server } = await start();
  const model = await core.addModel(server.baseUrl);
  const first = await core.finish((await core.send('My name is Ada.', model)).runId);
  await core.finish((await core.send('What is my name?', model, { after: first })).runId);
  expect(server.requests.at(-1)?.body).toMatchObject({
    messages: [
      { role: 'user', content: 'My name is Ada.' },
      { role: 'assistant', content: first.text },
      { role: 'user', content: 'What is my name?' },
    ],
  });
});
