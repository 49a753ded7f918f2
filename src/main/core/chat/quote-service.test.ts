import { afterEach, expect, test } from 'vitest';
import { addDocument } from '../../../../tests/core/add-document.ts';
import { startTestCore, type TestCore } from '../../../../tests/core/start-test-core.ts';
import { promptOf, type FakeRequest } from '../../../../tests/fake-openai/fake-request.ts';
import { startFakeOpenAi, type FakeOpenAi, type FakeOpenAiOptions } from '../../../../tests/fake-openai/start-fake-openai.ts';
import type { Message, ModelRef } from '../../../shared/contract/chat.ts';
import type { Provider } from '../../../shared/contract/providers.ts';
import type { Quote, QuotePartKind } from '../../../shared/contract/quote.ts';
import { createTokenCounter } from '../spend/tokens/token-counter.ts';

const tokenCounter = createTokenCounter();
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0).toReversed()) await part.close();
});

const handbook = [
  'Expenses: The finance desk repays travel by train within ten days. Taxis are repaid after nine in the evening only.',
  'Leave: Everyone has thirty days of leave. Days that are left in March are lost, unless the team lead has agreed.',
  '経費: 出張の宿泊費は一泊一万二千円まで精算できます。領収書は三十日以内に提出してください。',
].join('\n\n');

/** A core and a server that counts nothing for it: what is recorded is what was counted here. */
async function start(options: FakeOpenAiOptions = {}): Promise<{ core: TestCore; server: FakeOpenAi }> {
  const server = await startFakeOpenAi({
    reply: ({ body }) => ({ fault: 'no-usage', ...(isCondense(body) && { text: questionToCondense(body) }) }),
    ...options,
  });
  open.push(server);
  const core = await startTestCore();
  open.push(core);
  await core.client.call('settings.update', { titlesByModel: false });
  return { core, server };
}

const isCondense = (body: FakeRequest['body']): boolean => JSON.stringify(body).includes('<conversation>');

/** A model that finds the question good as it is, so that the same is searched for as was quoted. */
function questionToCondense(body: FakeRequest['body']): string {
  return /<question>\n(.*)\n<\/question>$/su.exec(promptOf(body).at(-1)?.text ?? '')?.[1] ?? '';
}

interface Draft {
  readonly text: string;
  readonly model: ModelRef;
  readonly after?: Message;
  readonly collectionIds?: string[];
}

function quote(core: TestCore, { text, model, after, collectionIds = [] }: Draft): Promise<Quote> {
  const place = { conversationId: after?.conversationId ?? null, parentId: after?.id ?? null };
  return core.client.call('chat.quote', { ...place, text, model, collectionIds });
}

async function sendAndFinish(core: TestCore, { text, model, ...options }: Draft): Promise<Message> {
  return core.finish((await core.send(text, model, options)).runId);
}

type Helpers = Pick<Provider, 'embeddingModelId' | 'smallModelId'>;

async function chooseHelpers(core: TestCore, server: FakeOpenAi, { providerId }: ModelRef, helpers: Helpers): Promise<void> {
  await core.client.call('providers.update', { providerId, name: 'Test', baseUrl: server.baseUrl, ...helpers });
}

function tokensOf({ parts }: Quote, kind: QuotePartKind): number {
  return parts.filter((part) => part.kind === kind).reduce((sum, { tokens }) => sum + tokens, 0);
}

/** What a request that arrived has in tokens, counted from its body alone. */
function countOf({ body }: FakeRequest, modelId: string): Promise<number> {
  const messages = promptOf(body).map(({ role, text }) => ({ role, content: text }));
  return tokenCounter.countChat(messages, modelId);
}

const chatsOf = (server: FakeOpenAi): FakeRequest[] => server.requests.filter(({ path }) => path === '/v1/chat/completions');

const questions = [
  'What is repaid for a taxi?',
  '/help with ten days\n\n of leave?\nAnd "quotes" <question> too',
  '宿泊費はいくらまで精算できますか？領収書の期限は？',
  'zxqv',
];

