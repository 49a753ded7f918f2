import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { startHttpServer, type HttpServer } from './http-server.ts';
import { createSessions, type Sessions } from './sessions.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let dir: string;
let sessions: Sessions;
let server: HttpServer;
let usedTokenCount: number;
let transportCount: number;

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'tally-http-'));
  const pageDir = path.join(dir, 'renderer');
  mkdirSync(path.join(pageDir, 'assets'), { recursive: true });
  writeFileSync(path.join(pageDir, 'index.html'), '<title>Tally</title>');
  writeFileSync(path.join(pageDir, 'assets', 'app-1a2b.js'), 'export {};');
  writeFileSync(path.join(pageDir, 'notes.txt'), 'not part of a page');
  writeFileSync(path.join(dir, 'secret.json'), '{}');
  sessions = createSessions(() => 0);
  usedTokenCount = 0;
  transportCount = 0;
  server = await startHttpServer({
    port: 0,
    pageDir,
    sessions,
    onTransport: () => void (transportCount += 1),
    onUsedToken: () => void (usedTokenCount += 1),
    heartbeatMs: 60_000,
  });
});

afterEach(async () => {
  await server.close();
  rmSync(dir, { recursive: true });
});

const ownHost = (): string => `127.0.0.1:${server.port}`;
const ownOrigin = (): string => `http://${ownHost()}`;

/** node:http, because fetch neither lets a Host be set nor sends a path as it is. */
function send(options: { method?: string; path?: string; headers?: Record<string, string>; body?: string }): Promise<Answer> {
  const { method = 'GET', path: requestPath = '/', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, method, path: requestPath, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const pageHeaders = (): Record<string, string> => ({
  origin: ownOrigin(),
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/json',
});

function trade(token: string, headers: Record<string, string> = pageHeaders()): Promise<Answer> {
  return send({ method: 'POST', path: '/session', headers, body: JSON.stringify({ token }) });
}

/** Resolves with the accepted sub-protocol, or with the status of the refusal. */
function openSocket(protocols: string[], options: ClientOptions = {}, url = `ws://${ownHost()}/rpc`): Promise<string | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, protocols, { origin: ownOrigin(), ...options });
    socket.once('unexpected-response', (_, response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.once('open', () => {
      resolve(socket.protocol);
      socket.terminate();
    });
    socket.once('error', reject);
  });
}

async function openSession(): Promise<string> {
  // The server answers 200 with exactly this.
  const { session } = JSON.parse((await trade(sessions.issueToken())).body) as { session: string };
  return session;
}

describe('the page', () => {
  it('is served with a policy that lets it load nothing from elsewhere', async () => {
    const answer = await send({});
    expect(answer).toMatchObject({ status: 200, body: '<title>Tally</title>' });
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
    const policy = answer.headers['content-security-policy'];
    for (const directive of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]) expect(policy).toContain(directive);
    expect(policy).not.toContain('unsafe');
  });

  it.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/..%5c..%5c..%5csecret.json',
    '/%00',
    '/%',
    '/notes.txt',
    '/missing.js',
  ])('has no file at %s', async (requestPath) => {
    await expect(send({ path: requestPath })).resolves.toMatchObject({ status: 404, body: '' });
  });

  it('is reached by a link on another site, but not used by one', async () => {
    const crossSite = { 'sec-fetch-site': 'cross-site' };
    await expect(send({ headers: { ...crossSite, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' } })).resolves.toMatchObject({
      status: 200,
    });
    await expect(send({ headers: { ...crossSite, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' } })).resolves.toMatchObject({
      status: 403,
    });
    await expect(send({ path: '/assets/app-1a2b.js', headers: { ...crossSite, 'sec-fetch-mode': 'no-cors' } })).resolves.toMatchObject({
      status: 403,
    });
  });

  it('is not reached under any other name: a rebound one gets 421', async () => {
    for (const host of [
      'rebind.test',
      `localhost:${server.port}`,
      `0.0.0.0:${server.port}`,
      `[::1]:${server.port}`,
      '127.0.0.1',
      `${ownHost()}.`,
    ]) {
      await expect(send({ headers: { host } })).resolves.toMatchObject({ status: 421, body: '' });
      await expect(trade(sessions.issueToken(), { ...pageHeaders(), host })).resolves.toMatchObject({ status: 421 });
      await expect(openSocket(['tally.v1'], { headers: { host } })).resolves.toBe(421);
    }
  });

  it('listens on 127.0.0.1 alone', async () => {
    // Linux has all of 127.0.0.0/8 on its loopback device; elsewhere the address does not exist, which refuses as well.
    const refused = new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.2', port: server.port, timeout: 1_000 }, () => resolve(false));
      socket.once('error', () => resolve(true));
      socket.once('timeout', () => resolve(true));
    });
    await expect(refused).resolves.toBe(true);
  });

  it('changes nothing by any other method', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) await expect(send({ method })).resolves.toMatchObject({ status: 405 });
    await expect(send({ path: '/session' })).resolves.toMatchObject({ status: 405 });
  });
});

