import { beforeEach, expect, it } from 'vitest';
import type { ModelParameters } from '../../../shared/contract/parameters.ts';
import { usualParameters } from '../../../shared/usual-parameters.ts';
import type { StoredSummary } from '../conversations/summary-store.ts';
import { longestAnswerTokens } from '../providers/longest-answer.ts';
import { createTokenCounter } from '../spend/tokens/token-counter.ts';
import type { Branch, StoredTurn } from './branch-history.ts';
import { createSendPlanner, type SendRequest } from './plan-send.ts';
import { countAnswer } from './quote-calls.ts';

const tokenCounter = createTokenCounter();
const signal = new AbortController().signal;
const systemPrompt = 'You are the clerk of a harbour.';

/** Plans for models that are asked at OpenAI, with the windows OpenAI says they have. It remembers what it has counted. */
const newPlanner = () =>
  createSendPlanner({
    tokenCounter,
    models: {
      factsOf: ({ modelId }) => ({
        providerKind: 'remote',
        baseUrl: 'https://api.openai.com/v1',
        contextTokens: { 'gpt-4': 8_192, 'gpt-4o': 128_000, 'gpt-4.1': 1_047_576, 'gpt-5': 400_000 }[modelId] ?? null,
        outputTokens: longestAnswerTokens(modelId),
        takesImages: true,
      }),
    },
    clients: { smallModelOf: (model) => model },
  });
let planner = newPlanner();
beforeEach(() => {
  planner = newPlanner();
});

const words = (count: number): string => Array.from({ length: count }, () => ' ship').join('');

/** A question and an answer that have `tokens` words together, a turn of a branch. */
function turn(number: number, tokens: number): StoredTurn[] {
  const half = Math.floor(tokens / 2);
  return [
    { messageId: `q${number}`, role: 'user', text: words(half), isFinal: true },
    { messageId: `a${number}`, role: 'assistant', text: words(tokens - half), isFinal: true },
  ];
}

const branchOf = (count: number, tokensEach: number): Branch => ({
  summary: null,
  turns: Array.from({ length: count }, (_, index) => turn(index, tokensEach)).flat(),
});

function request(branch: Branch, modelId: string, over: Partial<SendRequest> & { chosen?: Partial<ModelParameters> } = {}): SendRequest {
  const { chosen, ...rest } = over;
  const parameters = { ...usualParameters, ...chosen };
  const base = { question: ' ship', images: [], searches: false };
  return { branch, model: { providerId: 'p', modelId }, parameters, systemPrompt, signal, ...base, ...rest };
}

it.each([
  ['gpt-4', 8_192, 4_096, 500],
  ['gpt-4o', 128_000, 16_384, 9_000],
  ['gpt-4.1', 1_047_576, 128_000, 60_000],
  ['gpt-5', 400_000, 128_000, 30_000],
  ['nobody-knows', 32_000, 8_000, 3_000],
] as const)('sends all of a history to %s as long as it fits, to the token', async (modelId, contextTokens, answerTokens, tokensEach) => {
  const room = contextTokens - answerTokens;
  const branch = branchOf(Math.floor(room / tokensEach) - 1, tokensEach);
  const counts = await planner.countTurns(branch.turns, modelId, signal);
  const historyTokens = counts.reduce((sum, tokens) => sum + tokens, 0);
  const asked = { systemPrompt, history: { summaryTokens: 0, tokens: historyTokens }, images: [], sources: null, modelId };
  const withOneWord = (await countAnswer(tokenCounter, { ...asked, question: ' ship' })).reduce((sum, { tokens }) => sum + tokens, 0);
  const fitting = words(room - withOneWord + 1);

  const whole = await planner.plan(request(branch, modelId, { question: fitting }));
  expect(whole.window).toMatchObject({ contextTokens, answerTokens, isContextAssumed: modelId === 'nobody-knows' });
  expect(whole.history).toMatchObject({ droppedCount: 0, unchosenCount: 0, tokens: historyTokens, firstMessageId: 'q0' });
  const { history } = await planner.plan(request(branch, modelId, { question: `${fitting} ship` }));
  expect(history).toMatchObject({ droppedCount: 2, firstMessageId: 'q1' });
  expect(history.turns).toEqual(branch.turns.slice(2));
});

