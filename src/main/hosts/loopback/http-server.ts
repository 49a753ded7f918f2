import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sessionPath } from '../../../shared/rpc/handshake.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { Transport } from '../../../shared/rpc/protocol.ts';
import { readPageFile } from '../page/page-file.ts';
import { commonHeaders } from '../page/page-headers.ts';
import { isSameUser } from './same-user.ts';
import type { Sessions } from './sessions.ts';
import { serveSockets } from './ws-transport.ts';

const loopbackAddress = '127.0.0.1';
const maxSessionBodyBytes = 1_024;

export interface HttpServerOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly pageDir: string;
  readonly sessions: Sessions;
  readonly onTransport: (transport: Transport) => void;
  /** Somebody presented a one-time token a second time. */
  readonly onUsedToken: () => void;
  readonly heartbeatMs: number;
}

export interface HttpServer {
  readonly port: number;
  connectionCount(): number;
  close(): Promise<void>;
}

/**
 * Serves the page and its WebSocket on 127.0.0.1. Rejects with AppError PORT_TAKEN.
 * Every request must name this very address as its Host, so a name that was rebound to us reaches nothing.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy());
  });
  const port = await listen(server, options.port);
  const host = `${loopbackAddress}:${port}`;
  const origin = `http://${host}`;

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.host !== host) return refuse(response, 421);
    const { pathname } = new URL(request.url ?? '/', origin);
    if (pathname === sessionPath) return trade(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
    if (!mayLoad(request)) return refuse(response, 403);
    const file = await readPageFile(options.pageDir, pathname);
    if (file === null) return refuse(response, 404);
    response.writeHead(200, { ...file.headers, 'content-length': file.body.byteLength });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }

  async function trade(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return refuse(response, 405);
    const { 'sec-fetch-site': site, 'content-type': contentType = '' } = request.headers;
    const isOwnPage = request.headers.origin === origin && (site === undefined || site === 'same-origin');
    if (!isOwnPage || !(await isSameUser(request.socket.remotePort ?? 0, port))) return refuse(response, 403);
    if (!/^application\/json\b/i.test(contentType)) return refuse(response, 415);
    const body = await readBody(request);
    if (body === null) return refuse(response, 413);
    const result = options.sessions.trade(tokenIn(body));
    if (result.outcome === 'traded') {
      response.writeHead(200, { ...commonHeaders, 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify({ session: result.session }));
      return;
    }
    refuse(response, result.outcome === 'limited' ? 429 : 401);
    if (result.outcome === 'used') options.onUsedToken();
  }

  const sockets = serveSockets({
    server,
    address: () => ({ host, origin }),
    isSession: (session) => options.sessions.isOpen(session),
    onTransport: options.onTransport,
    heartbeatMs: options.heartbeatMs,
  });

  return {
    port,
    connectionCount: () => sockets.connectionCount(),
    async close() {
      sockets.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(new AppError('PORT_TAKEN', 'The port cannot be listened on.', { data: { port }, cause })));
    server.listen(port, loopbackAddress, () => {
      // A TCP server's address is an AddressInfo.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Another site may link to us, but not use our files as its own. */
function mayLoad(request: IncomingMessage): boolean {
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = request.headers;
  if (site === undefined || site === 'same-origin' || site === 'none') return true;
  return mode === 'navigate' && destination === 'document';
}

function refuse(response: ServerResponse, status: number): void {
  // The rest of a body we do not want is not read.
  response.writeHead(status, { ...commonHeaders, 'content-length': 0, 'cache-control': 'no-store', connection: 'close' });
  response.end();
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  let body = '';
  // Chunks are strings once an encoding is set.
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) {
    body += chunk;
    if (body.length > maxSessionBodyBytes) return null;
  }
  return body;
}

function tokenIn(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && 'token' in parsed && typeof parsed.token === 'string' ? parsed.token : '';
  } catch {
    return '';
  }
}
