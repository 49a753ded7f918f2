import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestCore, type TestCore } from '../../../../tests/core/start-test-core.ts';
import { startFakeOpenAi } from '../../../../tests/fake-openai/start-fake-openai.ts';
import { conversationFileHead, filedConversation } from '../../../shared/contract/conversation-file.ts';

let core: TestCore;
beforeEach(async () => {
  core = await startTestCore();
});
afterEach(() => core.close());

const conversationFile = conversationFileHead.extend({ conversations: z.array(filedConversation) });

async function exported(conversationIds: string[] | null): Promise<z.infer<typeof conversationFile>> {
  let json = '';
  for await (const { text } of core.client.stream('conversations.export', { conversationIds })) json += text;
  return conversationFile.parse(JSON.parse(json));
}

test('a file holds every branch with its calls, and no call twice or of another conversation', async () => {
  const server = await startFakeOpenAi();
  const { client } = core;
  const model = await core.addModel(server.baseUrl);
  const first = await core.send('What is a ledger?', model);
  const answer = await core.finish(first.runId);
  const again = await client.call('chat.regenerate', { userMessageId: answer.parentId ?? '', model, collectionIds: [] });
  const second = await core.finish(again.runId);
  const follow = await core.send('And a journal? 日本語で', model, { after: second });
  await core.finish(follow.runId);
  const other = await core.send('Something else', model);
  await core.finish(other.runId);

  const { conversations } = await exported([first.conversationId]);
  expect(conversations).toHaveLength(1);
  const [{ messages, otherCalls, leafMessageId } = { messages: [], otherCalls: [], leafMessageId: null }] = conversations;
  const [question, ...rest] = messages;
  expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'assistant', 'user', 'assistant']);
  expect(rest.slice(0, 2).map(({ parentId }) => parentId)).toEqual([question?.id, question?.id]);
  expect(leafMessageId).toBe(messages.at(-1)?.id);
  expect(messages[3]?.text).toBe('And a journal? 日本語で');
  const { records } = await client.call('spend.records', {
    from: '0001-01-01',
    to: '9999-12-31',
    part: { split: 'conversation', key: first.conversationId },
    before: null,
    limit: 100,
  });
  const calls = [...messages.flatMap((message) => message.calls), ...otherCalls];
  expect(calls.map(({ id }) => id).toSorted()).toEqual(records.map(({ id }) => id).toSorted());

  const all = await exported(null);
  expect(all.conversations.map(({ id }) => id).toSorted()).toEqual([first.conversationId, other.conversationId].toSorted());
  await server.close();
});

test('a removed message is not in the file, and neither is a conversation that is gone', async () => {
  const server = await startFakeOpenAi();
  const model = await core.addModel(server.baseUrl);
  const { runId, conversationId } = await core.send('What is a ledger?', model);
  const answer = await core.finish(runId);
  await core.client.call('conversations.removeMessage', { messageId: answer.id });
  expect((await exported([conversationId])).conversations[0]?.messages.map(({ role }) => role)).toEqual(['user']);
  await core.client.call('conversations.remove', { conversationId });
  await expect(exported([conversationId])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await exported(null)).conversations).toEqual([]);
  await server.close();
});
