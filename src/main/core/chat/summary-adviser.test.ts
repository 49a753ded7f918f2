import { afterEach, expect, it } from 'vitest';
import { startTestCore } from '../../../../tests/core/start-test-core.ts';
import { contextOf, isSummary, startSummaries, summarise, summaryCalls, talk } from '../../../../tests/core/summarise.ts';
import { promptOf } from '../../../../tests/fake-openai/fake-request.ts';
import { fakePromptTokens } from '../../../../tests/fake-openai/fake-tokens.ts';
import { startFakeOpenAi } from '../../../../tests/fake-openai/start-fake-openai.ts';
import type { Message } from '../../../shared/contract/chat.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0).toReversed()) await part.close();
});

it('advises with the figures that are then booked, and not again before a turn costs twice that', async () => {
  const { core, server } = await startSummaries(open);
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
  const { core, server } = await startSummaries(open, () => ({ text: `Summary ${(count += 1)}.`, fault: 'no-usage' }));
  const model = await core.addModel(server.baseUrl, 'some-model');
  const answers = await talk(core, model, { count: 5, words: 6_000 });
  const leaf = answers.at(-1) as Message;
  const { advice, droppedTurnCount } = await contextOf(core, leaf, model);
  expect(droppedTurnCount).toBe(4);
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
