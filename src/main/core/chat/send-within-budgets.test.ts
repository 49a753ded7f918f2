import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestCore, type TestCore } from '../../../../tests/core/start-test-core.ts';
import { createGate, startFakeOpenAi, type FakeOpenAi, type FakeReply } from '../../../../tests/fake-openai/start-fake-openai.ts';
import type { BudgetValues } from '../../../shared/contract/budgets.ts';
import type { ModelRef } from '../../../shared/contract/chat.ts';

let server: FakeOpenAi;
let core: TestCore;
let model: ModelRef;
let reply: FakeReply | undefined;

beforeEach(async () => {
  reply = undefined;
  server = await startFakeOpenAi({ models: ['gpt-4o-mini', 'gpt-4o', 'house-model'], reply: () => reply });
  core = await startTestCore();
  await core.client.call('settings.update', { titlesByModel: false });
  model = await core.addModel(server.baseUrl);
});

afterEach(async () => {
  await core.close();
  await server.close();
});

const setBudget = (limitNanos: number, values: Partial<BudgetValues> = {}) =>
  core.client.call('budgets.set', { id: null, per: 'day', of: { kind: 'all' }, noticeShare: 0.8, atLimit: 'ask', limitNanos, ...values });
const question = { conversationId: null, parentId: null, text: 'What is a ledger?', collectionIds: [] };
const send = (passBudgetId: string | null, messageId = crypto.randomUUID()) =>
  core.client.call('chat.send', { ...question, messageId, model, passBudgetId });
const listed = () => core.client.call('budgets.list', { conversationId: null });

