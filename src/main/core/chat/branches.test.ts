import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startTestCore, type TestCore } from '../../../../tests/core/start-test-core.ts';
import { createGate, startFakeOpenAi, type FakeOpenAi, type FakeOpenAiOptions } from '../../../../tests/fake-openai/start-fake-openai.ts';
import { addTotals, emptyTotal } from '../../../shared/amount.ts';
import type { Message } from '../../../shared/contract/chat.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0).toReversed()) await part.close();
});

async function start(options: FakeOpenAiOptions = {}): Promise<{ core: TestCore; server: FakeOpenAi }> {
  const server = await startFakeOpenAi({ models: ['gpt-4o-mini', 'gpt-4o'], ...options });
  open.push(server);
  const core = await startTestCore();
  open.push(core);
  await core.client.call('settings.update', { titlesByModel: false });
  return { core, server };
}

async function opened(core: TestCore, conversationId: string) {
  const { conversation, branch } = await core.client.call('conversations.open', { conversationId });
  const { messages } = await core.client.call('conversations.messages', { messageIds: branch.map(({ id }) => id) });
  return { conversation, messages, ids: branch.map(({ id }) => id) };
}

/** Two questions, one after the other, and their answers. */
async function twoTurns(core: TestCore, server: FakeOpenAi): Promise<readonly [Message, Message]> {
  const model = await core.addModel(server.baseUrl);
  const first = await core.finish((await core.send('What is a ledger?', model)).runId);
  return [first, await core.finish((await core.send('And a journal?', model, { after: first })).runId)];
}

it('hides a message with all that follows it, brings it back, and keeps what it cost', async () => {
  const { core, server } = await start();
  const [first, second] = await twoTurns(core, server);
  const { conversationId } = first;
  const before = await opened(core, conversationId);
  const question = second.parentId ?? '';
  await core.client.call('conversations.removeMessage', { messageId: question });
  const without = await opened(core, conversationId);
  expect(without.ids).toEqual(before.ids.slice(0, 2));
  expect(without.conversation.total).toEqual(before.conversation.total);
  expect((await core.client.call('conversations.search', { query: 'journal' })).hits).toEqual([]);
  const again = core.client.call('conversations.removeMessage', { messageId: question });
  await expect(again).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(core.send('And?', await core.addModel(server.baseUrl), { after: second })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await core.client.call('conversations.restoreMessage', { messageId: question });
  expect((await opened(core, conversationId)).ids).toEqual(before.ids);
});

it('opens what stood beside a removed answer, and the question itself where nothing did', async () => {
  const { core, server } = await start();
  const [first] = await twoTurns(core, server);
  const { conversationId, parentId, model } = first;
  if (parentId === null || model === null) throw new Error('An answer has a question and a model.');
  const again = await core.finish((await core.client.call('chat.regenerate', { userMessageId: parentId, model, collectionIds: [] })).runId);
  await core.client.call('conversations.removeMessage', { messageId: again.id });
  const left = await opened(core, conversationId);
  expect(left.ids).toHaveLength(4);
  expect(left.messages[1]).toMatchObject({ id: first.id, siblingIds: [first.id] });
  await core.client.call('conversations.removeMessage', { messageId: first.id });
  expect((await opened(core, conversationId)).ids).toEqual([parentId]);
  await core.client.call('conversations.removeMessage', { messageId: parentId });
  expect((await opened(core, conversationId)).ids).toEqual([]);
});

it('keeps another branch open when one beside it is removed, and leaves one alone that is being written', async () => {
  const gate = createGate({ afterTokens: 1 });
  let isGated = false;
  const { core, server } = await start({ reply: () => (isGated ? { tokens: ['One', ' two'], gate } : undefined) });
  const [first, second] = await twoTurns(core, server);
  const { parentId, model, conversationId } = first;
  if (parentId === null || model === null) throw new Error('An answer has a question and a model.');
  const again = await core.finish((await core.client.call('chat.regenerate', { userMessageId: parentId, model, collectionIds: [] })).runId);
  await core.client.call('conversations.showBranch', { messageId: second.id });
  await core.client.call('conversations.removeMessage', { messageId: again.id });
  expect((await opened(core, conversationId)).ids.at(-1)).toBe(second.id);
  isGated = true;
  const { runId } = await core.send('And?', model, { after: second });
  await expect(core.client.call('conversations.removeMessage', { messageId: first.id })).rejects.toMatchObject({ code: 'CONFLICT' });
  gate.open();
  await core.finish(runId);
});

it('erases what was hidden at the next start, and no call with it', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-branches-'));
  open.push({ close: async () => rmSync(dataDir, { recursive: true, force: true }) });
  const server = await startFakeOpenAi();
  open.push(server);
  const before = await startTestCore({ dataDir });
  const [first, second] = await twoTurns(before, server);
  await before.client.call('conversations.removeMessage', { messageId: second.parentId ?? '' });
  await before.close();
  const core = await startTestCore({ dataDir });
  open.push(core);
  const erased = core.client.call('conversations.restoreMessage', { messageId: second.parentId ?? '' });
  await expect(erased).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const { conversation, ids } = await opened(core, first.conversationId);
  expect(ids).toHaveLength(2);
  // Two answers and the title.
  expect(conversation.total.callCount).toBe(3);
});

