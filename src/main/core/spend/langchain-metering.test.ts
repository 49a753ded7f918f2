import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGate, refusals, type FakeReply } from '../../../../tests/fake-openai/start-fake-openai.ts';
import { CostCallbackHandler } from './cost-callback.ts';
import type { MeteredCall } from './ledger.ts';
import { createPriceBook } from './prices/price-book.ts';
import { attribution, openAi, openLedgerBench, question, tokenCounter, type LedgerBench } from './testing/temporary-ledger.ts';

// The same calls as in the app: LangChain and the OpenAI client on top of the metered fetch.
let bench: LedgerBench;
let replies: FakeReply[];
let call: MeteredCall;
let model: ChatOpenAI;

beforeEach(async () => {
  replies = [];
  bench = await openLedgerBench(() => replies.shift());
  call = bench.ledger().meter(attribution());
  model = new ChatOpenAI({ model: 'gpt-4o-mini', apiKey: 'none', maxRetries: 0, configuration: { baseURL: openAi, fetch: call.fetch } });
});

afterEach(() => bench.close());

async function readAnswer(signal?: AbortSignal): Promise<string> {
  let text = '';
  for await (const chunk of await model.stream(question, signal ? { signal } : {})) text += chunk.text;
  return text;
}

it('the live counter ends where the ledger does', async () => {
  replies = [{ tokens: ['Once ', 'a ', 'year.'], cachedTokens: 4, reasoningTokens: 2 }];
  const cost = new CostCallbackHandler({ priceBook: createPriceBook(), tokenCounter });
  const answer = await model.invoke(question, { callbacks: [cost] });
  expect(answer.text).toBe('Once a year.');
  const [record] = await call.settled();
  expect(record?.amount).toEqual({ exactness: 'exact', costNanos: cost.total.costNanos });
  expect(record).toMatchObject({
    inputTokens: cost.promptTokens,
    outputTokens: cost.completionTokens,
    reasoningTokens: cost.reasoningTokens,
  });
});

// Without the meter all of these end as if the answer were complete.
it.each([
  ['fin-without-done', 'STREAM_TRUNCATED'],
  ['half-line', 'STREAM_TRUNCATED'],
  ['html', 'NOT_A_STREAM'],
  ['json-error', 'ERROR_REPLY'],
  ['error-event', 'STREAM_ERROR'],
] as const)('%s reaches the chain as an error, and is not paid for twice', async (fault, code) => {
  replies = [{ tokens: ['a ', 'b ', 'c '], fault, faultAfterTokens: 1 }];
  await expect(readAnswer()).rejects.toMatchObject({ code });
  expect(bench.server.requests).toHaveLength(1);
  expect(await call.settled()).toMatchObject([{ errorCode: code }]);
});

it('a malformed event costs neither the answer nor the rest of the stream', async () => {
  replies = [{ tokens: ['a ', 'b ', 'c'], fault: 'malformed-event' }];
  expect(await readAnswer()).toBe('a b c');
  expect(await call.settled()).toMatchObject([{ outcome: 'done', amount: { exactness: 'exact' } }]);
});

it('each retry is a record of its own', async () => {
  replies = [refusals.serverError(), { tokens: ['Yes.'] }];
  expect(await readAnswer()).toBe('Yes.');
  expect(await call.settled()).toMatchObject([
    { attempt: 1, outcome: 'failed', httpStatus: 500, amount: { costNanos: 0 } },
    { attempt: 2, outcome: 'done', amount: { costNanos: bench.server.bill()[0]?.billedNanos } },
  ]);
});

it('a server that refuses stream_options is asked again without', async () => {
  replies = [{ fault: 'reject-stream-options' }, { tokens: ['Yes.'], fault: 'reject-stream-options' }];
  expect(await readAnswer()).toBe('Yes.');
  expect(await call.settled()).toMatchObject([
    { attempt: 1, httpStatus: 400 },
    { attempt: 2, amount: { exactness: 'estimated' } },
  ]);
});

it('a stop in the middle is booked with what was seen', async () => {
  const gate = createGate({ afterTokens: 2 });
  replies = [{ tokens: ['The ', 'rent ', 'is due.'], gate }];
  const controller = new AbortController();
  const reading = readAnswer(controller.signal);
  await gate.reached();
  controller.abort();
  await expect(reading).rejects.toThrow();
  const [record] = await call.settled();
  expect(record).toMatchObject({ outcome: 'stopped', amount: { exactness: 'estimated' } });
  expect(await bench.server.requests[0]?.ended).toBe('disconnected');
  gate.open();
});

it('embeddings, whose usage LangChain throws away, are booked exactly', async () => {
  const embedding = bench.ledger().meter(attribution({ purpose: 'index_embedding', requestedModel: 'text-embedding-3-small' }));
  const embeddings = new OpenAIEmbeddings({
    model: 'text-embedding-3-small',
    apiKey: 'none',
    encodingFormat: 'float',
    configuration: { baseURL: openAi, fetch: embedding.fetch },
  });
  const vectors = await embeddings.embedDocuments(['The rent is due monthly.', 'The roof leaks.']);
  expect(vectors).toHaveLength(2);
  const [bill] = bench.server.bill();
  expect(await embedding.settled()).toMatchObject([
    { inputTokens: bill?.promptTokens, outputTokens: 0, amount: { exactness: 'exact', costNanos: bill?.billedNanos } },
  ]);
});
