import { appendFileSync } from 'node:fs';
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/*
 * Imported first, it writes down every connection and every name lookup of the process, in a file of the folder for
 * temporary files. Sockets of TLS, HTTP and undici are all opened by the one method that is replaced here.
 */

export const recordName = 'connections.jsonl';

/** Adds a line to the record. */
export function record(kind: 'connect' | 'lookup' | 'datagram' | 'mark', target: string): void {
  appendFileSync(path.join(tmpdir(), recordName), `${JSON.stringify({ kind, target })}\n`);
}

// What Node does inside is not in its types: net.connect hands its arguments over as one list.
type Connect = (this: net.Socket, ...args: unknown[]) => net.Socket;
const connect = net.Socket.prototype.connect as Connect;
const recordedConnect: Connect = function recorded(...args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  record('connect', targetOf(first, args[1]));
  return connect.apply(this, args);
};
Object.assign(net.Socket.prototype, { connect: recordedConnect });

function targetOf(first: unknown, second: unknown): string {
  if (typeof first !== 'object' || first === null) return `${nameOf(second)}:${nameOf(first)}`;
  const options: { host?: unknown; port?: unknown; path?: unknown } = first;
  return options.path === undefined ? `${nameOf(options.host)}:${nameOf(options.port)}` : nameOf(options.path);
}

/** Node takes a missing host for this computer. */
function nameOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'localhost';
}

for (const owner of [dns, dns.promises]) {
  const names = ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny'] as const;
  for (const name of names) {
    // Each takes the host first and is passed on as it came.
    const original = owner[name] as (...args: unknown[]) => unknown;
    Object.assign(owner, {
      [name]: (...args: unknown[]) => {
        record('lookup', String(args[0]));
        return original.apply(owner, args);
      },
    });
  }
}

const createSocket = dgram.createSocket;
Object.assign(dgram, {
  createSocket: (...args: Parameters<typeof createSocket>) => {
    record('datagram', 'a socket');
    return createSocket(...args);
  },
});
