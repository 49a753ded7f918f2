import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestCore, type TestCore } from '../../../../tests/core/start-test-core.ts';
import { startFakeOpenAi } from '../../../../tests/fake-openai/start-fake-openai.ts';

let core: TestCore;
beforeEach(async () => {
  core = await startTestCore();
});
afterEach(() => core.close());

const parameters = { temperature: 0.2, maxOutputTokens: 500, reasoningEffort: null, serviceTier: null, historyTurns: 6 } as const;
const lawyer = {
  id: 'a1',
  name: '契約書チェック',
  symbol: '⚖️',
  colour: 'blue',
  systemPrompt: 'You read contracts.',
  model: null,
  parameters,
  collectionIds: ['default'],
} as const;
const draft = { ...lawyer, collectionIds: [...lawyer.collectionIds] };

test('a chat begun with an assistant is asked with its instructions and parameters, and remembers whom', async () => {
  const server = await startFakeOpenAi();
  const { client } = core;
  await client.call('settings.update', { titlesByModel: false });
  const model = await core.addModel(server.baseUrl);
  await client.call('library.saveAssistant', draft);
  const [assistant] = (await client.call('library.list')).assistants;
  expect(assistant).toEqual(lawyer);
  const sent = await client.call('chat.send', {
    messageId: 'm1',
    conversationId: null,
    parentId: null,
    text: 'Is this fair?',
    model,
    collectionIds: [],
    parameters,
    systemPrompt: lawyer.systemPrompt,
    assistantId: 'a1',
  });
  await core.finish(sent.runId);
  const { conversation } = await client.call('conversations.open', { conversationId: sent.conversationId });
  expect(conversation).toMatchObject({ assistantId: 'a1', systemPrompt: lawyer.systemPrompt, parameters });
  const [request] = server.requests.filter(({ method }) => method === 'POST');
  expect(request?.body).toMatchObject({ temperature: 0.2 });
  expect(JSON.stringify(request?.body.messages)).toContain('You read contracts.');
  await server.close();
});

test('an exported library comes back on another computer, and twice adds nothing', async () => {
  await core.client.call('library.saveAssistant', draft);
  await core.client.call('library.savePrompt', { id: 'p1', name: 'Translate', text: 'Translate {{text}}.' });
  const { json } = await core.client.call('library.export');
  expect(json).not.toContain('"id"');
  const other = await startTestCore();
  expect(await other.client.call('library.import', { json })).toEqual({ addedCount: 2, presentCount: 0, renamedCount: 0 });
  expect(await other.client.call('library.import', { json: `\uFEFF${json}` })).toEqual({ addedCount: 0, presentCount: 2, renamedCount: 0 });
  const { prompts, assistants } = await other.client.call('library.list');
  expect(prompts).toMatchObject([{ name: 'Translate', text: 'Translate {{text}}.' }]);
  expect(assistants).toMatchObject([{ name: lawyer.name, symbol: '⚖️', parameters }]);
  await other.close();
});

test('another prompt under a taken name is added beside the first, once', async () => {
  await core.client.call('library.savePrompt', { id: 'p1', name: 'Translate', text: 'Into English.' });
  const json = JSON.stringify({
    format: 'tally-library',
    version: 1,
    prompts: [{ name: 'Translate', text: 'Into Japanese.' }],
    assistants: [],
  });
  expect(await core.client.call('library.import', { json })).toEqual({ addedCount: 1, presentCount: 0, renamedCount: 1 });
  expect(await core.client.call('library.import', { json })).toEqual({ addedCount: 0, presentCount: 1, renamedCount: 0 });
  expect((await core.client.call('library.list')).prompts.map(({ name }) => name)).toEqual(['Translate', 'Translate (2)']);
});

test.each([
  ['not JSON', '{'],
  ['something else', '{"prompts": []}'],
  ['a later version', '{"format": "tally-library", "version": 2, "prompts": [], "assistants": []}'],
  [
    'one bad entry among good ones',
    JSON.stringify({ format: 'tally-library', version: 1, prompts: [{ name: 'a', text: 'b' }, { name: '' }], assistants: [] }),
  ],
  [
    'a colour there is not',
    JSON.stringify({ format: 'tally-library', version: 1, prompts: [], assistants: [{ ...draft, colour: 'url(x)' }] }),
  ],
])('a file that is %s is refused and changes nothing', async (_, json) => {
  await expect(core.client.call('library.import', { json })).rejects.toMatchObject({ code: 'LIBRARY_FILE_INVALID' });
  expect(await core.client.call('library.list')).toEqual({ prompts: [], assistants: [] });
});
