import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { addDocument } from '../../../../tests/core/add-document.ts';
import { startTestCore, type TestCore } from '../../../../tests/core/start-test-core.ts';
import type { FakeReply } from '../../../../tests/fake-openai/fake-reply.ts';
import { fakePromptTokens } from '../../../../tests/fake-openai/fake-tokens.ts';
import { promptOf, type FakeRequest } from '../../../../tests/fake-openai/fake-request.ts';
import { createGate, refusals, startFakeOpenAi, type FakeOpenAi } from '../../../../tests/fake-openai/start-fake-openai.ts';
import { seededRandom } from '../../../../tests/seeded-random.ts';
import type { Message, ModelRef } from '../../../shared/contract/chat.ts';
import type { BranchContext } from '../../../shared/contract/context.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import { summaryTurns } from './summary-prompts.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0).toReversed()) await part.close();
});

const isSummary = (request: FakeRequest): boolean => JSON.stringify(request.body).includes('You summarise the beginning');
const systemPrompt = 'You are the clerk of a harbour.';

/** `write` answers the requests for a summary. Nothing is reported, so what is booked is what was counted here. */
async function start(write: (request: FakeRequest) => FakeReply = () => ({ text: 'They spoke of ships.' }), dataDir?: string) {
  const server = await startFakeOpenAi({
    models: ['gpt-4o-mini', 'gpt-4o', 'some-model'],
    reply: (request) => ({ fault: 'no-usage', ...(isSummary(request) ? write(request) : { text: 'The ship is in.' }) }),
  });
  open.push(server);
  const core = await startTestCore(dataDir === undefined ? {} : { dataDir });
  open.push(core);
  await core.client.call('settings.update', { titlesByModel: false });
  return { core, server };
}

/** Sends questions one after the other; `words` makes them long. Returns the answers. */
async function talk(core: TestCore, model: ModelRef, { count, words = 4, after }: { count: number; words?: number; after?: Message }) {
  const answers: Message[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const last = answers.at(-1) ?? after;
    const options = { asking: { systemPrompt }, ...(last === undefined ? {} : { after: last }) };
    answers.push(await core.finish((await core.send(`${turn} ${'ship '.repeat(words)}`, model, options)).runId));
  }
  return answers;
}

const placeOf = ({ conversationId, id }: Message, model: ModelRef) => ({ conversationId, leafId: id, model });
const contextOf = (core: TestCore, leaf: Message, model: ModelRef): Promise<BranchContext> =>
  core.client.call('chat.context', placeOf(leaf, model));

/** Has a summary made, and resolves when that has ended, with what then goes along. */
async function summarise(core: TestCore, leaf: Message, model: ModelRef): Promise<BranchContext> {
  const watching = new AbortController();
  const events = core.client.stream('events.watch', undefined, { signal: watching.signal })[Symbol.asyncIterator]();
  const first = events.next();
  await core.client.call('summaries.make', placeOf(leaf, model));
  for (let item = await first; item.done !== true; item = await events.next()) {
    const context = item.value.type === 'context.changed' ? await contextOf(core, leaf, model) : null;
    if (context === null || context.summaryRun?.state === 'writing') continue;
    watching.abort();
    await events.return?.();
    return context;
  }
  throw new Error('The watch ended before the summary.');
}

const lastPrompt = (server: FakeOpenAi) => promptOf(server.requests.at(-1)?.body ?? {});
const turnsOf = (answers: readonly Message[]) =>
  answers.flatMap((answer, turn) => [
    { role: 'user', text: `${turn} ${'ship '.repeat(4)}`.trim() },
    { role: 'assistant', text: answer.text },
  ]);
const pair = (text: string) => summaryTurns(text).map(({ role, text: said }) => ({ role, text: said }));

async function summaryCalls(core: TestCore): Promise<UsageRecord[]> {
  const part = { split: 'purpose', key: 'summary' } as const;
  return (await core.client.call('spend.records', { from: '2000-01-01', to: '2999-12-31', part })).records;
}

