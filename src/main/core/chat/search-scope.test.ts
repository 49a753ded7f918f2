import { afterEach, expect, test } from 'vitest';
import { addDocument } from '../../../../tests/core/add-document.ts';
import { startTestCore } from '../../../../tests/core/start-test-core.ts';
import { startFakeOpenAi } from '../../../../tests/fake-openai/start-fake-openai.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0).toReversed()) await part.close();
});

test('a question limited to a document finds passages nowhere else, neither quoted, nor sent, nor answered again', async () => {
  const server = await startFakeOpenAi();
  const core = await startTestCore();
  open.push(server, core);
  const { client } = core;
  await client.call('settings.update', { titlesByModel: false });
  const model = await core.addModel(server.baseUrl);
  const wanted = await addDocument(client, 'lease.txt', Buffer.from('The rent of the flat is 900 euros.'));
  await addDocument(client, 'garage.txt', Buffer.from('The rent of the garage is 80 euros, and the rent of the yard is 20.'));
  const scope = { documentIds: [wanted], collectionIds: [] };
  const question = { conversationId: null, parentId: null, text: 'What is the rent?', model, collectionIds: ['default'] };

  const whole = await client.call('chat.quote', question);
  const limited = await client.call('chat.quote', { ...question, scope });
  expect(limited.inputTokens).toBeLessThan(whole.inputTokens);

  const sent = await client.call('chat.send', { ...question, messageId: 'm1', scope });
  const answer = await core.finish(sent.runId);
  expect(answer.sources.map(({ documentName }) => documentName)).toEqual(['lease.txt']);

  const opened = await client.call('conversations.open', { conversationId: sent.conversationId });
  expect(opened.messages[0]?.scope).toEqual(scope);
  // The limit was for this question: the next one is asked with the collections as before.
  expect(opened.conversation.collectionIds).toEqual(['default']);
  const again = await client.call('chat.regenerate', { userMessageId: 'm1', model, collectionIds: ['default'] });
  expect((await core.finish(again.runId)).sources.map(({ documentName }) => documentName)).toEqual(['lease.txt']);
});

test('a limit holds also where no collection is chosen, and to a whole collection', async () => {
  const server = await startFakeOpenAi();
  const core = await startTestCore();
  open.push(server, core);
  const { client } = core;
  await client.call('settings.update', { titlesByModel: false });
  const model = await core.addModel(server.baseUrl);
  await addDocument(client, 'lease.txt', Buffer.from('The rent is 900 euros.'));
  const question = { conversationId: null, parentId: null, text: 'rent', model, collectionIds: [] };
  const sent = await client.call('chat.send', { ...question, messageId: 'm1', scope: { documentIds: [], collectionIds: ['default'] } });
  expect((await core.finish(sent.runId)).sources).toHaveLength(1);
});
