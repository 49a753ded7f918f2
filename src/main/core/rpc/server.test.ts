import { expect, it } from 'vitest';
import { z } from 'zod';
import { call, stream, type HandlersFor } from '../../../shared/rpc/define.ts';
import type { Transport } from '../../../shared/rpc/protocol.ts';
import { createRpcServer } from './server.ts';

const contract = {
  'numbers.forever': stream({ input: z.void(), item: z.int() }),
  'calls.deaf': call({ input: z.void(), output: z.void() }),
};

/** A page that takes nothing until told to. */
function createSlowPage(): {
  transport: Transport;
  sent: unknown[];
  receive: (frame: unknown) => void;
  takeAll(): void;
  isClosed: () => boolean;
} {
  const sent: unknown[] = [];
  let bufferedBytes = 0;
  let isClosed = false;
  let receive: (frame: unknown) => void = () => undefined;
  const transport: Transport = {
    send(frame) {
      sent.push(frame);
      bufferedBytes += 100;
    },
    onFrame: (listener) => void (receive = listener),
    onClose: () => undefined,
    close: () => void (isClosed = true),
    bufferedBytes: () => bufferedBytes,
  };
  return { transport, sent, receive: (frame) => receive(frame), takeAll: () => (bufferedBytes = 0), isClosed: () => isClosed };
}

function serve(handlers: Partial<HandlersFor<typeof contract>>): ReturnType<typeof createSlowPage> {
  const silent = (): void => undefined;
  const page = createSlowPage();
  const server = createRpcServer({
    contract,
    handlers: { 'numbers.forever': async function* () {}, 'calls.deaf': () => undefined, ...handlers },
    log: { info: silent, warn: silent, error: silent },
    limits: { maxBufferedBytes: 250, maxRunning: 2 },
  });
  server.accept(page.transport);
  return page;
}

it('pauses a stream while the page does not take it, and goes on when it does', async () => {
  let made = 0;
  const page = serve({
    'numbers.forever': async function* () {
      for (;;) yield (made += 1);
    },
  });
  page.receive({ type: 'req', id: 1, route: 'numbers.forever' });
  await expect.poll(() => page.sent.length).toBe(3);
  const { length: sentBefore } = page.sent;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(page.sent).toHaveLength(sentBefore);
  expect(made).toBe(3);
  page.takeAll();
  await expect.poll(() => page.sent.length).toBe(6);
  page.receive({ type: 'cancel', id: 1 });
  await expect.poll(() => page.sent.at(-1)).toMatchObject({ type: 'err', error: { code: 'CANCELLED' } });
});

it('counts a cancelled request until its handler has really ended', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const page = serve({ 'calls.deaf': () => promise });
  for (const id of [1, 2]) page.receive({ type: 'req', id, route: 'calls.deaf' });
  for (const id of [1, 2]) page.receive({ type: 'cancel', id });
  page.receive({ type: 'req', id: 3, route: 'calls.deaf' });
  expect(page.sent).toMatchObject([{ type: 'err', id: 3, error: { code: 'TOO_MANY_REQUESTS' } }]);
  resolve();
  await expect.poll(() => page.sent.length).toBe(3);
  page.receive({ type: 'req', id: 4, route: 'calls.deaf' });
  await expect.poll(() => page.sent.at(-1)).toEqual({ type: 'ok', id: 4 });
});

it('ends the connection when an id is used again while its request is running', () => {
  const page = serve({ 'calls.deaf': () => new Promise<void>(() => undefined) });
  page.receive({ type: 'req', id: 1, route: 'calls.deaf' });
  page.receive({ type: 'req', id: 1, route: 'calls.deaf' });
  expect(page.isClosed()).toBe(true);
});