it('keeps as much for the answer as it was limited to, and of a large window always its own part', async () => {
  const branch = branchOf(1, 10);
  const roomOf = async (modelId: string, maxOutputTokens: number): Promise<number> =>
    (await planner.plan(request(branch, modelId, { chosen: { maxOutputTokens } }))).window.answerTokens;
  expect(await roomOf('gpt-4o', 900)).toBe(900);
  expect(await roomOf('nobody-knows', 20_000)).toBe(20_000);
  expect(await roomOf('gpt-5', 900)).toBe(128_000);
  expect(await roomOf('gpt-4', 1_000_000)).toBe(8_192);
});

it('leaves room for the passages of a search, whatever will be found, and for fewer of them in a small window', async () => {
  const branch = branchOf(16, 250);
  const dropped = async (searches: boolean): Promise<number> =>
    (await planner.plan(request(branch, 'gpt-4', { searches }))).history.droppedCount;
  expect(await dropped(false)).toBe(2);
  expect(await dropped(true)).toBe(20);
  expect((await planner.plan(request(branch, 'gpt-4', { searches: true }))).window.passages).toEqual({ limit: 8, tokenBudget: 2_048 });
  expect((await planner.plan(request(branch, 'gpt-4o', { searches: true }))).window.passages).toEqual({ limit: 8, tokenBudget: 4_000 });
});

const summary: StoredSummary = {
  messageId: 'a0',
  conversationId: 'c',
  messageCount: 2,
  text: words(1_500),
  isUsed: true,
  model: { providerId: 'p', modelId: 'gpt-4o' },
  runId: 'r',
  createdAt: 0,
  editedAt: null,
  removedAt: null,
};

it('sends only the last turns that were chosen, a summary with them, and nothing at all for none', async () => {
  const branch: Branch = { ...branchOf(10, 20), summary };
  const plan = (historyTurns: number | null) => planner.plan(request(branch, 'gpt-4o', { chosen: { historyTurns }, searches: true }));
  expect((await plan(10)).history).toMatchObject({ unchosenCount: 0, firstMessageId: 'q0' });
  const six = await plan(6);
  expect(six.history).toMatchObject({ unchosenCount: 8, droppedCount: 0, firstMessageId: 'q4' });
  expect(six.history.turns.slice(2)).toEqual(branch.turns.slice(8));
  expect(six.condensed).toHaveLength(2 + 12);
  const none = await plan(0);
  expect(none).toMatchObject({ condensed: null, history: { turns: [], summaryTokens: 0, unchosenCount: 20, firstMessageId: null } });
});

it('counts what does not fit apart from what was not chosen', async () => {
  const { history } = await planner.plan(request(branchOf(12, 1_000), 'gpt-4', { chosen: { historyTurns: 6 } }));
  expect(history).toMatchObject({ unchosenCount: 12, droppedCount: 4, firstMessageId: 'q8' });
});

it('shows a whole summary for rewriting a question, of other messages the beginning, and the newest first', async () => {
  const branch: Branch = { ...branchOf(60, 900), summary };
  const { condensed } = await planner.plan(request(branch, 'gpt-4o', { searches: true }));
  expect(condensed?.[1]).toEqual({ role: 'assistant', text: summary.text });
  expect(condensed?.at(-1)?.text).toBe(`${words(400)}…`);
  const text = condensed?.map((shown) => shown.text).join('') ?? '';
  expect(await tokenCounter.count(text, 'gpt-4o')).toBeLessThanOrEqual(8_000);
  expect(condensed?.length).toBeGreaterThan(12);
  // Half of what there is; the rest is for what was said since.
  const long = await planner.plan(request({ ...branch, summary: { ...summary, text: words(9_000) } }, 'gpt-4o', { searches: true }));
  const shown = await tokenCounter.count(long.condensed?.[1]?.text ?? '', 'gpt-4o');
  expect(shown).toBeGreaterThan(3_900);
  expect(shown).toBeLessThanOrEqual(4_000);
  const small = await planner.plan(request(branch, 'gpt-4', { searches: true }));
  expect(await tokenCounter.count(small.condensed?.map((turnShown) => turnShown.text).join('') ?? '', 'gpt-4')).toBeLessThanOrEqual(4_096);
});
