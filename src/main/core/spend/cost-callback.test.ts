import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { FakeListChatModel } from '@langchain/core/utils/testing';
import { InMemoryCache } from '@langchain/core/caches';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatOpenAI, type ChatOpenAIFields } from '@langchain/openai';
import { afterEach, describe, expect, it } from 'vitest';
import { createGate, startFakeOpenAi, type FakeOpenAi, type FakeReply } from '../../../../tests/fake-openai/start-fake-openai.ts';
import type { LiveUsage } from '../../../shared/contract/chat.ts';
import { CostCallbackHandler } from './cost-callback.ts';
import { createPriceBook } from './prices/price-book.ts';
import { openAi, question, redirectedTo, tokenCounter } from './testing/temporary-ledger.ts';

let server: FakeOpenAi;

afterEach(() => server.close());

/** A model at OpenAI's address, so that its prices count, whose requests arrive at the fake server. */
async function modelThatAnswers(reply: FakeReply, fields: ChatOpenAIFields = {}): Promise<ChatOpenAI> {
  server = await startFakeOpenAi({ reply: () => reply, models: ['gpt-4o-mini', 'gpt-5-mini', 'mystery-model'] });
  return new ChatOpenAI({
    model: 'gpt-4o-mini',
    apiKey: 'none',
    maxRetries: 0,
    ...fields,
    configuration: { baseURL: openAi, fetch: redirectedTo(server) },
  });
}

function counter() {
  const updates: LiveUsage[] = [];
  const cost = new CostCallbackHandler({ priceBook: createPriceBook(), tokenCounter, onUpdate: (live) => updates.push(live) });
  return { cost, updates };
}

/** Runs a program of the docstring as if it stood beside the module, and returns what it printed. */
async function runExample(program: string, environment: Record<string, string>): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '--eval', program], {
    cwd: import.meta.dirname,
    env: { ...process.env, ...environment },
  });
  return stdout;
}

