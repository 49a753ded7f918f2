import { afterEach, expect, test } from 'vitest';
import { startTestCore, type TestCore } from '../../../../tests/core/start-test-core.ts';
import { startFakeOpenAi } from '../../../../tests/fake-openai/start-fake-openai.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0).toReversed()) await part.close();
});

async function start(): Promise<{ core: TestCore; conversationId: string }> {
  const server = await startFakeOpenAi();
  const core = await startTestCore();
  open.push(server, core);
  await core.client.call('settings.update', { titlesByModel: false });
  const { runId, conversationId } = await core.send('What is a ledger?', await core.addModel(server.baseUrl));
  await core.finish(runId);
  return { core, conversationId };
}

const scope = { documentIds: ['d'], collectionIds: ['c'] };

test('each conversation has a draft of its own, and so has the one that has not begun', async () => {
  const { core, conversationId } = await start();
  await core.client.call('drafts.save', { conversationId, draft: { text: 'And who\nkeeps it?', scope } });
  await core.client.call('drafts.save', { conversationId: null, draft: { text: '賃料は', scope: null } });
  const anotherPage = core.connect();
  expect(await anotherPage.call('drafts.read', { conversationId })).toEqual({ text: 'And who\nkeeps it?', scope, images: [] });
  expect(await anotherPage.call('drafts.read', { conversationId: null })).toEqual({ text: '賃料は', scope: null, images: [] });
});

test('an empty draft is forgotten, one with a limit alone is not', async () => {
  const { core, conversationId } = await start();
  await core.client.call('drafts.save', { conversationId, draft: { text: '', scope } });
  expect(await core.client.call('drafts.read', { conversationId })).toEqual({ text: '', scope, images: [] });
  await core.client.call('drafts.save', { conversationId, draft: { text: '', scope: null } });
  expect(await core.client.call('drafts.read', { conversationId })).toBeNull();
});

test('a draft for a conversation that is gone is not kept', async () => {
  const { core } = await start();
  await core.client.call('drafts.save', { conversationId: 'gone', draft: { text: 'Hello?', scope: null } });
  expect(await core.client.call('drafts.read', { conversationId: 'gone' })).toBeNull();
});
