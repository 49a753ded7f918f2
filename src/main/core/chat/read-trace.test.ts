import { afterEach, expect, test } from 'vitest';
import { addDocument } from '../../../../tests/core/add-document.ts';
import { startTestCore, type TestCore } from '../../../../tests/core/start-test-core.ts';
import { refusals, startFakeOpenAi, type FakeOpenAiOptions } from '../../../../tests/fake-openai/start-fake-openai.ts';
import type { ModelRef } from '../../../shared/contract/chat.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0).toReversed()) await part.close();
});

/** A core with a lease to search, and a model, with one for embeddings beside it or without. */
async function start(embeddingModelId: string | null, options: FakeOpenAiOptions = {}): Promise<{ core: TestCore; model: ModelRef }> {
  const server = await startFakeOpenAi(options);
  open.push(server);
  const core = await startTestCore();
  open.push(core);
  await core.client.call('settings.update', { titlesByModel: false });
  const model = await core.addModel(server.baseUrl);
  const { providerId } = model;
  await core.client.call('providers.update', { providerId, name: 'Test', baseUrl: server.baseUrl, embeddingModelId, smallModelId: null });
  await addDocument(core.client, 'lease.txt', Buffer.from('The landlord keeps the deposit for at most six months.'));
  await addDocument(core.client, 'pets.txt', Buffer.from('Dogs and cats are welcome.'));
  return { core, model };
}

async function ask(core: TestCore, model: ModelRef, question: string) {
  const message = await core.finish((await core.send(question, model, { collectionIds: ['default'] })).runId);
  return { message, ...(await core.client.call('chat.trace', { messageId: message.id })) };
}

test('tells how the passages of an answer were found by either search, and how they begin', async () => {
  const { core, model } = await start('text-embedding-3-small');
  const { message, trace, openings } = await ask(core, model, 'How long may the landlord keep the deposit?');
  expect(trace).toMatchObject({
    query: 'How long may the landlord keep the deposit?',
    documentCount: 2,
    withoutVectors: null,
    failure: null,
    keywordCount: 1,
    vectorCount: 2,
    foundCount: 2,
  });
  expect(trace?.passages.filter(({ ordinal }) => ordinal !== null).map(({ passageId, ordinal }) => ({ passageId, ordinal }))).toEqual(
    message.sources.map(({ passageId, ordinal }) => ({ passageId, ordinal })),
  );
  const [lease] = trace?.passages ?? [];
  expect(lease).toMatchObject({ documentName: 'lease.txt', keyword: { rank: 1 }, fused: { rank: 1 }, dropped: null });
  expect(openings[lease?.passageId ?? '']).toBe('The landlord keeps the deposit for at most six months.');
  expect(trace?.steps.map(({ step }) => step)).toEqual(['load_vectors', 'embed_question', 'vector_search', 'keyword_search', 'choose']);
});

test('keeps why a search by meaning failed', async () => {
  let isDown = false;
  const { core, model } = await start('text-embedding-3-small', {
    reply: ({ path }) => (isDown && path === '/v1/embeddings' ? refusals.wrongKey() : undefined),
  });
  isDown = true;
  const { message, trace } = await ask(core, model, 'What about the deposit?');
  expect(trace).toMatchObject({ withoutVectors: 'failed', vectorCount: 0, keywordCount: 1 });
  expect(trace?.failure).not.toBeNull();
  expect(trace?.failure).toEqual(message.notice);
});

test('tells a search by words from none at all', async () => {
  const { core, model } = await start(null);
  const { message, trace } = await ask(core, model, 'What about the deposit?');
  expect(trace).toMatchObject({ withoutVectors: 'no_model', failure: null });
  const unsearched = await core.finish((await core.send('Hello', model)).runId);
  expect(await core.client.call('chat.trace', { messageId: unsearched.id })).toEqual({ trace: null, openings: {} });
  expect(await core.client.call('chat.trace', { messageId: 'never' })).toEqual({ trace: null, openings: {} });
  expect(message.sources).toHaveLength(1);
});
