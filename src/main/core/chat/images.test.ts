import { afterEach, expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { addDocument } from '../../../../tests/core/add-document.ts';
import { startTestCore, type TestCore } from '../../../../tests/core/start-test-core.ts';
import type { FakeRequest } from '../../../../tests/fake-openai/fake-request.ts';
import { startFakeOpenAi, type FakeOpenAi } from '../../../../tests/fake-openai/start-fake-openai.ts';
import { pngImage } from '../../../../tests/sample-files/png-image.ts';
import type { Message, ModelRef } from '../../../shared/contract/chat.ts';
import type { AttachedImage } from '../../../shared/contract/images.ts';
import { createTokenCounter } from '../spend/tokens/token-counter.ts';

const tokenCounter = createTokenCounter();
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0).toReversed()) await part.close();
});

/** A server that counts nothing: what is recorded is what was counted here. */
async function start(): Promise<{ core: TestCore; server: FakeOpenAi }> {
  const server = await startFakeOpenAi({ reply: () => ({ fault: 'no-usage', text: 'A chart.' }) });
  const core = await startTestCore();
  open.push(server, core);
  await core.client.call('settings.update', { titlesByModel: false });
  return { core, server };
}

/** Without the list of models. */
function sent(server: FakeOpenAi): FakeRequest[] {
  return server.requests.filter(({ method }) => method === 'POST');
}

const chart = pngImage(1024, 512);

async function addImage(core: TestCore, bytes = chart, name = 'chart.png'): Promise<AttachedImage> {
  return { ...(await core.client.call('images.add', { base64: bytes.toString('base64') })), name };
}

interface Question {
  readonly text: string;
  readonly model: ModelRef;
  readonly images?: AttachedImage[];
  readonly after?: Message;
  readonly collectionIds?: string[];
}

function placeOf({ after }: Question) {
  return { conversationId: after?.conversationId ?? null, parentId: after?.id ?? null };
}

async function ask(core: TestCore, question: Question): Promise<Message> {
  const { text, model, images = [], collectionIds = [] } = question;
  const asked = { messageId: uuidv7(), ...placeOf(question), text, images, model, collectionIds };
  return core.finish((await core.client.call('chat.send', asked)).runId);
}

function quote(core: TestCore, question: Question) {
  const { text, model, images = [], collectionIds = [] } = question;
  return core.client.call('chat.quote', { ...placeOf(question), text, images, model, collectionIds });
}

const url = `data:image/png;base64,${chart.toString('base64')}`;
const asked = (text: string) => [
  { type: 'image_url', image_url: { url } },
  { type: 'text', text },
];

test('goes along with its question, with every later one, when it is edited and answered again, with the same bytes', async () => {
  const { core, server } = await start();
  const model = await core.addModel(server.baseUrl, 'gpt-4o');
  const image = await addImage(core);
  const first = await ask(core, { text: 'What is this?', model, images: [image] });
  expect(sent(server)[0]?.body.messages).toEqual([{ role: 'user', content: asked('What is this?') }]);

  await ask(core, { text: 'In colour?', model, after: first });
  const [before, later] = sent(server).map(({ body }) => JSON.stringify(body.messages));
  expect(later?.startsWith(before?.slice(0, -1) ?? '-')).toBe(true);

  await core.finish((await core.client.call('chat.regenerate', { userMessageId: first.parentId ?? '', model, collectionIds: [] })).runId);
  expect(sent(server)[2]?.body.messages).toEqual(sent(server)[0]?.body.messages);

  const { messages } = await core.client.call('conversations.messages', { messageIds: [first.parentId ?? ''] });
  expect(messages[0]?.images).toEqual([{ ...image, width: 1024, height: 512 }]);
  const kept = await core.client.call('images.read', { imageId: image.id });
  expect(kept).toEqual({ base64: chart.toString('base64'), mediaType: 'image/png' });
});

