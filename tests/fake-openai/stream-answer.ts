import { passGate, write, type Exchange } from './exchange.ts';
import { defaultAnswer } from './default-answer.ts';
import type { Fault } from './fake-reply.ts';
import { fakeTokens } from './fake-tokens.ts';

/** How one of the two chat APIs says things. */
export interface Dialect {
  open(): string;
  delta(text: string, isReasoning: boolean): string;
  /** The rest of the stream, its terminal event included. */
  finish(): string;
  /** The reply to a request that did not ask for a stream. */
  whole(text: string, reasoning: string): Record<string, unknown>;
}

interface Piece {
  readonly text: string;
  readonly isReasoning: boolean;
}

const runawayChunk = Buffer.alloc(1024 * 1024, 'x');
const runawayChunks = 256;

/** One `data:` event. */
export function serverSentEvent(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

/** Streams the answer token by token, each token billed as it is written. */
export async function streamAnswer(exchange: Exchange, dialect: Dialect): Promise<void> {
  const { response, answer } = exchange;
  const pieces = piecesOf(exchange);
  const faultAt = answer.faultAfterTokens ?? Math.ceil(pieces.length / 2);
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache', ...replyHeaders(exchange) });
  billHidden(exchange);
  if (!(await write(response, dialect.open()))) return;
  for (let index = 0; index <= pieces.length; index += 1) {
    if (!(await passGate(exchange, index))) return;
    if (index === Math.min(faultAt, pieces.length) && (await breakOff(exchange, dialect))) return;
    const piece = pieces[index];
    if (!piece) break;
    billPiece(exchange, piece);
    if (!(await write(response, dialect.delta(piece.text, piece.isReasoning)))) return;
  }
  exchange.line.complete = true;
  response.end(dialect.finish());
}

/** Answers at once, as JSON, when the gate lets the whole answer through. */
export async function sendWholeAnswer(exchange: Exchange, dialect: Dialect): Promise<void> {
  const pieces = piecesOf(exchange);
  for (let index = 0; index <= pieces.length; index += 1) {
    if (!(await passGate(exchange, index))) return;
  }
  billHidden(exchange);
  for (const piece of pieces) billPiece(exchange, piece);
  const textOf = (isReasoning: boolean): string =>
    pieces
      .filter((piece) => piece.isReasoning === isReasoning)
      .map((piece) => piece.text)
      .join('');
  await sendJson(exchange, dialect.whole(textOf(false), textOf(true)));
}

/** Sends a reply that is not a stream, with those faults that can befall one. */
export async function sendJson(exchange: Exchange, body: Record<string, unknown>): Promise<void> {
  const { response, answer, line } = exchange;
  const text = JSON.stringify(body);
  if (answer.fault === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json', ...replyHeaders(exchange) });
  if (answer.fault === 'stall') {
    response.flushHeaders();
  } else if (answer.fault === 'half-line') {
    response.end(text.slice(0, Math.floor(text.length / 2)));
  } else {
    line.complete = true;
    response.end(text);
  }
}

function piecesOf({ request, answer }: Exchange): Piece[] {
  const reasoning = fakeTokens(answer.reasoning ?? '').map((text) => ({ text, isReasoning: true }));
  const tokens = answer.tokens ?? fakeTokens(answer.text ?? defaultAnswer(request.body));
  return [...reasoning, ...tokens.map((text) => ({ text, isReasoning: false }))];
}

function billHidden({ line, answer }: Exchange): void {
  line.completionTokens += answer.reasoningTokens ?? 0;
  line.reasoningTokens += answer.reasoningTokens ?? 0;
}

function billPiece({ line }: Exchange, piece: Piece): void {
  line.completionTokens += 1;
  if (piece.isReasoning) line.reasoningTokens += 1;
}

function replyHeaders({ id, answer }: Exchange): Record<string, string> {
  const generation = id.startsWith('gen-') ? { 'x-generation-id': id } : {};
  return { 'x-request-id': `req_${id}`, 'openai-processing-ms': '1', ...generation, ...answer.headers };
}

/** What each fault inside a stream does; resolves true when the reply is over by it. The others do not break off. */
const breakOffs: Partial<Record<Fault, (exchange: Exchange, dialect: Dialect) => Promise<boolean>>> = {
  async reset({ response }) {
    response.socket?.resetAndDestroy();
    return true;
  },
  async 'fin-without-done'({ response }) {
    response.end();
    return true;
  },
  async 'half-line'({ response }, dialect) {
    response.end(dialect.delta('cut off', false).slice(0, 60));
    return true;
  },
  async stall() {
    return true;
  },
  async 'error-event'({ response, answer }) {
    const error = { message: 'The server had an error while processing your request.', type: 'server_error', code: null };
    response.end(serverSentEvent({ error: answer.error ?? error }));
    return true;
  },
  async 'malformed-event'({ response }) {
    await write(response, 'data: {"id": "chatcmpl-broken", "choices": [{\n\n');
    return false;
  },
  async 'runaway-line'(exchange) {
    await runAway(exchange);
    return true;
  },
};

async function breakOff(exchange: Exchange, dialect: Dialect): Promise<boolean> {
  const { fault } = exchange.answer;
  return (fault !== undefined && (await breakOffs[fault]?.(exchange, dialect))) ?? false;
}

async function runAway({ response }: Exchange): Promise<void> {
  let isTaken = await write(response, 'data: ');
  for (let count = 0; isTaken && count < runawayChunks; count += 1) isTaken = await write(response, runawayChunk);
  if (isTaken) response.end();
}
