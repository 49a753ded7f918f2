import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { socketPath, socketProtocol } from '../src/shared/rpc/handshake.ts';
import { expect, test } from './fixtures.ts';
import { startLoopbackProcess } from './hosts/loopback.ts';
import { listen } from './listen.ts';
import { testKey } from './pages/first-run.ts';

const sessionKey = 'tally.session';

interface Upgrade {
  readonly host: string;
  readonly origin: string | null;
  readonly session: string | null;
}

/** The first line a WebSocket handshake is answered with. */
function upgrade(port: number, { host, origin, session }: Upgrade): Promise<string> {
  const protocols = [socketProtocol, ...(session === null ? [] : [`session.${session}`])].join(', ');
  const head = [
    `GET ${socketPath} HTTP/1.1`,
    `Host: ${host}`,
    ...(origin === null ? [] : [`Origin: ${origin}`]),
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    `Sec-WebSocket-Protocol: ${protocols}`,
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${head.join('\r\n')}\r\n\r\n`));
    socket.once('error', reject);
    socket.once('data', (data) => {
      resolve(data.toString('latin1').split('\r\n', 1)[0] ?? '');
      socket.destroy();
    });
  });
}

/** The status of a plain request, whatever name it gives its host. */
function statusOf(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, host: '127.0.0.1', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('error', reject).end();
  });
}

/** Where other computers would reach this one. */
function outsideAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address);
}

async function reach(port: number, address: string): Promise<void> {
  const socket = connect(port, address);
  await once(socket, 'connect').finally(() => socket.destroy());
}

test('the address works once, and leaves no trace of its token', async ({ startTally, openBrowser, dataDir }) => {
  const { page } = await startTally();
  await expect(page.getByRole('heading', { name: 'Welcome to Tally' })).toBeVisible();
  expect(page.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/(#\/.*)?$/);
  await page.goBack().catch(() => null);
  expect(page.url()).not.toContain('token');
  await page.goForward().catch(() => null);

  await test.step('a second use is refused with words', async () => {
    const { child, url } = await startLoopbackProcess({ dataDir: path.join(dataDir, 'other'), environment: {} });
    const context = await (await openBrowser()).newContext();
    const first = await context.newPage();
    await first.goto(url);
    await expect(first.getByRole('heading', { name: 'Welcome to Tally' })).toBeVisible();
    const second = await context.newPage();
    await second.goto(url);
    await expect(second.getByRole('alert').first()).toContainText('This page is no longer connected.');
    await expect(second.getByRole('alert').first()).toContainText('Open the address Tally prints when it starts.');
    await expect(second.getByRole('heading', { name: 'Welcome to Tally' })).toBeHidden();
    await first.reload();
    await expect(first.getByRole('heading', { name: 'Welcome to Tally' })).toBeVisible();
    await context.close();
    await end(child);
  });
});

test('nothing but the page itself gets a connection', async ({ startTally }) => {
  const { page } = await startTally();
  await expect(page.getByRole('heading', { name: 'Welcome to Tally' })).toBeVisible();
  const { host, origin, port } = new URL(page.url());
  const session = String(await page.evaluate(`sessionStorage.getItem('${sessionKey}')`));
  const own: Upgrade = { host, origin, session };
  const refused: readonly [string, Partial<Upgrade>, RegExp][] = [
    ['without a session', { session: null }, / 401 /],
    ['with a guessed session', { session: 'A'.repeat(43) }, / 401 /],
    ['from another site', { origin: 'https://evil.example' }, / 403 /],
    ['from another port of this computer', { origin: 'http://127.0.0.1:1' }, / 403 /],
    ['from nowhere', { origin: null }, / 403 /],
    ['under a name that was rebound to us', { host: `evil.example:${port}`, origin: `http://evil.example:${port}` }, / 421 /],
  ];
  for (const [name, change, status] of refused) {
    await test.step(name, async () => expect(await upgrade(Number(port), { ...own, ...change })).toMatch(status));
  }
  expect(await upgrade(Number(port), own)).toMatch(/ 101 /);
  for (const foreign of [`localhost:${port}`, `0.0.0.0:${port}`, 'evil.example']) expect(await statusOf(Number(port), foreign)).toBe(421);
  expect(await statusOf(Number(port), host)).toBe(200);
  for (const address of outsideAddresses())
    await expect(reach(Number(port), address)).rejects.toThrow(/ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH/);
});

test('the start prints one line and nothing private besides', async ({ dataDir, model }) => {
  const environment = { OPENAI_API_KEY: testKey, OPENAI_BASE_URL: model.baseUrl };
  const { output, child } = start(['--port', '0', '--data-dir', dataDir], environment);
  await expect.poll(() => output.text).toMatch(/\n$/);
  expect(output.text).toMatch(/^Tally is running at http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/);
  await end(child);
  expect(output.text).toMatch(/^[^\n]+\n$/);
});

test('says in a sentence why it cannot start', async ({ dataDir }) => {
  await test.step('a port that is taken', async () => {
    const other = createServer();
    const port = await listen(other);
    await expectRefusal(['--port', String(port), '--data-dir', path.join(dataDir, 'a')], `Another program uses this port. .*\\(${port}\\)`);
    other.close();
  });
  await test.step('a folder it may not write to', async () => {
    const folder = path.join(dataDir, 'read-only');
    mkdirSync(folder);
    chmodSync(folder, 0o500);
    // Root may write everywhere; a file where the folder should be stops it as well.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) writeFileSync(path.join(folder, 'file'), '');
    await expectRefusal(['--data-dir', isRoot ? path.join(folder, 'file') : folder], 'Tally may not write to its data folder\\. .*');
  });
  await test.step('a database of a newer version', async () => {
    const folder = path.join(dataDir, 'newer');
    await end((await startLoopbackProcess({ dataDir: folder, environment: {} })).child);
    const file = new Database(path.join(folder, 'tally.db'));
    file.pragma('user_version = 9999');
    file.close();
    await expectRefusal(['--data-dir', folder], 'The data was written by a newer version of Tally\\. .*');
  });
  await test.step('a folder that is in use', async () => {
    const folder = path.join(dataDir, 'in-use');
    const { child } = await startLoopbackProcess({ dataDir: folder, environment: {} });
    await expectRefusal(['--data-dir', folder], 'Tally is already running with this data folder\\. .*');
    await end(child);
  });
  await test.step('an option it does not know', () => expectRefusal(['--nonsense'], 'Usage: .*'));
});

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

async function expectRefusal(args: readonly string[], sentence: string): Promise<void> {
  const { output, child } = start(args, {});
  const [code] = await once(child, 'close');
  expect(output.text).toMatch(new RegExp(`^${sentence}\n$`));
  expect(code).toBe(1);
}

/** Starts the built host; what it prints on either stream is gathered. */
function start(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['out/main/loopback.js', '--no-open', ...args], { env: { PATH, HOME, ...environment } });
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output.text += String(data)));
  return { child, output };
}