test.each(['gpt-4o', 'gpt-4.1-mini'])(
  'is quoted for %s as it is counted when it is sent, and is a part of the receipt',
  async (modelId) => {
    const { core, server } = await start();
    const model = await core.addModel(server.baseUrl, modelId);
    const images = [await addImage(core), await addImage(core, pngImage(300, 200), 'small.png')];
    const first = { text: 'What are these?', model, images };
    const firstQuote = await quote(core, first);
    const answer = await ask(core, first);
    const second = { text: 'Sure?', model, after: answer };
    const secondQuote = await quote(core, second);
    const secondAnswer = await ask(core, second);

    const counts = await Promise.all(sent(server).map(({ body }) => tokenCounter.countRequest({ endpoint: 'chat', model: modelId, body })));
    expect([firstQuote.inputTokens, secondQuote.inputTokens]).toEqual(counts.map(({ tokens }) => tokens));
    const attachment = firstQuote.parts.find(({ kind }) => kind === 'attachment');
    expect(attachment?.amount.exactness).toBe('estimated');
    expect(firstQuote.parts.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(firstQuote.inputTokens);
    expect(secondQuote.parts.map(({ kind }) => kind)).toEqual(['history', 'text', 'overhead']);

    const parts = answer.receipt?.requestParts ?? [];
    const pictured = parts.filter(({ kind }) => kind === 'attachment');
    expect(pictured.map(({ ordinal }) => ordinal)).toEqual([1, 2]);
    expect(pictured.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(attachment?.tokens);
    for (const [index, { receipt }] of [answer, secondAnswer].entries()) {
      expect(receipt?.requestParts.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(counts[index]?.tokens);
      expect(receipt?.calls[0]?.inputTokens).toBe(counts[index]?.tokens);
    }
  },
);

test('needs no text beside it, names the conversation, and is not searched for', async () => {
  const { core, server } = await start();
  const model = await core.addModel(server.baseUrl, 'gpt-4o');
  await addDocument(core.client, 'notes.txt', Buffer.from('Charts are kept in the cellar.'));
  const question = { text: '', model, images: [await addImage(core)], collectionIds: ['default'] };
  const { parts, inputTokens } = await quote(core, question);
  expect(parts.map(({ kind }) => kind)).toEqual(['attachment', 'overhead']);
  const answer = await ask(core, question);
  expect(answer.status).toBe('done');
  expect(sent(server).at(-1)?.body.messages).toEqual([{ role: 'user', content: asked('').slice(0, 1) }]);
  expect(answer.receipt?.calls[0]?.inputTokens).toBe(inputTokens);
  const { conversation } = await core.client.call('conversations.open', { conversationId: answer.conversationId });
  expect(conversation.title).toBe('chart.png');
  await expect(ask(core, { text: '', model })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

test('is a word for the models that rewrite a question and find a title', async () => {
  const { core, server } = await start();
  await core.client.call('settings.update', { titlesByModel: true });
  const model = await core.addModel(server.baseUrl, 'gpt-4o');
  await addDocument(core.client, 'notes.txt', Buffer.from('Charts are kept in the cellar.'));
  const answer = await ask(core, { text: 'What is this?', model, images: [await addImage(core)] });
  await expect.poll(() => sent(server).length).toBe(2);
  const title = JSON.stringify(sent(server)[1]?.body);
  expect(title).toContain('[image]\\nWhat is this?');
  await ask(core, { text: 'And this?', model, images: [await addImage(core)], after: answer, collectionIds: ['default'] });
  const condense = JSON.stringify(sent(server).find(({ body }) => JSON.stringify(body).includes('<conversation>'))?.body);
  expect(condense).toContain('user: [image]\\nWhat is this?');
  expect(condense).toContain('<question>\\n[image]\\nAnd this?');
  expect(title + condense).not.toContain('data:image');
});

test('is never left out in silence: a model without images is not asked, and reads a word in place of earlier ones', async () => {
  const { core, server } = await start();
  const model = await core.addModel(server.baseUrl, 'gpt-4o');
  const blind = { ...model, modelId: 'gpt-3.5-turbo' };
  const refused = await ask(core, { text: 'What is this?', model: blind, images: [await addImage(core)] });
  expect(refused).toMatchObject({ status: 'failed', failure: { code: 'IMAGES_NOT_TAKEN' }, receipt: null });
  expect(sent(server)).toHaveLength(0);

  const answer = await ask(core, { text: 'What is this?', model, images: [await addImage(core)] });
  const { inputTokens } = await quote(core, { text: 'Sure?', model: blind, after: answer });
  const contextFor = (asked: ModelRef) =>
    core.client.call('chat.context', { conversationId: answer.conversationId, leafId: answer.id, model: asked });
  expect((await contextFor(blind)).unseenImagesOf).toEqual([answer.parentId]);
  expect((await contextFor(model)).unseenImagesOf).toEqual([]);
  const next = await ask(core, { text: 'Sure?', model: blind, after: answer });
  expect(sent(server)[1]?.body.messages?.[0]).toEqual({ role: 'user', content: '[image]\nWhat is this?' });
  expect(next.receipt?.calls[0]?.inputTokens).toBe(inputTokens);
});

test('is sent to a model nobody knows, and as the Responses API wants it', async () => {
  const { core, server } = await start();
  const model = await core.addModel(server.baseUrl, 'my-own-model');
  await ask(core, { text: 'What is this?', model, images: [await addImage(core)] });
  expect(sent(server)[0]?.body.messages).toEqual([{ role: 'user', content: asked('What is this?') }]);

  await ask(core, { text: 'What is this?', model: { ...model, modelId: 'gpt-5.6' }, images: [await addImage(core)] });
  const [, { body } = { body: {} }] = sent(server);
  expect(JSON.stringify(body)).toContain('"type":"input_image"');
  expect(JSON.stringify(body)).toContain(`"image_url":"${url}"`);
});

test('teaches nothing about how a provider counts text', async () => {
  const server = await startFakeOpenAi({ reply: () => ({ usage: { prompt_tokens: 66_000 } }) });
  const core = await startTestCore();
  open.push(server, core);
  await core.client.call('settings.update', { titlesByModel: false });
  const model = await core.addModel(server.baseUrl, 'gpt-4o');
  const before = await quote(core, { text: 'What is a ledger?', model });
  await ask(core, { text: 'What is this?', model, images: [await addImage(core)] });
  expect(await quote(core, { text: 'What is a ledger?', model })).toEqual(before);
});
