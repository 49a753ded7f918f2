import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Transport } from '../../../shared/rpc/protocol.ts';
import { serveSockets } from './ws-transport.ts';

let closeAll = (): void => undefined;
afterEach(() => closeAll());

async function openPair(heartbeatMs: number, autoPong: boolean): Promise<{ page: WebSocket; core: Transport }> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an AddressInfo.
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { promise: accepted, resolve: onTransport } = Promise.withResolvers<Transport>();
  const address = (): { host: string; origin: string } => ({ host, origin: `http://${host}` });
  const sockets = serveSockets({ server, address, isSession: () => true, onTransport, heartbeatMs });
  closeAll = () => {
    sockets.close();
    server.close();
  };
  const page = new WebSocket(`ws://${host}/rpc`, ['tally.v1', 'session.x'], { origin: `http://${host}`, autoPong });
  return { page, core: await accepted };
}

it('drops a peer that has stopped answering, as a laptop that went to sleep does', async () => {
  const { core } = await openPair(20, false);
  await new Promise<void>((resolve) => core.onClose(resolve));
});

it('keeps a peer that is merely silent', async () => {
  const { page, core } = await openPair(20, true);
  let isClosed = false;
  core.onClose(() => (isClosed = true));
  for (let ping = 0; ping < 4; ping += 1) await new Promise((resolve) => page.once('ping', resolve));
  expect(isClosed).toBe(false);
});

it('tells how much a slow page has not taken yet', async () => {
  const { page, core } = await openPair(60_000, true);
  page.pause();
  for (let sent = 0; sent < 64; sent += 1) core.send({ type: 'next', id: 1, data: 'x'.repeat(1024 * 1024) });
  expect(core.bufferedBytes?.()).toBeGreaterThan(1024 * 1024);
});

it('delivers what is no JSON as no frame, so that the connection ends', async () => {
  const { page, core } = await openPair(60_000, true);
  const received: unknown[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  core.onFrame((frame) => {
    received.push(frame);
    if (received.length === 2) resolve();
  });
  page.once('open', () => {
    page.send('{"type":');
    page.send(Buffer.from('{"type":"cancel","id":1}'), { binary: true });
  });
  await promise;
  expect(received).toEqual([null, null]);
});