it('refuses a send that does not fit before anything is stored, sends it once when told to, and writes that down', async () => {
  const { id } = await setBudget(10_000);
  const quote = await core.client.call('chat.quote', { ...question, model });
  expect(quote.budget).toMatchObject({ verdict: 'over', budget: { id, limitNanos: 10_000, spentNanos: 0 } });
  expect(quote.budget?.neededNanos).toBe(quote.total.costNanos + 256 * 600);
  await expect(send(null)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED', data: { limitNanos: 10_000 } });
  expect(await core.client.call('conversations.list', {})).toMatchObject({ conversations: [] });
  expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(0);

  const messageId = crypto.randomUUID();
  const started = await send(id, messageId);
  expect(await core.finish(started.runId)).toMatchObject({ status: 'done' });
  const [state] = (await listed()).budgets;
  expect(state).toMatchObject({ reservedNanos: 0 });
  expect(state?.spentNanos).toBeGreaterThan(0);
  expect((await listed()).overrides).toMatchObject([{ kind: 'sent_once', limitNanos: 10_000, conversationId: started.conversationId }]);
  // The same message again, as after a lost connection, is the run that was sent.
  expect(await send(null, messageId)).toEqual(started);
  await expect(send(null)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
});

it('what a budget blocks is sent when that very budget is overridden, which is written down; a limit is raised in one step', async () => {
  const { id } = await setBudget(10_000, { atLimit: 'block' });
  const other = await setBudget(20_000);
  await expect(send(null)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED', data: { budgetId: id } });
  // The other one asks; that it is passed says nothing of the one that blocks.
  await expect(send(other.id)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED', data: { budgetId: id } });
  expect(await core.finish((await send(id)).runId)).toMatchObject({ status: 'done' });
  expect((await listed()).overrides).toMatchObject([{ kind: 'sent_once', atLimit: 'block', limitNanos: 10_000 }]);
  await core.client.call('budgets.remove', { id: other.id });
  await expect(core.client.call('budgets.raise', { id, limitNanos: 10_000 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await core.client.call('budgets.raise', { id, limitNanos: 50_000_000 });
  expect(await core.finish((await send(null)).runId)).toMatchObject({ status: 'done' });
  expect((await listed()).overrides).toMatchObject([
    { kind: 'raised', limitNanos: 10_000, newLimitNanos: 50_000_000 },
    { kind: 'sent_once' },
  ]);
  await core.client.call('budgets.remove', { id });
  expect((await listed()).budgets).toEqual([]);
});

it('gives notice when the chosen share is used, counting what is under way', async () => {
  const gate = createGate();
  reply = { gate, text: 'A book.' };
  await setBudget(100_000_000, { noticeShare: 0.5 });
  expect((await core.client.call('chat.quote', { ...question, model })).budget).toBeNull();
  const started = await send(null);
  await gate.reached();
  const { budget } = await core.client.call('chat.quote', { ...question, model });
  expect(budget).toMatchObject({ verdict: 'notice' });
  expect(budget?.budget.reservedNanos).toBeGreaterThan(50_000_000);
  gate.open();
  await core.finish(started.runId);
  expect((await listed()).budgets).toMatchObject([{ reservedNanos: 0 }]);
});

it('holds answers that are written anew to the same limits, and asks about a model without a price', async () => {
  const { userMessageId, runId } = await send(null);
  await core.finish(runId);
  await setBudget(1);
  const again = { userMessageId, model, collectionIds: [] };
  await expect(core.client.call('chat.regenerate', again)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
  const unpriced = { ...again, model: { ...model, modelId: 'house-model' } };
  await expect(core.client.call('chat.regenerate', unpriced)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
  const [budget] = (await listed()).budgets;
  if (budget !== undefined) await core.client.call('budgets.raise', { id: budget.id, limitNanos: 1_000_000_000 });
  await expect(core.client.call('chat.regenerate', unpriced)).rejects.toMatchObject({ code: 'BUDGET_UNBOUNDED' });
  const passed = await core.client.call('chat.regenerate', { ...unpriced, passBudgetId: budget?.id ?? null });
  expect(await core.finish(passed.runId)).toMatchObject({ status: 'done', receipt: { total: { noPriceCount: 1 } } });
});

it('a side call that does not fit costs the answer nothing', async () => {
  await core.client.call('settings.update', { titlesByModel: true });
  // The answer takes all there is.
  reply = { text: 'A book.', usage: { prompt_tokens: 20, completion_tokens: 500 } };
  await setBudget(320_000);
  const { runId, conversationId } = await send(null);
  expect(await core.finish(runId)).toMatchObject({ status: 'done' });
  expect((await core.client.call('conversations.open', { conversationId })).conversation.title).toBe(question.text);
});

it('asks about two models together, with what each of them needs, and refuses neither after the other was sent', async () => {
  const { id } = await setBudget(10_000);
  const compareWith = { ...model, modelId: 'gpt-4o' };
  const alone = await core.client.call('chat.quote', { ...question, model });
  const { budget } = await core.client.call('chat.quote', { ...question, model, compareWith });
  const second = await core.client.call('chat.quote', { ...question, model: compareWith });
  expect(budget?.besideNanos).toBe(second.budget?.neededNanos);
  expect(budget?.neededNanos).toBe((alone.budget?.neededNanos ?? 0) + (second.budget?.neededNanos ?? 0));
  expect(alone.budget?.besideNanos).toBeNull();
  // Fits for the first model, not for both.
  await core.client.call('budgets.set', {
    id,
    per: 'day',
    of: { kind: 'all' },
    noticeShare: 0.8,
    atLimit: 'ask',
    limitNanos: (alone.budget?.neededNanos ?? 0) + 1,
  });
  const both = { ...question, messageId: crypto.randomUUID(), model, compareWith };
  await expect(core.client.call('chat.send', both)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
  const started = await core.client.call('chat.send', { ...both, passBudgetId: id });
  const { userMessageId, answerId } = started;
  const beside = { userMessageId, besideAnswerId: answerId, model: compareWith, collectionIds: [], passBudgetId: id };
  const other = await core.client.call('chat.regenerate', beside);
  expect(await core.finish(started.runId)).toMatchObject({ status: 'done' });
  expect(await core.finish(other.runId)).toMatchObject({ status: 'done' });
});

it('leaves to the second model what it needs, however little there is, when both fit', async () => {
  const compareWith = { ...model, modelId: 'gpt-4o' };
  await setBudget(1_000_000_000);
  const { besideNanos } = await core.client.call('chat.quote', { ...question, model, compareWith });
  const [budget] = (await listed()).budgets;
  await core.client.call('budgets.remove', { id: budget?.id ?? '' });
  const { id } = await setBudget(1);
  const alone = await core.client.call('chat.quote', { ...question, model });
  const limitNanos = (alone.budget?.neededNanos ?? 0) + (besideNanos ?? 0) + 1_000;
  await core.client.call('budgets.set', { id, per: 'day', of: { kind: 'all' }, noticeShare: 0.8, atLimit: 'block', limitNanos });
  const gate = createGate();
  reply = { gate, text: 'A book.' };
  const started = await core.client.call('chat.send', { ...question, messageId: crypto.randomUUID(), model, compareWith });
  await gate.reached();
  const { userMessageId, answerId } = started;
  const beside = { userMessageId, besideAnswerId: answerId, model: compareWith, collectionIds: [] };
  const other = await core.client.call('chat.regenerate', beside);
  gate.open();
  expect(await core.finish(started.runId)).toMatchObject({ status: 'done' });
  expect(await core.finish(other.runId)).toMatchObject({ status: 'done' });
});
