import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, it } from 'vitest';
import { contextOf, startSummaries, summarise, summaryCalls, talk } from '../../../../tests/core/summarise.ts';
import { promptOf } from '../../../../tests/fake-openai/fake-request.ts';
import type { FakeOpenAi } from '../../../../tests/fake-openai/start-fake-openai.ts';
import type { Message } from '../../../shared/contract/chat.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0).toReversed()) await part.close();
});

const lastTexts = (server: FakeOpenAi): string[] => promptOf(server.requests.at(-1)?.body ?? {}).map(({ text }) => text);

it('gives the branch back to its messages, with the summaries it took in, and comes back as it was', async () => {
  let count = 0;
  const { core, server } = await startSummaries(open, () => ({ text: `Summary ${(count += 1)}.` }));
  const model = await core.addModel(server.baseUrl);
  const early = (await talk(core, model, { count: 2 })).at(-1) as Message;
  const first = (await summarise(core, early, model)).summary?.messageId ?? '';
  const late = (await talk(core, model, { count: 2, after: early })).at(-1) as Message;
  const { summary } = await summarise(core, late, model);
  const second = summary?.messageId ?? '';
  await core.client.call('summaries.use', { messageId: second, isUsed: true });

  await core.client.call('summaries.remove', { messageId: second });
  const { summary: none, firstMessageId } = await contextOf(core, late, model);
  expect(none).toBeNull();
  await talk(core, model, { count: 1, after: late });
  expect(lastTexts(server)).toHaveLength(1 + 8 + 1);
  expect(lastTexts(server).join()).not.toContain('Summary');
  expect(firstMessageId).not.toBe(late.parentId);
  for (const call of ['summaries.remove', 'summaries.restore'] as const) {
    await expect(core.client.call(call, { messageId: late.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
  expect(await summaryCalls(core), 'what they cost stays').toHaveLength(2);

  await core.client.call('summaries.restore', { messageId: second });
  expect((await contextOf(core, late, model)).summary).toEqual(summary);
  expect((await contextOf(core, early, model)).summary).toMatchObject({ messageId: first, text: 'Summary 1.' });
});

it('is not advised anew at once, can be made anew, and leaves no text behind after the next start', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-summaries-'));
  open.push({ close: async () => rmSync(dataDir, { recursive: true, force: true }) });
  const { core, server } = await startSummaries(open, undefined, dataDir);
  const model = await core.addModel(server.baseUrl, 'gpt-4o');
  const long = (await talk(core, model, { count: 3, words: 2_500 })).at(-1) as Message;
  const leaf = (await talk(core, model, { count: 1, after: long })).at(-1) as Message;
  expect((await contextOf(core, leaf, model)).advice).not.toBeNull();
  const { messageId } = (await summarise(core, leaf, model)).summary ?? { messageId: '' };
  await core.client.call('summaries.remove', { messageId });
  expect(await contextOf(core, leaf, model)).toMatchObject({ summary: null, advice: null });

  expect((await summarise(core, leaf, model)).summary).toMatchObject({ messageId, text: 'They spoke of ships.' });
  await expect(core.client.call('summaries.restore', { messageId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await core.client.call('summaries.remove', { messageId });
  await core.close();

  const { core: next } = await startSummaries(open, undefined, dataDir);
  await expect(next.client.call('summaries.restore', { messageId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await contextOf(next, leaf, model)).toMatchObject({ summary: null, advice: null });
  await next.close();
  const db = new Database(path.join(dataDir, 'tally.db'), { readonly: true });
  expect(db.prepare('SELECT text FROM branch_summary').all()).toEqual([{ text: '' }]);
  db.close();
});
