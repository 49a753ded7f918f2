import { readdirSync } from 'node:fs';
import path from 'node:path';
import JSZip from 'jszip';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestCore, type TestCore } from '../../../../../tests/core/start-test-core.ts';
import { startFakeOpenAi } from '../../../../../tests/fake-openai/start-fake-openai.ts';
import type { ImportPreview } from '../../../../shared/contract/imports.ts';

let core: TestCore;
beforeEach(async () => {
  core = await startTestCore();
});
afterEach(() => core.close());

type Client = TestCore['client'];

async function sent(bytes: Buffer, client: Client = core.client): Promise<string> {
  const { fileId } = await client.call('imports.begin', { sizeBytes: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += 300_000) {
    const base64 = bytes.subarray(offset, offset + 300_000).toString('base64');
    await client.call('imports.append', { fileId, offset, base64 });
  }
  return fileId;
}

async function previewOf(fileId: string, client: Client = core.client): Promise<ImportPreview> {
  for await (const item of client.stream('imports.preview', { fileId })) if (item.type === 'preview') return item.preview;
  throw new Error('The preview ended early.');
}

async function run(fileId: string, importId: string, client: Client = core.client): Promise<number> {
  for await (const item of client.stream('imports.run', { fileId, importId })) if (item.type === 'done') return item.addedCount;
  throw new Error('The import ended early.');
}

const listed = async (client: Client = core.client) => (await client.call('conversations.list', {})).conversations;

const begun = Date.UTC(2024, 3, 5, 6, 7, 8) / 1_000;

interface NodeValues {
  readonly role?: string;
  readonly text?: string;
  readonly time?: unknown;
  readonly message?: object | null;
}

function node(parent: string | null, { role = 'user', text = 'Hello', time = begun, message = {} }: NodeValues = {}): object {
  const whole = { author: { role }, create_time: time, content: { content_type: 'text', parts: [text] }, ...message };
  return { parent, message: message === null ? null : whole };
}

function conversation(mapping: object, values: object = {}): object {
  return { conversation_id: 'c1', title: 'Lease', create_time: begun, update_time: begun + 60, current_node: null, mapping, ...values };
}

const asFile = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

const branched = conversation(
  {
    root: node(null, { message: null }),
    system: node('root', { role: 'system', text: 'secret instructions' }),
    q: node('system', { text: '家賃はいつ上がりますか？\u0000' }),
    hidden: node('q', { role: 'assistant', text: 'hidden', message: { metadata: { is_visually_hidden_from_conversation: true } } }),
    call: node('hidden', { role: 'assistant', text: 'search()', message: { recipient: 'browser' } }),
    tool: node('call', { role: 'tool', text: 'tool result' }),
    a1: node('tool', {
      role: 'assistant',
      text: '年に一度です。\uE200cite\uE202turn0\uE201',
      message: { metadata: { model_slug: 'gpt-4o' } },
    }),
    a2: node('q', { role: 'assistant', text: 'Once a year.', time: begun + 5 }),
    picture: node('a1', {
      message: { content: { content_type: 'multimodal_text', parts: [{ content_type: 'image_asset_pointer' }, 'And this?'] } },
    }),
    part1: node('picture', { role: 'assistant', text: 'First.' }),
    part2: node('part1', { role: 'assistant', text: 'Second.' }),
  },
  { current_node: 'part2' },
);

test('ChatGPT: branches, times, models and Japanese come in; what its page hides does not; nothing is said to have cost anything', async () => {
  const fileId = await sent(asFile([branched]));
  expect(await previewOf(fileId)).toMatchObject({
    newCount: 1,
    presentCount: 0,
    brokenCount: 0,
    missingImageCount: 1,
    from: begun * 1_000,
  });
  expect(await run(fileId, 'i1')).toBe(1);
  const [stored] = await listed();
  expect(stored).toMatchObject({ title: 'Lease', createdAt: begun * 1_000, updatedAt: (begun + 60) * 1_000 });
  const { messages } = await core.client.call('conversations.open', { conversationId: stored?.id ?? '' });
  expect(messages.map(({ text }) => text)).toEqual(['家賃はいつ上がりますか？', '年に一度です。', 'And this?', 'First.\n\nSecond.']);
  expect(messages[1]).toMatchObject({ modelLabel: 'gpt-4o', model: null, receipt: null, imported: { missingImages: [] } });
  expect(messages[1]?.siblingIds).toHaveLength(2);
  expect(messages[2]?.imported?.missingImages).toHaveLength(1);
  const { hits } = await core.client.call('conversations.search', { query: '家賃' });
  expect(hits).toHaveLength(1);
  expect((await core.client.call('conversations.search', { query: 'secret' })).hits).toEqual([]);
  const totals = await core.client.call('spend.totals');
  expect(JSON.stringify(totals)).not.toMatch(/"callCount":[1-9]/);
});

test('the same file twice adds nothing twice, and undo takes back what one import added, which can then come again', async () => {
  const fileId = await sent(asFile([branched]));
  expect(await run(fileId, 'i1')).toBe(1);
  expect(await run(fileId, 'i2')).toBe(0);
  expect(await previewOf(fileId)).toMatchObject({ newCount: 0, presentCount: 1 });
  await core.client.call('imports.undo', { importId: 'i2' });
  expect(await listed()).toHaveLength(1);
  await core.client.call('imports.undo', { importId: 'i1' });
  expect(await listed()).toEqual([]);
  expect(await run(fileId, 'i3')).toBe(1);
});

test('a zip as ChatGPT sends it is read, also with its conversations in several files', async () => {
  const zip = new JSZip();
  zip.file('user.json', '{}');
  zip.file('conversations-000.json', JSON.stringify([branched]));
  zip.file('conversations-001.json', JSON.stringify([conversation({ q: node(null) }, { conversation_id: 'c2' })]));
  const fileId = await sent(await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' }));
  expect(await previewOf(fileId)).toMatchObject({ source: 'chatgpt', newCount: 2 });
});

test("Tally's own file brings branches and receipts to another profile, whose spend they never join", async () => {
  const server = await startFakeOpenAi();
  await core.client.call('settings.update', { titlesByModel: false });
  const model = await core.addModel(server.baseUrl);
  const { runId, conversationId } = await core.send('What is a ledger?', model);
  const answer = await core.finish(runId);
  let json = '';
  for await (const { text } of core.client.stream('conversations.export', { conversationIds: [conversationId] })) json += text;
  expect(await run(await sent(Buffer.from(json)), 'i1')).toBe(0);

  const other = await startTestCore();
  expect(await run(await sent(Buffer.from(json), other.client), 'i1', other.client)).toBe(1);
  const [stored] = await listed(other.client);
  const { messages } = await other.client.call('conversations.open', { conversationId: stored?.id ?? '' });
  expect(messages[1]?.receipt?.total).toEqual(answer.receipt?.total);
  expect(messages[1]?.id).not.toBe(answer.id);
  expect(stored?.total.callCount).toBe(0);
  expect(JSON.stringify(await other.client.call('spend.totals'))).not.toMatch(/"callCount":[1-9]/);
  await other.close();
  await server.close();
});

test('an import that is left takes back what it had added, and a discarded file leaves nothing on the disk', async () => {
  const many = Array.from({ length: 400 }, (_, index) =>
    conversation({ q: node(null, { text: 'word '.repeat(500) }) }, { conversation_id: `c${index}` }),
  );
  const fileId = await sent(asFile(many));
  const controller = new AbortController();
  const left = (async () => {
    for await (const _ of core.client.stream('imports.run', { fileId, importId: 'i1' }, { signal: controller.signal })) controller.abort();
  })();
  await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect.poll(() => listed()).toEqual([]);
  await core.client.call('imports.discard', { fileId });
  expect(readdirSync(path.join(core.dataDir, 'incoming'))).toEqual([]);
});

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const chain = (length: number, role: string): object =>
  Object.fromEntries(Array.from({ length }, (_, at) => [`n${at}`, node(at === 0 ? null : `n${at - 1}`, { role })]));
const good = conversation({ q: node(null) }, { conversation_id: 'good', title: 'Good' });

describe('one conversation that cannot be read is named with its reason and keeps none of the others out', () => {
  test.each<[string, string, string]>([
    ['a number', '7', 'not_a_conversation'],
    ['null', 'null', 'not_a_conversation'],
    ['a text with brackets', '"[{]}"', 'not_a_conversation'],
    ['no mapping', '{"title":"x"}', 'not_a_conversation'],
    ['a mapping that is a list', '{"mapping":[1]}', 'not_a_conversation'],
    ['a mapping of numbers', '{"mapping":{"a":1}}', 'not_a_conversation'],
    ['a parent that is an object', JSON.stringify(conversation({ a: { parent: {}, message: null } })), 'not_a_conversation'],
    ['not JSON inside', '{"mapping":{nope}}', 'not_json'],
    ['a trailing comma inside', '{"mapping":{},}', 'not_json'],
    ['no messages', JSON.stringify(conversation({})), 'empty'],
    ['only hidden messages', JSON.stringify(conversation({ a: node(null, { role: 'system' }) })), 'empty'],
    ['an empty text', JSON.stringify(conversation({ a: node(null, { text: ' ' }) })), 'empty'],
    ['a message that follows itself', JSON.stringify(conversation({ a: node('a') })), 'broken_tree'],
    ['two that follow each other', JSON.stringify(conversation({ a: node('b'), b: node('a'), c: node(null) })), 'broken_tree'],
    [
      'answers that follow each other',
      JSON.stringify(conversation({ a: node('b', { role: 'assistant' }), b: node('a', { role: 'assistant' }), c: node(null) })),
      'broken_tree',
    ],
    ['hidden nodes in a circle', JSON.stringify(conversation({ a: { parent: 'b' }, b: { parent: 'a' }, c: node('a') })), 'broken_tree'],
    ['1,000 levels of lists', `{"mapping":{},"x":${deep(1_000)}}`, 'nested_too_deep'],
    ['100,000 levels of lists', deep(100_000), 'nested_too_deep'],
    ['an id of a million letters', JSON.stringify(conversation({ ['x'.repeat(1_000_000)]: node(null) })), 'not_a_conversation'],
  ])('%s', async (_, bad, problem) => {
    const fileId = await sent(Buffer.from(`[${bad},\n${JSON.stringify(good)}]`));
    const preview = await previewOf(fileId);
    expect(preview.broken).toMatchObject([{ ordinal: 1, problem }]);
    expect(preview.newCount).toBe(1);
    expect(await run(fileId, 'i')).toBe(1);
    expect((await listed()).map(({ title }) => title)).toEqual(['Good']);
  });
});

describe('what is odd but harmless comes in', () => {
  test.each<[string, object, string[]]>([
    ['a chain of 5,000 questions', conversation(chain(5_000, 'user')), []],
    ['a chain of 5,000 answers, as one', conversation(chain(5_000, 'assistant')), []],
    ['a parent that is not there', conversation({ a: node('gone', { text: 'Hi' }) }), ['Hi']],
    [
      'absurd times',
      conversation({ a: node(null, { time: 1e300 }), b: node('a', { time: -5, text: 'b' }) }, { create_time: 'x' }),
      ['Hello', 'b'],
    ],
    ['half a character', conversation({ a: node(null, { text: 'a\uD800b' }) }), ['a\uFFFDb']],
    ['names of Object.prototype', conversation({ constructor: node('__proto__', { text: 'c' }) }), ['c']],
    ['markup', conversation({ a: node(null, { text: '<img src=x onerror=alert(1)>' }) }), ['<img src=x onerror=alert(1)>']],
  ])('%s', async (_, value, texts) => {
    expect(await run(await sent(asFile([value])), 'i')).toBe(1);
    const [stored] = await listed();
    expect(stored?.createdAt).toBeLessThanOrEqual(Date.now());
    const { messages } = await core.client.call('conversations.open', { conversationId: stored?.id ?? '' });
    if (texts.length > 0) expect(messages.map(({ text }) => text)).toEqual(texts);
  });
});

const zipOf = async (name: string, text: string): Promise<Buffer> => {
  const zip = new JSZip();
  zip.file(name, text);
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
};

describe('a file that is something else, or damaged, is refused and changes nothing', () => {
  const head = '{"format":"tally-conversation","version":1,"exportedAt":1,"conversations":[';
  test.each<[string, () => Buffer | Promise<Buffer>, string]>([
    ['words', () => Buffer.from('hello'), 'IMPORT_FILE_INVALID'],
    ['random bytes', () => Buffer.from([255, 0, 1, 2, 91, 91, 34]), 'IMPORT_FILE_INVALID'],
    ['an object without conversations', () => Buffer.from('{"a":[1]}'), 'IMPORT_FILE_INVALID'],
    ['a list cut off in a conversation', () => asFile([good]).subarray(0, -40), 'IMPORT_FILE_INVALID'],
    ['a list cut off between two', () => Buffer.from(`[${JSON.stringify(good)},`), 'IMPORT_FILE_INVALID'],
    ['two lists', () => Buffer.from('[1][2]'), 'IMPORT_FILE_INVALID'],
    ['a later version of ours', () => Buffer.from(`${head.replace('1,', '2,')}]}`), 'IMPORT_FILE_INVALID'],
    ['no version of ours', () => Buffer.from('{"conversations":[]}'), 'IMPORT_FILE_INVALID'],
    ["ChatGPT's in our head", () => Buffer.from(`${head}${JSON.stringify(good)}]}`), 'IMPORT_FILE_INVALID'],
    ['a million opening brackets', () => Buffer.from('['.repeat(1_000_000)), 'IMPORT_FILE_INVALID'],
    ['a zip without conversations', () => zipOf('a.txt', 'a'), 'IMPORT_FILE_INVALID'],
    ['a zip cut off', async () => (await zipOf('conversations.json', JSON.stringify([good]))).subarray(0, 60), 'FILE_DAMAGED'],
  ])('%s', async (_, make, code) => {
    const fileId = await sent(await make());
    await expect(previewOf(fileId)).rejects.toMatchObject({ code });
    await expect(run(fileId, 'i')).rejects.toMatchObject({ code });
    expect(await listed()).toEqual([]);
  });

  test('bytes that are missing, or too many', async () => {
    const { client } = core;
    const { fileId } = await client.call('imports.begin', { sizeBytes: 10 });
    await expect(previewOf(fileId)).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
    const base64 = Buffer.alloc(11).toString('base64');
    await expect(client.call('imports.append', { fileId, offset: 0, base64 })).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
    await expect(client.call('imports.begin', { sizeBytes: 2 ** 40 })).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  });
});
