import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { socketPath, socketProtocol } from '../../../shared/rpc/handshake.ts';
import type { Transport } from '../../../shared/rpc/protocol.ts';

/** Largest frame a page may send; uploads come in smaller pieces. */
const maxPayloadBytes = 4 * 1024 * 1024;
const sessionPrefix = 'session.';

export interface SocketServerOptions {
  readonly server: Server;
  /** Host and Origin of this very server; nothing else is let in. */
  readonly address: () => { readonly host: string; readonly origin: string };
  readonly isSession: (session: string) => boolean;
  readonly onTransport: (transport: Transport) => void;
  /** A peer silent for this long is taken for dead. */
  readonly heartbeatMs: number;
}

/** Accepts the page's WebSocket, after its Host, Origin, path and session were checked. */
export function serveSockets(options: SocketServerOptions): { connectionCount(): number; close(): void } {
  const { server, onTransport } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxPayloadBytes,
    // Never echo the session: the page named two protocols, only this one is spoken.
    handleProtocols: () => socketProtocol,
  });
  const alive = new WeakSet<WebSocket>();

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const refusal = refusalOf(request, options);
    if (refusal !== null) {
      stream.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      alive.add(socket);
      socket.on('pong', () => alive.add(socket));
      // 'close' follows every error; without a listener an error would end the process.
      socket.on('error', () => socket.terminate());
      onTransport(webSocketTransport(socket));
    });
  });

  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, options.heartbeatMs);
  heartbeat.unref();

  return {
    connectionCount: () => sockets.clients.size,
    close() {
      clearInterval(heartbeat);
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

/** The status line to refuse an upgrade with; null to let it in. */
function refusalOf(request: IncomingMessage, options: SocketServerOptions): string | null {
  const { host, origin } = options.address();
  if (request.headers.host !== host) return '421 Misdirected Request';
  // A missing Origin is refused too: every browser sends one, and nothing but a browser belongs here.
  if (request.headers.origin !== origin) return '403 Forbidden';
  if (request.url !== socketPath) return '404 Not Found';
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const session = offered.find((name) => name.startsWith(sessionPrefix))?.slice(sessionPrefix.length);
  if (!offered.includes(socketProtocol) || session === undefined || !options.isSession(session)) return '401 Unauthorized';
  return null;
}

function webSocketTransport(socket: WebSocket): Transport {
  return {
    send(frame) {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
    },
    onFrame(listener) {
      socket.on('message', (data, isBinary) => listener(isBinary ? null : parse(data)));
    },
    onClose: (listener) => void socket.on('close', listener),
    close: () => socket.close(),
    bufferedBytes: () => socket.bufferedAmount,
  };
}

/** What is not JSON becomes null, which is no frame: the receiver closes the connection. */
function parse(data: RawData): unknown {
  try {
    // Text messages arrive as one Buffer unless `binaryType` says otherwise.
    return JSON.parse((data as Buffer).toString('utf8'));
  } catch {
    return null;
  }
}
