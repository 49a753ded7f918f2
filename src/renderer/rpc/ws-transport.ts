import { sessionPath, socketPath, socketProtocol } from '../../shared/rpc/handshake.ts';
import type { Transport } from '../../shared/rpc/protocol.ts';
import { ConnectionRefused } from './connection.ts';

const sessionKey = 'tally.session';

/**
 * Takes the one-time token out of the address, at once, so that it stays in no history entry or bookmark.
 * Null when the page was opened without one.
 */
export function takeToken(): string | null {
  const match = /^#token=([^&]+)$/.exec(window.location.hash);
  if (match?.[1] === undefined) return null;
  window.history.replaceState(null, '', `${window.location.pathname}${window.location.search}`);
  return decodeURIComponent(match[1]);
}

async function tradeToken(token: string): Promise<string | null> {
  const response = await fetch(sessionPath, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (!response.ok) return null;
  const body: unknown = await response.json();
  return typeof body === 'object' && body !== null && 'session' in body && typeof body.session === 'string' ? body.session : null;
}

/** Whether the host answers at all: then a refused socket means that our session is not known to it. */
async function hostAnswers(): Promise<boolean> {
  try {
    await fetch('/', { method: 'HEAD', cache: 'no-store' });
    return true;
  } catch {
    return false;
  }
}

function openSocket(session: string): Promise<WebSocket> {
  const url = new URL(socketPath, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = '';
  const socket = new WebSocket(url, [socketProtocol, `session.${session}`]);
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(socket), { once: true });
    socket.addEventListener('close', () => reject(new Error('The connection was refused.')), { once: true });
  });
}

function socketTransport(socket: WebSocket): Transport {
  return {
    send: (frame) => socket.send(JSON.stringify(frame)),
    onFrame: (listener) => socket.addEventListener('message', (event) => listener(JSON.parse(String(event.data)))),
    onClose: (listener) => socket.addEventListener('close', () => listener(), { once: true }),
    close: () => socket.close(),
    bufferedBytes: () => socket.bufferedAmount,
  };
}

/**
 * Opens transports to the loopback host this page came from. The session lives in sessionStorage: it
 * survives a reload and dies with the tab. Throws ConnectionRefused when the host does not know us (any more).
 */
export function webSocketOpener(token: string | null): () => Promise<Transport> {
  let unusedToken = token;
  return async () => {
    if (unusedToken !== null) {
      const session = await tradeToken(unusedToken);
      unusedToken = null;
      if (session !== null) sessionStorage.setItem(sessionKey, session);
    }
    const session = sessionStorage.getItem(sessionKey);
    if (session === null) throw new ConnectionRefused();
    try {
      return socketTransport(await openSocket(session));
    } catch (error) {
      if (await hostAnswers()) throw new ConnectionRefused();
      throw error;
    }
  };
}
