import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { startTestCore, type TestCore } from '../../../../tests/core/start-test-core.ts';
import { startFakeOpenAi } from '../../../../tests/fake-openai/start-fake-openai.ts';
import { pngClaiming } from '../../../../tests/sample-files/odd-images.ts';
import { pngImage } from '../../../../tests/sample-files/png-image.ts';
import type { Message } from '../../../shared/contract/chat.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0).toReversed()) await part.close();
});

async function startCore(dataDir?: string): Promise<TestCore> {
  const core = await startTestCore(dataDir === undefined ? {} : { dataDir });
  open.push(core);
  return core;
}

async function add(core: TestCore, bytes = pngImage(40, 30)) {
  return { ...(await core.client.call('images.add', { base64: bytes.toString('base64') })), name: 'photo.png' };
}

function isKept(core: TestCore, imageId: string): Promise<boolean> {
  return core.client.call('images.read', { imageId }).then(
    () => true,
    () => false,
  );
}

const png = pngImage(40, 30);
const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>';

test.each([
  ['an SVG', Buffer.from(svg), 'IMAGE_UNSUPPORTED'],
  ['a web page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'IMAGE_UNSUPPORTED'],
  ['no bytes', Buffer.alloc(0), 'IMAGE_UNSUPPORTED'],
  ['a signature alone', png.subarray(0, 8), 'IMAGE_UNSUPPORTED'],
  ['a GIF, which the page makes a PNG of', Buffer.from('GIF89a\x01\x00\x01\x00;', 'latin1'), 'IMAGE_UNSUPPORTED'],
  ['one pixel by sixty thousand', pngClaiming(1, 60_000), 'IMAGE_TOO_LARGE'],
  ['a bomb', pngClaiming(4_000_000_000, 4_000_000_000), 'IMAGE_TOO_LARGE'],
  ['a cut PNG', png.subarray(0, -20), 'IMAGE_DAMAGED'],
  ['a cut JPEG', Buffer.from('ffd8ffc0000b080010001001011100ff', 'hex'), 'IMAGE_DAMAGED'],
  ['a cut WebP', Buffer.from('524946467008000057454250565038580a00000000000000270000270000', 'hex'), 'IMAGE_DAMAGED'],
])('%s is refused', async (_name, bytes, code) => {
  const core = await startCore();
  await expect(core.client.call('images.add', { base64: bytes.toString('base64') })).rejects.toMatchObject({ code });
});

test('stays in its draft over a restart, and goes with it', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-images-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const before = await startCore(dataDir);
  const [first, second, unused] = [await add(before), await add(before, pngImage(50, 50)), await add(before, pngImage(60, 60))];
  const save = (core: TestCore, images: (typeof first)[]) =>
    core.client.call('drafts.save', { conversationId: null, draft: { text: '', scope: null, images } });
  await save(before, [second, first]);
  await open.pop()?.close();

  const core = await startCore(dataDir);
  const draft = await core.client.call('drafts.read', { conversationId: null });
  expect(draft).toEqual({ text: '', scope: null, images: [second, first] });
  expect(await isKept(core, unused.id)).toBe(false);
  await save(core, [first]);
  expect(await isKept(core, second.id)).toBe(false);
  expect(await isKept(core, first.id)).toBe(true);
  await save(core, []);
  expect(await core.client.call('drafts.read', { conversationId: null })).toBeNull();
  expect(await isKept(core, first.id)).toBe(false);
});

test('stays until the last question that has it can no longer be brought back', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-images-'));
  const server = await startFakeOpenAi();
  onTestFinished(async () => {
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const before = await startCore(dataDir);
  await before.client.call('settings.update', { titlesByModel: false });
  const model = await before.addModel(server.baseUrl, 'gpt-4o');
  const image = await add(before);
  const ask = async (): Promise<Message> => {
    const input = { messageId: uuidv7(), conversationId: null, parentId: null, text: 'What?', images: [image], model, collectionIds: [] };
    return before.finish((await before.client.call('chat.send', input)).runId);
  };
  const [one, two] = [await ask(), await ask()];
  await before.client.call('conversations.remove', { conversationId: one.conversationId });
  await before.client.call('conversations.removeMessage', { messageId: two.parentId ?? '' });
  expect(await isKept(before, image.id)).toBe(true);
  await before.client.call('conversations.restore', { conversationId: one.conversationId });
  const { messages } = await before.client.call('conversations.open', { conversationId: one.conversationId });
  expect(messages[0]?.images).toEqual([image]);
  await open.pop()?.close();

  const between = await startCore(dataDir);
  expect(await isKept(between, image.id)).toBe(true);
  await between.client.call('conversations.remove', { conversationId: one.conversationId });
  await open.pop()?.close();
  expect(await isKept(await startCore(dataDir), image.id)).toBe(false);
});

test('a question with an image that is gone is not stored', async () => {
  const server = await startFakeOpenAi();
  const core = await startCore();
  open.push(server);
  const model = await core.addModel(server.baseUrl, 'gpt-4o');
  const images = [{ id: 'a'.repeat(64), name: 'gone.png' }];
  const input = { messageId: uuidv7(), conversationId: null, parentId: null, text: 'What?', images, model, collectionIds: [] };
  await expect(core.client.call('chat.send', input)).rejects.toMatchObject({ code: 'IMAGE_GONE' });
  expect(
    (await core.client.call('conversations.list', { before: null, limit: 10, order: 'newest', place: 'anywhere' })).conversations,
  ).toEqual([]);
});