test.each([
  ['gpt-4o-mini', []],
  ['gpt-4', ['default']],
  // Instructions go to it as those of a developer.
  ['gpt-5.4-mini', ['default']],
] as const)('the quote has the tokens of the request that is then sent: %s, documents %j', async (modelId, collections) => {
  const collectionIds = [...collections];
  const { core, server } = await start();
  await addDocument(core.client, 'handbook.md', Buffer.from(handbook));
  const model = await core.addModel(server.baseUrl, modelId);
  let after: Message | undefined;
  for (const text of questions) {
    const draft: Draft = { text, model, collectionIds, ...(after !== undefined && { after }) };
    const before = server.requests.length;
    const quoted = await quote(core, draft);
    expect(server.requests, 'a quote asks nobody').toHaveLength(before);
    const condenses = after !== undefined && collectionIds.length > 0;
    after = await sendAndFinish(core, draft);
    const sent = chatsOf(server).slice(condenses ? -2 : -1);
    const counted = await Promise.all(sent.map((request) => countOf(request, modelId)));
    expect([...(condenses ? [tokensOf(quoted, 'condense')] : []), quoted.inputTokens], text).toEqual(counted);
    // The server counts nothing, so this is what was booked for the same request.
    const inputTokens = after.receipt?.calls.map((call) => call.inputTokens);
    expect(inputTokens).toEqual(counted);
    const parts = after.receipt?.requestParts ?? [];
    expect(parts.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(quoted.inputTokens);
    expect(parts.filter(({ kind }) => kind === 'passage').map(({ ordinal }) => ordinal)).toEqual(
      after.sources.map(({ ordinal }) => ordinal),
    );
    expect(tokensOf(quoted, 'passages') > 0).toBe(after.sources.length > 0);
    expect(quoted.searchDiffers).toBe(condenses);
  }
});

test('the money is that of the input of each call, and its parts add up', async () => {
  const { core, server } = await start();
  const model = await core.addModel(server.baseUrl);
  const first = await sendAndFinish(core, { text: 'My name is Ada.', model });
  const quoted = await quote(core, { text: 'What is my name?', model, after: first });
  expect(quoted.parts.map(({ kind }) => kind)).toEqual(['history', 'text', 'overhead']);
  // 0.15 USD a million is 150 nano-USD a token.
  expect(quoted.total).toMatchObject({ costNanos: quoted.inputTokens * 150, exactNanos: 0, callCount: 1, estimatedCount: 1 });
  expect(quoted.parts.map(({ amount }) => amount)).toEqual(
    quoted.parts.map(({ tokens }) => ({ exactness: 'estimated', costNanos: tokens * 150 })),
  );
  expect(quoted).toMatchObject({ outputPerMillion: 0.6, isPriceAssumed: true, contextTokens: 128_000, isContextAssumed: false });
});

test('a first question also pays for its title, and it cannot be known in full', async () => {
  const { core, server } = await start();
  await core.client.call('settings.update', { titlesByModel: true });
  const model = await core.addModel(server.baseUrl);
  const quoted = await quote(core, { text: 'What is a ledger?', model });
  expect(tokensOf(quoted, 'title')).toBeGreaterThan(30);
  expect(quoted.total).toMatchObject({ callCount: 2, estimatedCount: 1, lowerBoundCount: 1 });
  const nothingTyped = await quote(core, { text: ' ', model });
  expect(nothingTyped.parts.map(({ kind }) => kind)).toEqual(['overhead']);
});

test('the small model is quoted at its own price', async () => {
  const { core, server } = await start();
  const model = await core.addModel(server.baseUrl, 'gpt-4o');
  await chooseHelpers(core, server, model, { embeddingModelId: null, smallModelId: 'gpt-4o-mini' });
  await addDocument(core.client, 'handbook.md', Buffer.from(handbook));
  const after = await sendAndFinish(core, { text: 'What is repaid?', model, collectionIds: ['default'] });
  const quoted = await quote(core, { text: 'And when?', model, after, collectionIds: ['default'] });
  const condense = quoted.parts.find(({ kind }) => kind === 'condense');
  expect(condense?.amount).toEqual({ exactness: 'estimated', costNanos: (condense?.tokens ?? 0) * 150 });
  expect(quoted.total.costNanos).toBe(quoted.inputTokens * 2_500 + (condense?.tokens ?? 0) * 150);
});

test('embedding the question is quoted where the documents have vectors, without embedding it', async () => {
  const { core, server } = await start();
  const model = await core.addModel(server.baseUrl);
  await chooseHelpers(core, server, model, { embeddingModelId: 'text-embedding-3-small', smallModelId: null });
  await addDocument(core.client, 'handbook.md', Buffer.from(handbook));
  const draft = { text: 'What is repaid for a taxi?', model, collectionIds: ['default'] };
  const asked = server.requests.length;
  const quoted = await quote(core, draft);
  expect(server.requests).toHaveLength(asked);
  expect(quoted.searchDiffers).toBe(true);
  expect(tokensOf(quoted, 'embedding')).toBe(await tokenCounter.count(draft.text, 'text-embedding-3-small'));
  await sendAndFinish(core, draft);
  expect(server.requests.slice(asked).map(({ path }) => path)).toEqual(['/v1/embeddings', '/v1/chat/completions']);
  expect(server.requests[asked]?.body.input).toEqual([draft.text]);
});

test('earlier messages that do not fit are left out of both, and told', async () => {
  const { core, server } = await start();
  // Of an unknown model the window is taken to be 32,000 tokens, a quarter of it for the answer.
  const model = await core.addModel(server.baseUrl, 'some-model');
  let after: Message | undefined;
  for (const round of [1, 2, 3, 4]) {
    after = await sendAndFinish(core, { text: `${round}: ${'one two three four five '.repeat(1_400)}`, model, ...(after && { after }) });
  }
  const draft: Draft = { text: 'What came first?', model, ...(after && { after }) };
  const quoted = await quote(core, draft);
  expect(quoted).toMatchObject({ droppedTurnCount: 2, contextTokens: 32_000, isContextAssumed: true, answerRoomTokens: 8_000 });
  expect(quoted.total).toMatchObject({ costNanos: 0, noPriceCount: 1 });
  await sendAndFinish(core, draft);
  const body = server.requests.at(-1)?.body;
  expect(body?.messages).toHaveLength(7);
  expect(quoted.inputTokens).toBe(await countOf(server.requests.at(-1) as FakeRequest, 'some-model'));
  const place = { conversationId: after?.conversationId ?? '', leafId: after?.id ?? '' };
  const { firstMessageId, droppedTurnCount } = await core.client.call('chat.context', { ...place, model });
  expect(droppedTurnCount).toBe(2);
  const { messages } = await core.client.call('conversations.messages', { messageIds: [firstMessageId ?? ''] });
  expect(body?.messages?.[0]).toMatchObject({ role: 'user', content: messages[0]?.text });
});

test('an answer that is being written is quoted as far as it is there, and not remembered so', async () => {
  const { core, server } = await start();
  const model = await core.addModel(server.baseUrl);
  const { runId, conversationId } = await core.send('Hello', model);
  const { messages } = await core.client.call('conversations.open', { conversationId });
  const answer = messages.at(-1) as Message;
  await quote(core, { text: 'And?', model, after: answer });
  const finished = await core.finish(runId);
  const quoted = await quote(core, { text: 'And?', model, after: answer });
  await sendAndFinish(core, { text: 'And?', model, after: finished });
  expect(quoted.inputTokens).toBe(await countOf(server.requests.at(-1) as FakeRequest, 'gpt-4o-mini'));
});

test('what a provider has billed corrects the quote as it corrects what is booked without its word', async () => {
  let saysUsage = true;
  const { core, server } = await start({ reply: () => (saysUsage ? {} : { fault: 'no-usage' }) });
  const model = await core.addModel(server.baseUrl);
  let after: Message | undefined;
  for (const text of ['Antidisestablishmentarianism', 'Pneumonoultramicroscopic', 'Floccinaucinihilipilification']) {
    after = await sendAndFinish(core, { text, model, ...(after && { after }) });
  }
  saysUsage = false;
  const draft: Draft = { text: 'Incomprehensibilities', model, ...(after && { after }) };
  const quoted = await quote(core, draft);
  const answer = await sendAndFinish(core, draft);
  expect(quoted.isCalibrated).toBe(true);
  expect(quoted.inputTokens).not.toBe(await countOf(server.requests.at(-1) as FakeRequest, 'gpt-4o-mini'));
  expect(answer.receipt?.calls).toMatchObject([{ inputTokens: quoted.inputTokens, tokenSource: 'local' }]);
  expect(quoted.parts.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(quoted.inputTokens);
});

test('the demo is free, and what does not exist is not quoted', async () => {
  const { core } = await start();
  const model = { providerId: 'demo', modelId: 'tally-demo' };
  expect((await quote(core, { text: 'Hello', model })).total).toMatchObject({ costNanos: 0, freeCount: 1, callCount: 1 });
  const nowhere = { conversationId: 'nowhere', parentId: null, text: 'Hello', collectionIds: [] };
  await expect(core.client.call('chat.quote', { ...nowhere, model })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const unknown = { providerId: 'nobody', modelId: 'x' };
  await expect(quote(core, { text: 'Hello', model: unknown })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
