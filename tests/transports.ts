import { MessageChannel } from 'node:worker_threads';
import { WebSocket } from 'ws';
import { socketPath, socketProtocol } from '../src/shared/rpc/handshake.ts';
import type { TransportPair } from '../src/shared/rpc/memory-transport.ts';
import type { Transport } from '../src/shared/rpc/protocol.ts';

/** Node's own MessageChannel: structured clone, as between Electron's processes. */
export function messagePortPair(): TransportPair {
  const { port1, port2 } = new MessageChannel();
  return { page: messagePortEnd(port1), core: messagePortEnd(port2) };
}

function messagePortEnd(port: MessageChannel['port1']): Transport {
  return {
    send: (frame) => port.postMessage(frame),
    onFrame: (listener) => void port.on('message', listener),
    onClose: (listener) => void port.on('close', listener),
    close: () => port.close(),
  };
}

/** Opens the page's end of a loopback host's socket, with the headers a browser would send. */
export async function openSocketTransport(port: number, session: string): Promise<Transport> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${socketPath}`, [socketProtocol, `session.${session}`], {
    origin: `http://127.0.0.1:${port}`,
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return {
    send: (frame) => socket.send(JSON.stringify(frame)),
    // Text frames arrive as one Buffer.
    onFrame: (listener) => void socket.on('message', (data: Buffer) => listener(JSON.parse(data.toString('utf8')))),
    onClose: (listener) => void socket.on('close', () => listener()),
    close: () => socket.close(),
  };
}

/** Trades a one-time token the way the page does. */
export async function openSession(port: number, token: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ token }),
  });
  // The host answers 200 with exactly this.
  const { session } = (await response.json()) as { session: string };
  return session;
}
