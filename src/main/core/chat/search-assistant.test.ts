import { afterEach, expect, it } from 'vitest';
import { addDocument } from '../../../../tests/core/add-document.ts';
import { startTestCore } from '../../../../tests/core/start-test-core.ts';
import { promptOf } from '../../../../tests/fake-openai/fake-request.ts';
import { refusals, startFakeOpenAi, type FakeReply } from '../../../../tests/fake-openai/start-fake-openai.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0).toReversed()) await part.close();
});

/** Whole runs of a core with a parser process. */
const timeoutMs = 300_000;

const handbook = ['The deposit is paid back within six months.', 'Pets are welcome in every flat.', 'The deposit of a key is ten euros.'];

async function start(helping: { furtherQueries: FakeReply; rerank: FakeReply }) {
  const server = await startFakeOpenAi({
    reply: (request) => {
      const prompt = JSON.stringify(promptOf(request.body));
      if (prompt.includes('<candidate')) return helping.rerank;
      return prompt.includes('<search>') ? helping.furtherQueries : undefined;
    },
  });
  const core = await startTestCore();
  open.push(server, core);
  await core.client.call('settings.update', { titlesByModel: false, searchFurther: true, rankAgain: true });
  const model = await core.addModel(server.baseUrl);
  for (const [index, text] of handbook.entries()) await addDocument(core.client, `page-${index}.txt`, Buffer.from(text));
  return { server, core, model };
}

it(
  'is quoted before, books its calls under their purposes, and searches for what the model wrote',
  async () => {
    const { server, core, model } = await start({ furtherQueries: { text: '1. dogs and pets\n2. cats' }, rerank: { text: '2, 1' } });
    const text = 'When is the deposit paid back?';
    const place = { conversationId: null, parentId: null, collectionIds: ['default'] };
    const quote = await core.client.call('chat.quote', { ...place, text, model });
    const message = await core.finish((await core.send(text, model, { collectionIds: ['default'] })).runId);

    const calls = message.receipt?.calls ?? [];
    expect(calls.map(({ purpose }) => purpose).toSorted()).toEqual(['answer', 'multi_query', 'rerank']);
    expect(calls.reduce((sum, call) => sum + ('costNanos' in call.amount ? call.amount.costNanos : 0), 0)).toBe(
      server.bill().reduce((sum, call) => sum + call.billedNanos, 0),
    );
    const quoted = quote.parts.map(({ kind }) => kind);
    expect(quoted).toEqual(expect.arrayContaining(['multi_query', 'rerank']));
    expect(message.sources.map(({ documentName }) => documentName)).toContain('page-1.txt');
    const { trace } = await core.client.call('chat.trace', { messageId: message.id });
    expect(trace).toMatchObject({ furtherQueries: ['dogs and pets', 'cats'], isRankedAgain: true });
  },
  timeoutMs,
);

it(
  'lets the answer come without it, and says what was missing',
  async () => {
    const { core, model } = await start({ furtherQueries: refusals.wrongKey(), rerank: { text: 'None.' } });
    const message = await core.finish((await core.send('When is the deposit paid back?', model, { collectionIds: ['default'] })).runId);
    expect(message).toMatchObject({ status: 'done', notice: { code: 'KEY_REJECTED', data: { step: 'multi_query' } } });
    const purposes = message.receipt?.calls.map(({ purpose, outcome }) => [purpose, outcome]);
    expect(purposes).toEqual(expect.arrayContaining([['multi_query', 'failed'], ['rerank', 'done'], ['answer', 'done']])); // prettier-ignore
  },
  timeoutMs,
);
