import { setTimeout as sleep } from 'node:timers/promises';
import type { Fetch } from '../../ports.ts';
import { isRecord } from '../is-record.ts';
import { answerTask } from './answer-task.ts';
import { piecesOf } from './language.ts';
import { readMessages, readTask, type DemoMessage } from './read-prompt.ts';

/** The demo's one model. */
export const demoModelId = 'tally-demo';

/** Tokens each message and each reply take besides their text, as in OpenAI's chat format. */
const tokensPerMessage = 3;
const tokensPerReply = 3;
/** Window the demo says it has, in tokens. */
const contextTokens = 128_000;

export interface DemoOptions {
  /** Counts the tokens of a text for the usage that is reported. */
  readonly countTokens: (text: string) => Promise<number>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Waits between two pieces of a reply. */
  readonly pause?: (pauseMs: number, signal: AbortSignal) => Promise<void>;
}

interface DemoReply {
  readonly id: string;
  readonly created: number;
  readonly text: string;
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number; readonly total_tokens: number };
}

/**
 * An OpenAI-compatible endpoint inside this process: `GET .../models` and `POST .../chat/completions`, streaming or
 * not. Nothing leaves the computer. Requests take the same way through clients and meter as those to real providers.
 */
export function createDemoFetch(options: DemoOptions): Fetch {
  const pause = options.pause ?? ((pauseMs, signal) => sleep(pauseMs, undefined, { signal }));
  let replyCount = 0;

  async function complete(request: Request): Promise<Response> {
    const body = await readJson(request);
    const messages = readMessages(body);
    if (!isRecord(body) || messages === null) return refuse(400, 'invalid_request_error', null, 'The request has no messages.');
    if (body['model'] !== demoModelId) return refuse(404, 'invalid_request_error', 'model_not_found', 'The demo has no such model.');
    replyCount += 1;
    const created = Math.floor(options.now() / 1_000);
    const text = answerTask(readTask(messages));
    const reply = { id: `chatcmpl-demo-${created}-${replyCount}`, created, text, usage: await usageOf(options, messages, text) };
    if (body['stream'] !== true) return Response.json(wholeReply(reply));
    const wantsUsage = isRecord(body['stream_options']) && body['stream_options']['include_usage'] === true;
    const stream = streamEvents(replyEvents(reply, wantsUsage), pause, request.signal);
    return new Response(stream, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
  }

  return async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const { pathname } = new URL(request.url);
    if (request.method === 'GET' && pathname.endsWith('/models')) return Response.json(modelList);
    if (request.method === 'POST' && pathname.endsWith('/chat/completions')) return complete(request);
    return refuse(404, 'invalid_request_error', null, 'The demo does not answer here.');
  };
}

const modelList = { object: 'list', data: [{ id: demoModelId, object: 'model', owned_by: 'tally', context_length: contextTokens }] };

interface TimedEvent {
  readonly data: string;
  /** How long to wait before it is sent. */
  readonly pauseMs: number;
}

function replyEvents(reply: DemoReply, wantsUsage: boolean): readonly TimedEvent[] {
  const base = { id: reply.id, object: 'chat.completion.chunk', created: reply.created, model: demoModelId };
  const event = (pauseMs: number, fields: object): TimedEvent => ({ pauseMs, data: JSON.stringify({ ...base, ...fields }) });
  const delta = (pauseMs: number, content: object, finish: string | null = null): TimedEvent =>
    event(pauseMs, { choices: [{ index: 0, delta: content, finish_reason: finish }] });
  return [
    delta(120, { role: 'assistant', content: '' }),
    ...piecesOf(reply.text).map((piece) => delta(pauseBefore(piece), { content: piece })),
    delta(0, {}, 'stop'),
    ...(wantsUsage ? [event(0, { choices: [], usage: reply.usage })] : []),
    { pauseMs: 0, data: '[DONE]' },
  ];
}

/** About the pace of a quick model: some fifty words a second, spaces and punctuation at once with them. */
function pauseBefore(piece: string): number {
  if (piece.startsWith('\n')) return 60;
  return /[\p{L}\p{N}]/u.test(piece) ? 18 : 0;
}

/** Sends each event when its time has come and it is asked for; an abort ends the body with the signal's reason. */
function streamEvents(
  events: readonly TimedEvent[],
  pause: NonNullable<DemoOptions['pause']>,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const cancelled = new AbortController();
  const stopped = AbortSignal.any([signal, cancelled.signal]);
  const remaining = events.values();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = remaining.next();
        if (done === true) {
          controller.close();
          return;
        }
        try {
          if (value.pauseMs > 0) await pause(value.pauseMs, stopped);
          stopped.throwIfAborted();
          controller.enqueue(encoder.encode(`data: ${value.data}\n\n`));
        } catch {
          controller.error(stopped.reason);
        }
      },
      cancel: (reason) => cancelled.abort(reason),
    },
    // Nothing is made ahead of the reader: an abort takes effect at the next piece.
    { highWaterMark: 0 },
  );
}

function wholeReply(reply: DemoReply): object {
  const message = { role: 'assistant', content: reply.text };
  const { id, created, usage } = reply;
  return { id, object: 'chat.completion', created, model: demoModelId, choices: [{ index: 0, message, finish_reason: 'stop' }], usage };
}

async function usageOf(options: DemoOptions, messages: readonly DemoMessage[], text: string): Promise<DemoReply['usage']> {
  const counts = await Promise.all(messages.map((message) => options.countTokens(message.content)));
  const promptTokens = counts.reduce((total, count) => total + count + tokensPerMessage, tokensPerReply);
  const completionTokens = await options.countTokens(text);
  return { prompt_tokens: promptTokens, completion_tokens: completionTokens, total_tokens: promptTokens + completionTokens };
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return null;
  }
}

function refuse(status: number, type: string, code: string | null, message: string): Response {
  return Response.json({ error: { message, type, param: null, code } }, { status });
}