it('sends instructions, summary and the turns after it, never both, in the same bytes from turn to turn; undone, all of it again', async () => {
  const { core, server } = await start();
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
  const { core, server } = await start(() => ({ text: `Summary ${(count += 1)}.` }));
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

it('advises with the figures that are then booked, and not again before a turn costs twice that', async () => {
  const { core, server } = await start();
  const model = await core.addModel(server.baseUrl, 'gpt-4o');
  const [first] = await talk(core, model, { count: 1, words: 4 });
  expect((await contextOf(core, first as Message, model)).advice).toBeNull();
  const [, long] = await talk(core, model, { count: 2, words: 2_500, after: first as Message });
  const [leaf] = (await talk(core, model, { count: 1, words: 4, after: long as Message })) as [Message];
  const { advice } = await contextOf(core, leaf, model);
  const [next] = (await talk(core, model, { count: 1, words: 4, after: leaf })) as [Message];
  expect(advice).toMatchObject({ messageCount: 6, isWindowFull: false });
  // The next turn is like the last one to the token, so this is what it was booked with.
  const call = next.receipt?.calls.at(-1);
  expect(advice?.now).toEqual({ inputTokens: call?.inputTokens, amount: call?.amount });

  const { conversationId } = leaf;
  const now = advice?.now ?? { inputTokens: 0, amount: { exactness: 'free' } };
  await core.client.call('summaries.dismiss', { conversationId, now });
  expect((await contextOf(core, leaf, model)).advice).toBeNull();
  const half = 'costNanos' in now.amount ? Math.floor(now.amount.costNanos / 2) : 0;
  await core.client.call('summaries.dismiss', { conversationId, now: { ...now, amount: { exactness: 'estimated', costNanos: half } } });
  expect((await contextOf(core, leaf, model)).advice).toEqual(advice);

  const { messageId } = (await summarise(core, leaf, model)).summary ?? { messageId: '' };
  const [record] = await summaryCalls(core);
  const { inputTokens = 0, outputTokens = 0 } = record ?? {};
  expect(record).toMatchObject({ purpose: 'summary', messageId: null, conversationId: leaf.conversationId });
  // Input at $2.50 and output at $10 for a million; of its lines and labels a few tokens may be off.
  const { tokens = 0, amount } = advice?.summary ?? {};
  const costNanos = amount !== undefined && 'costNanos' in amount ? amount.costNanos : 0;
  const target = (costNanos - tokens * 2_500) / 7_500;
  expect(target).toBe(Math.min(1_000, Math.max(150, Math.round(target))));
  expect(Math.abs(tokens - target - (inputTokens ?? 0))).toBeLessThan(10);
  const [smaller] = (await talk(core, model, { count: 1, words: 4, after: leaf })) as [Message];
  const written = target - (outputTokens ?? 0);
  expect(smaller.receipt?.calls.at(-1)?.inputTokens).toBe((advice?.after.inputTokens ?? 0) - written);
  expect((await contextOf(core, smaller, model)).advice).toBeNull();

  await core.client.call('summaries.use', { messageId, isUsed: false });
  expect((await contextOf(core, leaf, model)).advice, 'whoever went back to the full history is left in peace').toBeNull();
});

it('counts on what the last answer read from the cache', async () => {
  const server = await startFakeOpenAi({
    reply: ({ body }) => ({ text: 'Yes.', cachedTokens: Math.floor(fakePromptTokens(body) * 0.75) }),
  });
  open.push(server);
  const core = await startTestCore();
  open.push(core);
  await core.client.call('settings.update', { titlesByModel: false });
  const model = await core.addModel(server.baseUrl, 'gpt-4o');
  const long = await talk(core, model, { count: 2, words: 2_500 });
  const [leaf] = (await talk(core, model, { count: 1, after: long.at(-1) as Message })) as [Message];
  const { advice } = await contextOf(core, leaf, model);
  const { inputTokens = 0, amount } = advice?.now ?? {};
  const { outputTokens, cacheReadTokens, inputTokens: lastTokens } = leaf.receipt?.calls.at(-1) ?? {};
  const cached = Math.round((inputTokens * (cacheReadTokens ?? 0)) / (lastTokens ?? 1));
  expect(cached / inputTokens).toBeCloseTo(0.75, 3);
  const costNanos = (inputTokens - cached) * 2_500 + cached * 1_250 + (outputTokens ?? 0) * 10_000;
  expect(amount).toEqual({ exactness: 'estimated', costNanos });
});

it('says tokens where nobody knows the price, and summarises what the model cannot take at once in several calls', async () => {
  let count = 0;
  const { core, server } = await start(() => ({ text: `Summary ${(count += 1)}.`, fault: 'no-usage' }));
  const model = await core.addModel(server.baseUrl, 'some-model');
  const answers = await talk(core, model, { count: 5, words: 6_000 });
  const leaf = answers.at(-1) as Message;
  const { advice, droppedTurnCount } = await contextOf(core, leaf, model);
  expect(droppedTurnCount).toBe(6);
  expect(advice).toMatchObject({ isWindowFull: true, messageCount: 8, summary: { amount: { exactness: 'no_price' } } });
  expect(advice?.now.amount).toEqual({ exactness: 'no_price' });
  const context = await summarise(core, leaf, model);
  const requests = server.requests.filter(isSummary).map(({ body }) => promptOf(body).at(-1)?.text ?? '');
  expect(requests).toHaveLength(2);
  expect(requests[0]).not.toContain('<summary>');
  expect(requests[1]?.startsWith('<summary>\nSummary 1.\n</summary>\n<turns>')).toBe(true);
  for (const [index] of answers.slice(0, -1).entries())
    expect(requests.filter((text) => text.includes(`user: ${index} ship`))).toHaveLength(1);
  expect(context).toMatchObject({ droppedTurnCount: 0, summary: { text: 'Summary 2.', total: { callCount: 2 } } });
  const calls = await summaryCalls(core);
  expect(new Set(calls.map(({ runId }) => runId)).size).toBe(1);
  const inputTokens = calls.reduce((sum, call) => sum + (call.inputTokens ?? 0), 0);
  // The summary in between was shorter than it was asked to be.
  expect(advice?.summary.tokens).toBeGreaterThan(inputTokens);
});

it('is written by the small model, and goes into the rewriting of a question', async () => {
  const { core, server } = await start();
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
  const { core, server } = await start(reply);
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
  const { core, server } = await start(() => ({ text: 'They spoke of ships.', gate: gates[(count += 1) === 1 ? 0 : 1] }));
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
  const { core, server } = await start();
  const model = await core.addModel(server.baseUrl);
  const leaf = (await talk(core, model, { count: 2 })).at(-1) as Message;
  await core.client.call('budgets.set', {
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
  await core.client.call('summaries.make', { ...placeOf(leaf, model), passBudget: true });
  await core.client.call('summaries.stop', { conversationId: leaf.conversationId });
  const { overrides } = await core.client.call('budgets.list', { conversationId: null });
  expect(overrides).toMatchObject([{ kind: 'sent_once', conversationId: leaf.conversationId }]);
});

it('outlives a restart, goes with the message it ends at, and has nothing to make of a single exchange', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-summaries-'));
  open.push({ close: async () => rmSync(dataDir, { recursive: true, force: true }) });
  const { core: before, server } = await start(undefined, dataDir);
  const model = await before.addModel(server.baseUrl);
  const [first, second] = (await talk(before, model, { count: 2 })) as [Message, Message];
  await expect(before.client.call('summaries.make', placeOf(first, model))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await summarise(before, second, model);
  await before.close();

  const { core } = await start(undefined, dataDir);
  expect((await contextOf(core, second, model)).summary).toMatchObject({ messageId: first.id, isUsed: true });
  await core.client.call('conversations.removeMessage', { messageId: first.id });
  await core.close();

  const { core: last } = await start(undefined, dataDir);
  await expect(last.client.call('summaries.use', { messageId: first.id, isUsed: true })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
