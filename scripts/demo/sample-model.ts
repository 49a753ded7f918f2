import { encodeEmbedding, fakeEmbedding } from '../../tests/fake-openai/fake-embeddings.ts';
import { refusals } from '../../tests/fake-openai/fake-reply.ts';
import { piecesOf } from '../../src/main/core/providers/demo/language.ts';
import { readMessages, readTask, type DemoMessage, type DemoTask } from '../../src/main/core/providers/demo/read-prompt.ts';
import { objectOf, parseJson, textOf, type JsonObject } from '../../src/main/core/spend/json-fields.ts';
import { costNanosOf } from '../../src/main/core/spend/prices/cost-of.ts';
import { createPriceBook } from '../../src/main/core/spend/prices/price-book.ts';
import type { TokenCounter } from '../../src/main/core/spend/tokens/token-counter.ts';
import { sampleModels, type SampleModel } from '../sample-spend/sample-models.ts';

/** What the sample model says. */
export interface SampleReply {
  readonly text: string;
  /** held: it stays silent after its text until the asker leaves. refused: the provider has had too many requests. */
  readonly end?: 'held' | 'refused';
}

export interface SampleModelOptions {
  readonly tokenCounter: TokenCounter;
  readonly replyTo: (task: DemoTask, model: SampleModel) => SampleReply;
  /** Waits, or says that so much time has gone by. */
  readonly pause: (pauseMs: number, signal: AbortSignal) => Promise<void>;
}

/** Answers a request to the provider at `host`, such as `api.openai.com`. */
export type SampleModelServer = (host: string, request: Request) => Promise<Response>;

interface Writing {
  readonly id: string;
  readonly model: SampleModel;
  readonly reply: SampleReply;
  readonly usage: JsonObject;
  readonly outputTokens: number;
  readonly signal: AbortSignal;
}

const firstTokenMs = 420;
const embeddingMs = 160;
const dimensions = 256;

/**
 * All providers of the sample in one: OpenAI-compatible lists of models, answers as a stream or whole, and embeddings by the words of a
 * text. It counts tokens as Tally does, so that receipts come out exact.
 */
export function createSampleModel(options: SampleModelOptions): SampleModelServer {
  const { tokenCounter, replyTo, pause } = options;
  const priceBook = createPriceBook();
  let replyCount = 0;

  async function answer(model: SampleModel, body: JsonObject, signal: AbortSignal): Promise<Response> {
    const reply = replyTo(readTask(messagesOf(body)), model);
    if (reply.end === 'refused') return Response.json(refusals.rateLimited().body, { status: 429 });
    replyCount += 1;
    const inputTokens = (await tokenCounter.countRequest({ endpoint: 'chat', model: model.model, body })).tokens;
    const outputTokens = await tokenCounter.count(reply.text, model.model);
    const usage = usageOf(model, inputTokens, outputTokens);
    const writing = { id: `chatcmpl-sample-${replyCount}`, model, reply, usage, outputTokens, signal };
    if (body['stream'] === true) return new Response(eventsOf(writing, pause), { headers: { 'content-type': 'text/event-stream' } });
    await pause(firstTokenMs, signal);
    const choice = { index: 0, message: { role: 'assistant', content: reply.text }, finish_reason: 'stop' };
    return Response.json({ id: writing.id, object: 'chat.completion', model: model.model, choices: [choice], usage });
  }

  /** OpenRouter says what a call costs; the others leave that to the reader. */
  function usageOf({ baseUrl, model, reportsCost }: SampleModel, inputTokens: number, outputTokens: number): JsonObject {
    const usage = { prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: inputTokens + outputTokens };
    const price = reportsCost ? priceBook.priceOf({ baseUrl, model, at: Date.now(), serviceTier: null, inputTokens }) : null;
    if (price === null) return usage;
    const plain = { plainInputTokens: inputTokens, cacheReadTokens: 0, cacheWriteTokens: 0, cacheWrite12hTokens: 0, outputTokens };
    return { ...usage, cost: costNanosOf(plain, price) / 1e9 };
  }

  async function embed(model: SampleModel, body: JsonObject, signal: AbortSignal): Promise<Response> {
    await pause(embeddingMs, signal);
    const texts = typeof body['input'] === 'string' ? [body['input']] : Array.isArray(body['input']) ? body['input'].map(String) : [];
    const { tokens } = await tokenCounter.countRequest({ endpoint: 'embeddings', model: model.model, body });
    const format = textOf(body['encoding_format']) ?? 'float';
    const data = texts.map((text, index) => ({
      object: 'embedding',
      index,
      embedding: encodeEmbedding(fakeEmbedding(text, dimensions), format),
    }));
    return Response.json({ object: 'list', data, model: model.model, usage: { prompt_tokens: tokens, total_tokens: tokens } });
  }

  return async (host, request) => {
    const models = sampleModels.filter(({ baseUrl }) => new URL(baseUrl).host === host);
    const { pathname } = new URL(request.url);
    if (request.method === 'GET' && pathname.endsWith('/models')) {
      return Response.json({ object: 'list', data: models.map(({ model }) => ({ id: model, object: 'model', owned_by: 'sample' })) });
    }
    const body = request.method === 'POST' ? objectOf(parseJson(await request.text())) : null;
    const model = models.find((each) => each.model === body?.['model']);
    if (body === null || model === undefined) {
      const missing = refusals.modelNotFound(textOf(body?.['model']) ?? '');
      return Response.json(missing.body, { status: missing.status });
    }
    return pathname.endsWith('/embeddings') ? embed(model, body, request.signal) : answer(model, body, request.signal);
  };
}

/** OpenAI's newer models call their instructions the developer's. */
function messagesOf(body: JsonObject): readonly DemoMessage[] {
  return (readMessages(body) ?? []).map((message) => (message.role === 'developer' ? { ...message, role: 'system' } : message));
}

/** The reply as server-sent events, each after its pause. */
function eventsOf(
  { id, model, reply, usage, outputTokens, signal }: Writing,
  pause: SampleModelOptions['pause'],
): ReadableStream<Uint8Array> {
  const event = (fields: object): Uint8Array =>
    Buffer.from(`data: ${JSON.stringify({ id, object: 'chat.completion.chunk', model: model.model, ...fields })}\n\n`);
  const delta = (content: object, finish: string | null = null): Uint8Array =>
    event({ choices: [{ index: 0, delta: content, finish_reason: finish }] });

  async function* events(): AsyncGenerator<Uint8Array> {
    await pause(firstTokenMs, signal);
    yield delta({ role: 'assistant', content: '' });
    const pieces = piecesOf(reply.text);
    const pauseMs = ((outputTokens / model.tokensPerSecond) * 1_000) / pieces.length;
    for (const piece of pieces) {
      await pause(pauseMs, signal);
      yield delta({ content: piece });
    }
    if (reply.end === 'held') await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    yield delta({}, 'stop');
    yield event({ choices: [], usage });
    yield Buffer.from('data: [DONE]\n\n');
  }
  return ReadableStream.from(events());
}
