import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { addDocument } from '../../../../tests/core/add-document.ts';
import {
  contextOf,
  isSummary,
  placeOf,
  startSummaries,
  summarise,
  summaryCalls,
  systemPrompt,
  talk,
} from '../../../../tests/core/summarise.ts';
import type { FakeReply } from '../../../../tests/fake-openai/fake-reply.ts';
import { promptOf } from '../../../../tests/fake-openai/fake-request.ts';
import { createGate, refusals, type FakeOpenAi } from '../../../../tests/fake-openai/start-fake-openai.ts';
import { seededRandom } from '../../../../tests/seeded-random.ts';
import type { Message } from '../../../shared/contract/chat.ts';
import { summaryTurns } from './summary-prompts.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0).toReversed()) await part.close();
});

const lastPrompt = (server: FakeOpenAi) => promptOf(server.requests.at(-1)?.body ?? {});
const turnsOf = (answers: readonly Message[]) =>
  answers.flatMap((answer, turn) => [
    { role: 'user', text: `${turn} ${'ship '.repeat(4)}`.trim() },
    { role: 'assistant', text: answer.text },
  ]);
const pair = (text: string) => summaryTurns(text).map(({ role, text: said }) => ({ role, text: said }));

it('sends instructions, summary and the turns after it, never both, in the same bytes from turn to turn; undone, all of it again', async () => {
  const { core, server } = await startSummaries(open);
  const model = await core.addModel(server.baseUrl);
  const answers = await talk(core, model, { count: 4 });
  const leaf = answers.at(-1) as Message;
  const context = await summarise(core, leaf, model);
  const { summary } = context;
  expect(summary).toMatchObject({ messageId: answers[2]?.id, messageCount: 6, text: 'They spoke of ships.', isUsed: true, editedAt: null });
  expect(summary?.total).toMatchObject({ callCount: 1, estimatedCount: 1 });
  expect(context).toMatchObject({ firstMessageId: leaf.parentId, droppedTurnCount: 0, summaryRun: null });
  const asked = { conversationId: leaf.conversationId, parentId: leaf.id, text: 'And now?', model, collectionIds: [], systemPrompt };
  const quoted = await core.client.call('chat.quote', asked);

  const system = { role: 'system', text: systemPrompt };
  const after = await core.finish((await core.send('And now?', model, { after: leaf, asking: { systemPrompt } })).runId);
  const expected = [system, ...pair('They spoke of ships.'), ...turnsOf(answers).slice(6), { role: 'user', text: 'And now?' }];
  expect(lastPrompt(server)).toEqual(expected);
  expect(quoted.inputTokens).toBe(after.receipt?.calls.at(-1)?.inputTokens);
  const kinds = after.receipt?.requestParts.map(({ kind }) => kind);
  expect(kinds).toEqual(['instructions', 'summary', 'history', 'text', 'overhead']);
  expect(after.receipt?.requestParts.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(quoted.inputTokens);
  // What the answer up to which it goes has cost stays what it was.
  const [covered] = (await core.client.call('conversations.messages', { messageIds: [answers[2]?.id ?? ''] })).messages;
  expect(covered?.receipt?.calls).toHaveLength(1);

  const [next] = await talk(core, model, { count: 1, after });
  expect(lastPrompt(server).slice(0, expected.length)).toEqual(expected);

  const messageId = summary?.messageId ?? '';
  await core.client.call('summaries.use', { messageId, isUsed: false });
  expect((await contextOf(core, next as Message, model)).summary).toMatchObject({ isUsed: false });
  await talk(core, model, { count: 1, after: next as Message });
  expect(lastPrompt(server)).toHaveLength(1 + 2 * 6 + 1);
  expect(lastPrompt(server).slice(1, 9)).toEqual(turnsOf(answers));

  await core.client.call('summaries.use', { messageId, isUsed: true });
  await core.client.call('summaries.edit', { messageId, text: '  They spoke of two ships. ' });
  await talk(core, model, { count: 1, after: next as Message });
  expect(lastPrompt(server).slice(1, 3)).toEqual(pair('They spoke of two ships.'));
  expect((await contextOf(core, leaf, model)).summary).toMatchObject({ text: 'They spoke of two ships.', editedAt: expect.any(Number) });

  // A branch that leaves before it, and one that leaves right after it.
  await talk(core, model, { count: 1, after: answers[1] as Message });
  expect(lastPrompt(server).slice(1, -1)).toEqual(turnsOf(answers).slice(0, 4));
  await talk(core, model, { count: 1, after: answers[2] as Message });
  expect(lastPrompt(server).slice(1, -1)).toEqual(pair('They spoke of two ships.'));
});

it('takes in the summary before it, and sends of each message either itself or a summary, wherever a branch leaves', async () => {
  let count = 0;
  const { core, server } = await startSummaries(open, () => ({ text: `Summary ${(count += 1)}.` }));
  const model = await core.addModel(server.baseUrl);
  const answers = await talk(core, model, { count: 8 });
  const random = seededRandom(11);
  /** Where a summary ends, in answers, and what it says. */
  const made: { last: number; text: string }[] = [];
  for (let round = 0; round < 12; round += 1) {
    const at = 1 + Math.floor(random() * 7);
    const leaf = answers[at] as Message;
    const before = made.filter((earlier) => earlier.last <= at).toSorted((a, b) => b.last - a.last)[0];
    if (before !== undefined && before.last >= at - 1) {
      await expect(core.client.call('summaries.make', placeOf(leaf, model))).rejects.toMatchObject({ code: 'NOT_FOUND' });
      continue;
    }
    const { summary } = await summarise(core, leaf, model);
    const last = answers.findIndex(({ id }) => id === summary?.messageId);
    expect(last).toBe(at - 1);
    const request = promptOf(server.requests.findLast(isSummary)?.body ?? {}).at(-1)?.text ?? '';
    expect(request.includes('<summary>')).toBe(before !== undefined);
    if (last > (before?.last ?? -1)) made.push({ last, text: summary?.text ?? '' });
    else
      made.splice(
        made.findIndex((earlier) => earlier.last === last),
        1,
        { last, text: summary?.text ?? '' },
      );
    expect(summary?.messageCount).toBe(2 * (last + 1));

    const leaves = Math.floor(random() * 8);
    await talk(core, model, { count: 1, after: answers[leaves] as Message });
    const holding = made.filter((each) => each.last <= leaves).toSorted((a, b) => b.last - a.last)[0];
    const rest = turnsOf(answers).slice(2 * ((holding?.last ?? -1) + 1), 2 * (leaves + 1));
    expect(lastPrompt(server).slice(1, -1)).toEqual([...(holding === undefined ? [] : pair(holding.text)), ...rest]);
  }
});

it('is written by the small model, and goes into the rewriting of a question', async () => {
  const { core, server } = await startSummaries(open);
  const model = await core.addModel(server.baseUrl, 'gpt-4o');
  const { providerId } = model;
  await core.client.call('providers.update', {
    providerId,
    name: 'Test',
    baseUrl: server.baseUrl,
    embeddingModelId: null,
    smallModelId: 'gpt-4o-mini',
  });
  const answers = await talk(core, model, { count: 3 });
  const leaf = answers.at(-1) as Message;
  expect((await summarise(core, leaf, model)).summary?.model).toEqual({ ...model, modelId: 'gpt-4o-mini' });
  expect(server.requests.at(-1)?.body.model).toBe('gpt-4o-mini');
  await addDocument(core.client, 'ships.txt', Buffer.from('The Argo came in on Monday.'));
  await core.finish((await core.send('When did it come?', model, { after: leaf, collectionIds: ['default'] })).runId);
  const condense = server.requests.findLast(({ body }) => JSON.stringify(body).includes('<conversation>'));
  const said = promptOf(condense?.body ?? {}).at(-1)?.text ?? '';
  expect(said).toContain('assistant: They spoke of ships.');
  expect(said).toContain('user: 2 ship');
  expect(said).not.toContain('user: 1 ship');
});

it.each<[string, () => FakeReply, { code: string }]>([
  ['refused', () => refusals.quotaExceeded(), { code: 'QUOTA_EXCEEDED' }],
  ['cut at its limit', () => ({ text: 'They spoke of', finishReason: 'length' }), { code: 'OUTPUT_LIMIT' }],
  ['broken off', () => ({ text: 'They spoke of ships.', fault: 'fin-without-done' }), { code: 'STREAM_TRUNCATED' }],
  ['empty', () => ({ text: '' }), { code: 'EMPTY_REPLY' }],
])('keeps nothing of a summary that is %s, says so until told to stop, and books the call', async (_name, reply, failure) => {
  const { core, server } = await startSummaries(open, reply);
  const model = await core.addModel(server.baseUrl);
  const leaf = (await talk(core, model, { count: 2 })).at(-1) as Message;
  const context = await summarise(core, leaf, model);
  expect(context).toMatchObject({ summary: null, summaryRun: { state: 'failed', failure } });
  expect(await summaryCalls(core)).toHaveLength(1);
  await core.client.call('summaries.stop', { conversationId: leaf.conversationId });
  expect(await contextOf(core, leaf, model)).toMatchObject({ summary: null, summaryRun: null });
});

it('is stopped on the way, one at a time is written, and removing the conversation stops it too', async () => {
  const gates = [createGate({ afterTokens: 1 }), createGate({ afterTokens: 1 })] as const;
  let count = 0;
  const { core, server } = await startSummaries(open, () => ({ text: 'They spoke of ships.', gate: gates[(count += 1) === 1 ? 0 : 1] }));
  const model = await core.addModel(server.baseUrl);
  const leaf = (await talk(core, model, { count: 2 })).at(-1) as Message;
  const { conversationId } = leaf;
  await core.client.call('summaries.make', placeOf(leaf, model));
  await gates[0].reached();
  expect((await contextOf(core, leaf, model)).summaryRun).toEqual({ state: 'writing' });
  await expect(core.client.call('summaries.make', placeOf(leaf, model))).rejects.toMatchObject({ code: 'CONFLICT' });
  await core.client.call('summaries.stop', { conversationId });
  expect(await contextOf(core, leaf, model)).toMatchObject({ summary: null, summaryRun: null });
  expect(await summaryCalls(core)).toMatchObject([{ outcome: 'stopped' }]);
  await core.client.call('summaries.make', placeOf(leaf, model));
  await gates[1].reached();
  await core.client.call('conversations.remove', { conversationId });
  expect(await summaryCalls(core)).toMatchObject([{ outcome: 'stopped' }, { outcome: 'stopped' }]);
});

it('is held against the budgets, and made once all the same where they allow that', async () => {
  const { core, server } = await startSummaries(open);
  const model = await core.addModel(server.baseUrl);
  const leaf = (await talk(core, model, { count: 2 })).at(-1) as Message;
  const budget = await core.client.call('budgets.set', {
    id: null,
    per: 'day',
    of: { kind: 'all' },
    noticeShare: 0.8,
    atLimit: 'ask',
    limitNanos: 10_000,
  });
  const refused = core.client.call('summaries.make', placeOf(leaf, model));
  await expect(refused).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED', data: { limitNanos: 10_000 } });
  expect(server.requests.filter(isSummary)).toHaveLength(0);
  await core.client.call('summaries.make', { ...placeOf(leaf, model), passBudgetId: budget.id });
  await core.client.call('summaries.stop', { conversationId: leaf.conversationId });
  const { overrides } = await core.client.call('budgets.list', { conversationId: null });
  expect(overrides).toMatchObject([{ kind: 'sent_once', conversationId: leaf.conversationId }]);
});

it('outlives a restart, goes with the message it ends at, and has nothing to make of a single exchange', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-summaries-'));
  open.push({ close: async () => rmSync(dataDir, { recursive: true, force: true }) });
  const { core: before, server } = await startSummaries(open, undefined, dataDir);
  const model = await before.addModel(server.baseUrl);
  const [first, second] = (await talk(before, model, { count: 2 })) as [Message, Message];
  await expect(before.client.call('summaries.make', placeOf(first, model))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await summarise(before, second, model);
  await before.close();

  const { core } = await startSummaries(open, undefined, dataDir);
  expect((await contextOf(core, second, model)).summary).toMatchObject({ messageId: first.id, isUsed: true });
  await core.client.call('conversations.removeMessage', { messageId: first.id });
  await core.close();

  const { core: last } = await startSummaries(open, undefined, dataDir);
  await expect(last.client.call('summaries.use', { messageId: first.id, isUsed: true })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
