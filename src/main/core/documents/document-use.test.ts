import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeOpenAi, type FakeOpenAi } from '../../../../tests/fake-openai/start-fake-openai.ts';
import { addDocument } from '../../../../tests/core/add-document.ts';
import { startTestCore, type TestCore } from '../../../../tests/core/start-test-core.ts';

let server: FakeOpenAi;
let core: TestCore;

beforeEach(async () => {
  server = await startFakeOpenAi({ models: ['gpt-4o-mini'], reply: () => ({ text: 'The rent is 900 euros [1].' }) });
  core = await startTestCore();
});

afterEach(async () => {
  await core.close();
  await server.close();
});

it('tells how often a document was cited, and its share of what the prompts cost', async () => {
  const model = await core.addModel(server.baseUrl);
  const lease = await addDocument(core.client, 'lease.md', Buffer.from('The rent of the flat is 900 euros a month, due on the first.'));
  const hours = await addDocument(core.client, 'hours.md', Buffer.from('The rent office opens at nine. '.repeat(40)));
  const unused = await addDocument(core.client, 'unused.md', Buffer.from('Bees dance.'));
  const { runId } = await core.send('What is the rent of the flat a month?', model, { collectionIds: ['default'] });
  const answer = await core.finish(runId);
  expect(answer.sources.map(({ documentId }) => documentId)).toEqual([lease, hours]);
  const [call] = answer.receipt?.calls.filter(({ purpose }) => purpose === 'answer') ?? [];

  const card = await core.client.call('documents.card', { documentId: lease });
  const other = await core.client.call('documents.card', { documentId: hours });
  expect(card).toMatchObject({
    givenCount: 1,
    citedCount: 1,
    lastUsedAt: answer.createdAt,
    promptTotal: { callCount: 1, estimatedCount: 1 },
  });
  expect(other).toMatchObject({ givenCount: 1, citedCount: 0 });
  expect(await core.client.call('documents.card', { documentId: unused })).toMatchObject({
    givenCount: 0,
    promptTokens: 0,
    lastUsedAt: null,
  });

  const share = card.promptTokens / (call?.inputTokens ?? 0);
  const inputNanos = (call?.inputTokens ?? 0) * 150;
  expect(card.promptTotal.costNanos).toBe(Math.round(inputNanos * share));
  expect(other.promptTokens).toBeGreaterThan(card.promptTokens);
  expect(card.promptTokens + other.promptTokens).toBeLessThan(call?.inputTokens ?? 0);

  await core.client.call('conversations.remove', { conversationId: answer.conversationId });
  expect(await core.client.call('documents.card', { documentId: lease })).toMatchObject({ givenCount: 0 });
});
