import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerRequest } from './answer-request.ts';
import { createFakeAccount, defaultRates, type BilledCall, type FakeRate } from './fake-bill.ts';
import type { FakeReply } from './fake-reply.ts';
import { readRequest, type FakeRequest } from './fake-request.ts';

export { createGate } from './gate.ts';
export type { BilledCall } from './fake-bill.ts';
export { refusals, type FakeReply, type Fault } from './fake-reply.ts';

export interface FakeOpenAiOptions {
  /** Any free port by default; a given one stands for a server that comes back. */
  readonly port?: number;
  /** Decides a reply; undefined means the default answer. Not asked for /models. */
  readonly reply?: (request: FakeRequest) => FakeReply | undefined | Promise<FakeReply | undefined>;
  /** What /models lists; the models of the rate table by default. Others are refused with 404 unless `reply` answers. */
  readonly models?: readonly string[];
  /** The one key that is let in; without it any key, or none. */
  readonly requireKey?: string;
  /** USD per million tokens by model, laid over the default table. */
  readonly rates?: Readonly<Record<string, FakeRate>>;
  /** Answers as OpenRouter does; its account knows a generation from the question after the first `lateBy` ones on. */
  readonly openRouter?: { readonly lateBy: number };
}

export interface FakeOpenAi {
  /** http://127.0.0.1:PORT/v1 */
  readonly baseUrl: string;
  /** Every request so far, in the order they arrived. */
  readonly requests: readonly FakeRequest[];
  /** The server's own account of every call it began to answer, oldest first. */
  bill(): readonly BilledCall[];
  /** The oldest request that this method has not returned yet; waits for it when there is none. */
  nextRequest(): Promise<FakeRequest>;
  /** Cuts every connection and stops. */
  close(): Promise<void>;
}

/** Starts a scriptable OpenAI-compatible server on 127.0.0.1, on a port of its own. */
export async function startFakeOpenAi(options: FakeOpenAiOptions = {}): Promise<FakeOpenAi> {
  const rates = { ...defaultRates, ...options.rates };
  const account = createFakeAccount(rates);
  const models = options.models ?? Object.keys(rates);
  const requests: FakeRequest[] = [];
  const openRouter = options.openRouter && { ...options.openRouter, askedTimes: 0 };
  const arrivals = createArrivals();

  async function handle(message: IncomingMessage, response: ServerResponse, receivedAt: number): Promise<void> {
    const request = await readRequest(message, receivedAt, endOf(response));
    requests.push(request);
    arrivals.push(request);
    await answerRequest({ request, response, account, models, openRouter, requireKey: options.requireKey, reply: options.reply });
  }

  let received = 0;
  const server = createServer((message, response) => {
    handle(message, response, received).catch((error: unknown) => failLoudly(response, error));
    received += 1;
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  // A TCP server's address is an object; only a pipe's is a string.
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    bill: () => account.bill(),
    nextRequest: () => arrivals.next(),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function endOf(response: ServerResponse): Promise<'complete' | 'disconnected'> {
  return new Promise((resolve) => {
    response.once('finish', () => resolve('complete'));
    response.once('close', () => resolve('disconnected'));
  });
}

/** A mistake in a test's script, or in this server: said in the reply, since nobody awaits the handler. */
function failLoudly(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const message = `fake-openai: ${error instanceof Error ? error.message : String(error)}`;
  response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message, type: 'fake_openai_bug' } }));
}

function createArrivals(): { push(request: FakeRequest): void; next(): Promise<FakeRequest> } {
  const arrived: FakeRequest[] = [];
  const waiting: ((request: FakeRequest) => void)[] = [];
  return {
    push(request) {
      const waiter = waiting.shift();
      if (waiter) waiter(request);
      else arrived.push(request);
    },
    next() {
      const request = arrived.shift();
      return request ? Promise.resolve(request) : new Promise((resolve) => waiting.push(resolve));
    },
  };
}
