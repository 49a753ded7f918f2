import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestCore, type TestCore } from '../../../../tests/core/start-test-core.ts';

let core: TestCore;
beforeEach(async () => {
  core = await startTestCore();
});
afterEach(() => core.close());

test('prompts are kept by name, changed by id, and saving twice keeps one', async () => {
  const { client } = core;
  const translate = { id: 'p1', name: 'translate', text: 'Translate {{text}} into {{language}}.' };
  await client.call('library.savePrompt', translate);
  await client.call('library.savePrompt', translate);
  await client.call('library.savePrompt', { id: 'p2', name: 'Summarise', text: '要約してください。' });
  expect((await client.call('library.list')).prompts.map(({ name }) => name)).toEqual(['Summarise', 'translate']);
  await client.call('library.savePrompt', { ...translate, name: 'A translation' });
  expect((await client.call('library.list')).prompts.map(({ name }) => name)).toEqual(['A translation', 'Summarise']);
  await client.call('library.removePrompt', { promptId: 'p1' });
  expect((await client.call('library.list')).prompts.map(({ name }) => name)).toEqual(['Summarise']);
});

test('a prompt without a name or a text is refused', async () => {
  for (const bad of [
    { name: ' ', text: 'x' },
    { name: 'x', text: '' },
  ]) {
    await expect(core.client.call('library.savePrompt', { id: 'p', ...bad })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  }
  expect((await core.client.call('library.list')).prompts).toEqual([]);
});

test('every page is told of a change', async () => {
  const events = core.connect().stream('events.watch')[Symbol.asyncIterator]();
  const next = events.next();
  await core.client.call('library.savePrompt', { id: 'p1', name: 'One', text: 'Two' });
  expect((await next).value).toEqual({ type: 'library.changed' });
});