describe('the session', () => {
  it('is given once for each token', async () => {
    const token = sessions.issueToken();
    const first = await trade(token);
    expect(first).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    await expect(trade(token)).resolves.toMatchObject({ status: 401, body: '' });
    expect(usedTokenCount).toBe(1);
    await expect(trade('guessed')).resolves.toMatchObject({ status: 401 });
    expect(usedTokenCount).toBe(1);
  });

  it('stops answering guesses after twenty, while the right token still works', async () => {
    for (let attempt = 0; attempt < 20; attempt += 1) await expect(trade(`guess ${attempt}`)).resolves.toMatchObject({ status: 401 });
    await expect(trade('one more')).resolves.toMatchObject({ status: 429 });
    await expect(trade(sessions.issueToken())).resolves.toMatchObject({ status: 200 });
  });

  it('is not given to another site, another port or a form, and their token is not used up', async () => {
    const token = sessions.issueToken();
    const { origin: _, ...withoutOrigin } = pageHeaders();
    const refusals: [Record<string, string>, number][] = [
      [withoutOrigin, 403],
      [{ ...pageHeaders(), origin: 'https://evil.test' }, 403],
      [{ ...pageHeaders(), origin: `http://127.0.0.1:${server.port + 1}` }, 403],
      [{ ...pageHeaders(), origin: 'null' }, 403],
      [{ ...pageHeaders(), 'sec-fetch-site': 'same-site' }, 403],
      [{ ...pageHeaders(), 'content-type': 'text/plain' }, 415],
      [{ ...pageHeaders(), 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ];
    for (const [headers, status] of refusals) await expect(trade(token, headers)).resolves.toMatchObject({ status });
    await expect(trade(token)).resolves.toMatchObject({ status: 200 });
  });

  it('takes no endless body and no other shape', async () => {
    const post = (body: string): Promise<Answer> => send({ method: 'POST', path: '/session', headers: pageHeaders(), body });
    for (const body of ['', 'null', '[]', '{"token":1}', '{']) await expect(post(body)).resolves.toMatchObject({ status: 401 });
    const answer = await post('x'.repeat(100_000)).catch(() => null);
    expect(answer === null || answer.status === 413).toBe(true);
  });
});

describe('the socket', () => {
  it('opens for the page with its session, which is not sent back', async () => {
    await expect(openSocket(['tally.v1', `session.${await openSession()}`])).resolves.toBe('tally.v1');
    expect(transportCount).toBe(1);
  });

  it('stays closed without the session, from any other origin, and from none', async () => {
    const right = ['tally.v1', `session.${await openSession()}`];
    await expect(openSocket(['tally.v1'])).resolves.toBe(401);
    await expect(openSocket(['tally.v1', 'session.guessed'])).resolves.toBe(401);
    await expect(openSocket(['tally.v1', `session.${sessions.issueToken()}`])).resolves.toBe(401);
    await expect(openSocket(right, { origin: 'https://evil.test' })).resolves.toBe(403);
    await expect(openSocket(right, { origin: `http://127.0.0.1:${server.port + 1}` })).resolves.toBe(403);
    await expect(openSocket(right, { origin: undefined })).resolves.toBe(403);
    await expect(openSocket(right, {}, `ws://${ownHost()}/`)).resolves.toBe(404);
    expect(transportCount).toBe(0);
  });

  it('closes on a frame larger than any request is', async () => {
    const socket = new WebSocket(`ws://${ownHost()}/rpc`, ['tally.v1', `session.${await openSession()}`], { origin: ownOrigin() });
    await new Promise((resolve) => socket.once('open', resolve));
    const code = new Promise((resolve) => socket.once('close', resolve));
    socket.send('x'.repeat(5 * 1024 * 1024));
    await expect(code).resolves.toBe(1009);
  });
});

it('says which port is taken', async () => {
  const options = { pageDir: dir, sessions, onTransport: () => undefined, onUsedToken: () => undefined, heartbeatMs: 1_000 };
  await expect(startHttpServer({ ...options, port: server.port })).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    data: { port: server.port },
  });
});
