import type { ServerResponse } from 'node:http';
import { chatDialect } from './chat-dialect.ts';
import { createdAt, type Exchange } from './exchange.ts';
import type { FakeAccount } from './fake-bill.ts';
import { encodeEmbedding, fakeEmbedding } from './fake-embeddings.ts';
import { isRefusal, refusals, type FakeAnswer, type FakeRefusal, type FakeReply } from './fake-reply.ts';
import type { FakeRequest } from './fake-request.ts';
import { fakeInputTokens, fakePromptTokens } from './fake-tokens.ts';
import { responsesDialect } from './responses-dialect.ts';
import { sendJson, sendWholeAnswer, streamAnswer } from './stream-answer.ts';

interface Incoming {
  readonly request: FakeRequest;
  readonly response: ServerResponse;
  readonly account: FakeAccount;
  readonly models: readonly string[];
  readonly requireKey: string | undefined;
  readonly reply: ((request: FakeRequest) => FakeReply | undefined | Promise<FakeReply | undefined>) | undefined;
}

const billablePaths = ['/v1/chat/completions', '/v1/embeddings', '/v1/responses'];

/** Answers one request: the key first, then the script, then the model's own way. */
export async function answerRequest(incoming: Incoming): Promise<void> {
  const { request, response, models, requireKey } = incoming;
  if (requireKey !== undefined && request.headers['authorization'] !== `Bearer ${requireKey}`) {
    refuse(response, refusals.wrongKey());
  } else if (request.method === 'GET' && request.path === '/v1/models') {
    const data = models.map((id) => ({ id, object: 'model', created: createdAt, owned_by: 'fake' }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ object: 'list', data }));
  } else if (request.method === 'POST' && billablePaths.includes(request.path)) {
    await answerBillable(incoming);
  } else {
    const message = `Invalid URL (${request.method} ${request.path})`;
    refuse(response, { status: 404, body: { error: { message, type: 'invalid_request_error', param: null, code: null } } });
  }
}

async function answerBillable({ request, response, account, models, reply }: Incoming): Promise<void> {
  const model = request.body.model ?? '';
  const scripted = await reply?.(request);
  const answer = scripted ?? {};
  if (isRefusal(answer)) return refuse(response, answer);
  if (scripted === undefined && !models.includes(model)) return refuse(response, refusals.modelNotFound(model));
  if (answeredByFault(request, response, answer)) return;
  const texts = embeddingTexts(request);
  const promptTokens = request.path === '/v1/embeddings' ? fakeInputTokens(texts) : fakePromptTokens(request.body);
  const line = account.open(request.path, answer.servedModel ?? model, promptTokens);
  line.cachedTokens = answer.cachedTokens ?? 0;
  line.cacheWriteTokens = answer.cacheWriteTokens ?? 0;
  line.cacheWrite12hTokens = answer.cacheWrite12hTokens ?? 0;
  const prefix = request.path === '/v1/responses' ? 'resp' : 'chatcmpl';
  const id = `${prefix}-fake-${request.receivedAt}`;
  const exchange: Exchange = { request, answer, response, line, id, model: answer.servedModel ?? model };
  if (answer.fault === 'stall-headers') return;
  if (request.path === '/v1/embeddings') return sendEmbeddings(exchange, texts);
  const dialect = request.path === '/v1/responses' ? responsesDialect(exchange) : chatDialect(exchange);
  await (request.body.stream === true ? streamAnswer(exchange, dialect) : sendWholeAnswer(exchange, dialect));
}

/** The faults that take the place of an answer. */
function answeredByFault(request: FakeRequest, response: ServerResponse, answer: FakeAnswer): boolean {
  if (answer.fault === 'html') {
    const page = '<!doctype html><title>Sign in</title><p>Sign in to use this network.</p>';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    return true;
  }
  if (answer.fault === 'json-error') {
    refuse(response, { ...refusals.serverError(), status: 200 });
    return true;
  }
  if (answer.fault === 'reject-stream-options' && request.body.stream_options) {
    refuse(response, refusals.streamOptionsRejected());
    return true;
  }
  return false;
}

function refuse(response: ServerResponse, refusal: FakeRefusal): void {
  const isText = typeof refusal.body === 'string';
  const headers = { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json', ...refusal.headers };
  response.writeHead(refusal.status, headers).end(isText ? refusal.body : JSON.stringify(refusal.body));
}

function embeddingTexts({ body }: FakeRequest): string[] {
  const input = typeof body.input === 'string' ? [body.input] : (body.input ?? []);
  return input.map(String);
}

async function sendEmbeddings(exchange: Exchange, texts: readonly string[]): Promise<void> {
  const { request, line, model, answer } = exchange;
  const format = request.body.encoding_format ?? 'float';
  const data = texts.map((text, index) => ({
    object: 'embedding',
    index,
    embedding: encodeEmbedding(fakeEmbedding(text, request.body.dimensions), format),
  }));
  const usage = { prompt_tokens: line.promptTokens, total_tokens: line.promptTokens, ...answer.usage };
  await sendJson(exchange, { object: 'list', data, model, ...(answer.fault === 'no-usage' ? {} : { usage }) });
}
