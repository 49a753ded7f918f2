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
  /** Answers as OpenRouter does: names its charges, and keeps an account of generations. */
  readonly openRouter: OpenRouterAccount | undefined;
  readonly reply: ((request: FakeRequest) => FakeReply | undefined | Promise<FakeReply | undefined>) | undefined;
}

/** How OpenRouter's account of generations is asked: not found the first `lateBy` times. */
export interface OpenRouterAccount {
  readonly lateBy: number;
  askedTimes: number;
}

const nanosPerUsd = 1e9;
const billablePaths = ['/v1/chat/completions', '/v1/embeddings', '/v1/responses'];

/** Answers one request: the key first, then the script, then the model's own way. */
export async function answerRequest(incoming: Incoming): Promise<void> {
  const { request, response, models, requireKey } = incoming;
  if (requireKey !== undefined && request.headers['authorization'] !== `Bearer ${requireKey}`) {
    refuse(response, refusals.wrongKey());
  } else if (request.method === 'GET' && request.path === '/v1/models') {
    const data = models.map((id) => ({ id, object: 'model', created: createdAt, owned_by: 'fake' }));
    sendPlainJson(response, { object: 'list', data });
  } else if (request.method === 'POST' && request.path === '/v1/responses/input_tokens') {
    sendPlainJson(response, { object: 'response.input_tokens', input_tokens: fakePromptTokens(request.body) });
  } else if (request.method === 'GET' && request.path === '/v1/generation' && incoming.openRouter) {
    answerGeneration(incoming, incoming.openRouter);
  } else if (request.method === 'POST' && billablePaths.includes(request.path)) {
    await answerBillable(incoming);
  } else {
    const message = `Invalid URL (${request.method} ${request.path})`;
    refuse(response, { status: 404, body: { error: { message, type: 'invalid_request_error', param: null, code: null } } });
  }
}

async function answerBillable({ request, response, account, models, reply, openRouter }: Incoming): Promise<void> {
  const model = request.body.model ?? '';
  const scripted = await reply?.(request);
  const answer = scripted ?? {};
  if (isRefusal(answer)) return refuse(response, answer);
  if (scripted === undefined && !models.includes(model)) return refuse(response, refusals.modelNotFound(model));
  if (answeredByFault(request, response, answer)) return;
  const texts = embeddingTexts(request);
  const promptTokens = request.path === '/v1/embeddings' ? fakeInputTokens(texts) : fakePromptTokens(request.body);
  const prefix = openRouter ? 'gen' : request.path === '/v1/responses' ? 'resp' : 'chatcmpl';
  const id = `${prefix}-fake-${request.receivedAt}`;
  const line = account.open(id, request.path, answer.servedModel ?? model, promptTokens);
  line.cachedTokens = answer.cachedTokens ?? 0;
  line.cacheWriteTokens = answer.cacheWriteTokens ?? 0;
  line.cacheWrite12hTokens = answer.cacheWrite12hTokens ?? 0;
  const charge = (): number | null => (openRouter ? (account.byId(id)?.billedNanos ?? 0) / nanosPerUsd : null);
  const exchange: Exchange = { request, answer, response, line, id, charge, model: answer.servedModel ?? model };
  if (answer.fault === 'stall-headers') return;
  if (request.path === '/v1/embeddings') return sendEmbeddings(exchange, texts);
  const dialect = request.path === '/v1/responses' ? responsesDialect(exchange) : chatDialect(exchange);
  await (request.body.stream === true ? streamAnswer(exchange, dialect) : sendWholeAnswer(exchange, dialect));
}

/** OpenRouter's account of one generation; it appears there some time after the generation has ended. */
function answerGeneration({ request, response, account }: Incoming, openRouter: OpenRouterAccount): void {
  const id = request.query.id ?? '';
  const call = account.byId(id);
  openRouter.askedTimes += 1;
  if (call === undefined || openRouter.askedTimes <= openRouter.lateBy) {
    return refuse(response, { status: 404, body: { error: { message: `Generation ${id} not found`, code: 404 } } });
  }
  const data = {
    id,
    model: call.model,
    total_cost: call.billedNanos / nanosPerUsd,
    cancelled: !call.complete,
    native_tokens_prompt: call.promptTokens,
    native_tokens_completion: call.completionTokens,
    native_tokens_reasoning: call.reasoningTokens,
    native_tokens_cached: call.cachedTokens,
  };
  sendPlainJson(response, { data });
}

function sendPlainJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
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