it('answers with two models at once, side by side, until one of them is gone on with', async () => {
  const gates = { 'gpt-4o-mini': createGate({ afterTokens: 1 }), 'gpt-4o': createGate({ afterTokens: 1 }) };
  const { core, server } = await start({
    reply: ({ body }) => ({ tokens: [body.model ?? '', ' says', ' so'], gate: gates[body.model === 'gpt-4o' ? 'gpt-4o' : 'gpt-4o-mini'] }),
  });
  const model = await core.addModel(server.baseUrl);
  const other = { ...model, modelId: 'gpt-4o' };
  const left = await core.client.call('chat.send', {
    messageId: 'q',
    conversationId: null,
    parentId: null,
    text: 'Which?',
    model,
    collectionIds: [],
  });
  const right = await core.client.call('chat.regenerate', {
    userMessageId: 'q',
    besideAnswerId: left.answerId,
    model: other,
    collectionIds: [],
  });
  const { conversationId } = left;
  gates['gpt-4o'].open();
  const second = await core.finish(right.runId);
  expect(second).toMatchObject({ status: 'done', text: 'gpt-4o says so', comparedIds: [left.answerId, right.answerId] });
  await core.client.call('chat.stop', { runId: left.runId });
  const first = await core.finish(left.runId);
  expect(first).toMatchObject({ status: 'stopped', comparedIds: second.comparedIds });
  for (const answer of [first, second]) expect(answer.receipt?.calls).toHaveLength(1);
  expect(await opened(core, conversationId)).toMatchObject({ ids: ['q', left.answerId], conversation: { model } });
  await core.client.call('conversations.continueWith', { messageId: right.answerId });
  const chosen = await opened(core, conversationId);
  expect(chosen).toMatchObject({ ids: ['q', right.answerId], conversation: { model: other } });
  expect(chosen.messages[1]).toMatchObject({ comparedIds: [], siblingIds: [left.answerId, right.answerId] });
});

it('compares an earlier answer with another model, and only answers to the same question', async () => {
  const { core, server } = await start();
  const [first, second] = await twoTurns(core, server);
  const { parentId, model, conversationId } = first;
  if (parentId === null || model === null) throw new Error('An answer has a question and a model.');
  const request = { userMessageId: parentId, model: { ...model, modelId: 'gpt-4o' }, collectionIds: [] };
  await expect(core.client.call('chat.regenerate', { ...request, besideAnswerId: second.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const beside = await core.finish((await core.client.call('chat.regenerate', { ...request, besideAnswerId: first.id })).runId);
  const { messages } = await opened(core, conversationId);
  expect(messages.at(-1)).toMatchObject({ id: beside.id, comparedIds: [first.id, beside.id] });
  await core.client.call('conversations.continueWith', { messageId: first.id });
  expect((await opened(core, conversationId)).ids.at(-1)).toBe(second.id);
});

it('says what the open branch costs, as its receipts do, from when there is another until there is none', async () => {
  const { core, server } = await start();
  const [first, second] = await twoTurns(core, server);
  const { conversationId, parentId, model } = second;
  if (parentId === null || model === null) throw new Error('An answer has a question and a model.');
  const branchTotal = async () => (await core.client.call('conversations.open', { conversationId })).branchTotal;
  expect(await branchTotal()).toBeNull();
  const again = await core.finish((await core.client.call('chat.regenerate', { userMessageId: parentId, model, collectionIds: [] })).runId);
  const receiptsOf = async () => {
    const { messages, conversation } = await opened(core, conversationId);
    const branch = messages.reduce((sum, { receipt }) => addTotals(sum, receipt?.total ?? emptyTotal), emptyTotal);
    return { branch, whole: conversation.total };
  };
  const { branch, whole } = await receiptsOf();
  expect(await branchTotal()).toEqual(branch);
  expect(branch.callCount).toBeLessThan(whole.callCount);
  await core.client.call('conversations.showBranch', { messageId: second.id });
  expect(await branchTotal()).toEqual((await receiptsOf()).branch);
  expect(first.receipt?.total.callCount).toBeGreaterThan(0);
  await core.client.call('conversations.removeMessage', { messageId: again.id });
  expect(await branchTotal()).toBeNull();
});
