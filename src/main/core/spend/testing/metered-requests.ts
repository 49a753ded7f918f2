import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFakeOpenAi, type FakeOpenAi, type FakeOpenAiOptions } from '../../../../../tests/fake-openai/start-fake-openai.ts';
import { createMeteredFetch } from '../metered-fetch.ts';
import type { Observation } from '../observe-reply.ts';
import { defaultReplyLimits, type ReplyLimits } from '../reply-limits.ts';

const closers: (() => Promise<void>)[] = [];

/** Stops every server of the test that has ended. */
export async function closeServers(): Promise<void> {
  for (const close of closers.splice(0)) await close();
}

/** A fake model server that is stopped with the test. */
export async function fakeServer(options: FakeOpenAiOptions = {}): Promise<FakeOpenAi> {
  const server = await startFakeOpenAi(options);
  closers.push(() => server.close());
  return server;
}

/** A server that answers as `listener` does; returns its base URL. */
export async function rawServer(listener: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // A TCP server's address is an object; only a pipe's is a string.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

/** A metered fetch and the observations it settles with. */
export function meter(limits: Partial<ReplyLimits> = {}) {
  const seen: Observation[] = [];
  const closing = new AbortController();
  let isRefused = false;
  const fetch = createMeteredFetch({
    fetch: globalThis.fetch,
    requestedModel: 'gpt-4o-mini',
    isLocal: false,
    limits: { ...defaultReplyLimits, ...limits },
    now: Date.now,
    closing: closing.signal,
    quirks: {
      refusesStreamOptions: () => isRefused,
      noteRefusal() {
        isRefused = true;
      },
    },
    begin: async () => ({
      startedAt: Date.now(),
      async settle(observation) {
        seen.push(observation);
      },
    }),
  });
  return { fetch, seen, closing };
}

/** A chat request of one message. */
export function chatRequest(options: { stream?: boolean; signal?: AbortSignal; model?: string } = {}): RequestInit {
  const { stream = true, signal, model = 'gpt-4o-mini' } = options;
  const body = {
    model,
    stream,
    messages: [{ role: 'user', content: 'What is a lease?' }],
    ...(stream ? { stream_options: { include_usage: true } } : {}),
  };
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), ...(signal ? { signal } : {}) };
}