describe('the cost callback', () => {
  it('counts while the answer streams and ends with what the server bills', async () => {
    const gate = createGate({ afterTokens: 2 });
    const model = await modelThatAnswers({ tokens: ['The ', 'rent ', 'is due.'], cachedTokens: 3, gate });
    const { cost, updates } = counter();
    const pieces = (await model.stream(question, { callbacks: [cost] }))[Symbol.asyncIterator]();
    await pieces.next();
    await pieces.next();
    await gate.reached();
    const live = updates.at(-1);
    expect(live?.inputTokens).toBe(await tokenCounter.countChat([{ role: 'user', content: question }], 'gpt-4o-mini'));
    expect(live?.outputTokens).toBeGreaterThan(0);
    expect(live?.total).toMatchObject({ callCount: 1, estimatedCount: 1, exactNanos: 0 });
    expect(cost.totalTokens).toBe(0);
    gate.open();
    while ((await pieces.next()).done !== true);
    const [bill] = server.bill();
    expect(cost).toMatchObject({
      promptTokens: bill?.promptTokens,
      promptTokensCached: 3,
      completionTokens: bill?.completionTokens,
      totalTokens: (bill?.promptTokens ?? 0) + (bill?.completionTokens ?? 0),
      successfulRequests: 1,
      total: { costNanos: bill?.billedNanos, exactNanos: bill?.billedNanos, callCount: 1 },
    });
    expect(updates.at(-1)).toEqual({ inputTokens: bill?.promptTokens, outputTokens: bill?.completionTokens, total: cost.total });
  });

  // LangChain sums these into response_metadata.usage; the counts would be multiples of the bill.
  it.each(['usage-every-chunk', 'usage-on-finish'] as const)('is not misled by usage sent more than once: %s', async (fault) => {
    const model = await modelThatAnswers({ tokens: ['a ', 'b ', 'c'], fault });
    const { cost } = counter();
    await model.invoke(question, { callbacks: [cost] });
    expect(cost.total.costNanos).toBe(server.bill()[0]?.billedNanos);
  });

  it('keeps a call that was stopped, once', async () => {
    const gate = createGate({ afterTokens: 2 });
    const model = await modelThatAnswers({ tokens: ['The ', 'rent ', 'is due.'], gate });
    const { cost } = counter();
    const chain = ChatPromptTemplate.fromTemplate('{question}').pipe(model).pipe(new StringOutputParser());
    const controller = new AbortController();
    const readUntilStopped = async (): Promise<void> => {
      for await (const piece of await chain.stream({ question }, { callbacks: [cost], signal: controller.signal })) {
        if (piece.includes('rent')) controller.abort();
      }
    };
    await expect(readUntilStopped()).rejects.toThrow();
    gate.open();
    await cost.settleOpenRuns('stopped');
    const inputTokens = await tokenCounter.countChat([{ role: 'user', content: question }], 'gpt-4o-mini');
    expect(cost).toMatchObject({
      promptTokens: inputTokens,
      completionTokens: tokenCounter.countSync('The rent ', 'gpt-4o-mini'),
      successfulRequests: 0,
    });
    expect(cost.total).toMatchObject({ callCount: 1, estimatedCount: 1, costNanos: cost.promptTokens * 150 + cost.completionTokens * 600 });
    await cost.settleOpenRuns('stopped');
    expect(cost.total.callCount).toBe(1);
  });

  it('says at least for a stopped model that may have been thinking', async () => {
    const gate = createGate({ afterTokens: 1 });
    const model = await modelThatAnswers({ tokens: ['The ', 'rent'], gate }, { model: 'gpt-5-mini' });
    const { cost } = counter();
    for await (const _piece of await model.stream(question, { callbacks: [cost] })) break;
    gate.open();
    await cost.settleOpenRuns('stopped');
    expect(cost.total).toMatchObject({ lowerBoundCount: 1 });
  });

  it('counts a call that failed half way, and does not call it a success', async () => {
    const model = await modelThatAnswers({ tokens: ['a ', 'b ', 'c'], fault: 'error-event', faultAfterTokens: 2 });
    const { cost } = counter();
    await expect(model.invoke(question, { callbacks: [cost] })).rejects.toThrow();
    expect(cost.successfulRequests).toBe(0);
    expect(cost.total).toMatchObject({ callCount: 1, estimatedCount: 1 });
    expect(cost.completionTokens).toBeGreaterThan(0);
  });

  it('takes no price for no price, and a model on this computer for free', async () => {
    const unknown = await modelThatAnswers({ tokens: ['a'] }, { model: 'mystery-model' });
    const first = counter().cost;
    await unknown.invoke(question, { callbacks: [first] });
    expect(first.total).toMatchObject({ costNanos: 0, noPriceCount: 1 });
    await server.close();
    const local = await modelThatAnswers({ tokens: ['a'] }, { metadata: { providerKind: 'local' } });
    const second = counter().cost;
    await local.invoke(question, { callbacks: [second] });
    expect(second.total).toMatchObject({ costNanos: 0, freeCount: 1 });
  });

  it('owes nothing for an answer from LangChain’s own cache', async () => {
    const model = await modelThatAnswers({ tokens: ['a ', 'b'] }, { cache: new InMemoryCache() });
    await model.invoke(question);
    const { cost } = counter();
    await model.invoke(question, { callbacks: [cost] });
    expect(server.bill()).toHaveLength(1);
    expect(cost).toMatchObject({ totalTokens: 0, successfulRequests: 1, total: { callCount: 0 } });
  });

  it('has an example that runs as it stands', async () => {
    server = await startFakeOpenAi({ reply: () => ({ tokens: ['A ', 'contract.'] }) });
    const source = readFileSync(path.join(import.meta.dirname, 'cost-callback.ts'), 'utf8');
    const example = /```ts\n([^]*?) \* ```/u.exec(source)?.[1]?.replaceAll(/^ \* ?/gmu, '') ?? '';
    const printed = await runExample(example, { OPENAI_API_KEY: 'none', OPENAI_BASE_URL: server.baseUrl });
    const [bill] = server.bill();
    const tokens = (bill?.promptTokens ?? 0) + (bill?.completionTokens ?? 0);
    expect(printed).toBe(`A contract.\n${tokens} tokens, ${bill?.billedNanos} nano-USD\n`);
  });

  it('works for models that are not OpenAI’s and report nothing', async () => {
    server = await startFakeOpenAi();
    const { cost } = counter();
    await new FakeListChatModel({ responses: ['Hello'] }).invoke(question, { callbacks: [cost] });
    expect(cost.completionTokens).toBeGreaterThan(0);
    expect(cost.total).toMatchObject({ callCount: 1, noPriceCount: 1 });
  });
});
