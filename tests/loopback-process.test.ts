import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRpcClient } from '../src/shared/rpc/client.ts';
import type { AppContract } from '../src/shared/contract/index.ts';
import { openSession, openSocketTransport } from './transports.ts';

const entry = path.resolve(import.meta.dirname, '../src/main/loopback.ts');
const apiKey = 'sk-environment-0123456789';

let dir: string;
let running: ChildProcess[];
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'tally-process-'));
  running = [];
});
afterEach(async () => {
  const ends = running.filter((child) => child.exitCode === null && child.signalCode === null);
  await Promise.all(ends.map((child) => new Promise((resolve) => child.once('exit', resolve).kill('SIGKILL'))));
  rmSync(dir, { recursive: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly output: { out: string; err: string };
  readonly exited: Promise<number | null>;
  /** Resolves with the address once it is printed. */
  readonly address: Promise<URL>;
}

function start(...args: string[]): Started {
  const child = spawn(process.execPath, [entry, '--no-open', '--data-dir', path.join(dir, 'data'), ...args], {
    env: { ...process.env, OPENAI_API_KEY: apiKey },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const output = { out: '', err: '' };
  const { promise: address, resolve } = Promise.withResolvers<URL>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.out += text;
    const url = /^Tally is running at (\S+)\n/m.exec(output.out)?.[1];
    if (url !== undefined) resolve(new URL(url));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.err += text));
  // 'close' comes after the last output, 'exit' may not.
  const exited = new Promise<number | null>((resolveExit) => child.once('close', resolveExit));
  return { child, output, exited, address };
}

it('prints one line, answers the page, keeps everything to its owner and ends cleanly', async () => {
  const { child, output, exited, address } = start();
  const url = await address;
  const page = await openSocketTransport(Number(url.port), await openSession(Number(url.port), url.hash.replace('#token=', '')));
  const client = createRpcClient<AppContract>(page);
  const info = await client.call('app.info');
  expect(info).toMatchObject({ host: 'loopback', dataDir: path.join(dir, 'data') });

  const isClosed = new Promise<void>((resolve) => client.onClose(resolve));
  child.kill('SIGTERM');
  await expect(exited).resolves.toBe(0);
  await isClosed;
  expect(output.out).toMatch(/^Tally is running at http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/);
  expect(output.err).toBe('');

  const files = readdirSync(path.join(dir, 'data'), { recursive: true, withFileTypes: true }).map((file) =>
    path.join(file.parentPath, file.name),
  );
  expect(files.some((file) => file.endsWith('tally.db'))).toBe(true);
  for (const file of files) {
    expect(statSync(file).mode & 0o077).toBe(0);
    if (statSync(file).isFile()) expect(readFileSync(file, 'latin1')).not.toContain(apiKey);
  }
});

it('leaves a folder that is in use and a port that is taken alone, in a sentence each', async () => {
  const first = start();
  const { port } = await first.address;
  const second = start();
  await expect(second.exited).resolves.toBe(1);
  expect(second.output).toMatchObject({ out: '', err: expect.stringMatching(/^Tally is already running[^\n]*\n$/) as unknown });
  const third = start('--data-dir', path.join(dir, 'other'), '--port', port);
  await expect(third.exited).resolves.toBe(1);
  expect(third.output).toMatchObject({
    out: '',
    err: expect.stringMatching(new RegExp(`^Another program uses this port[^\\n]*${port}\\)\\n$`)) as unknown,
  });
});

it.each([
  ['a folder that cannot be written to', ['--data-dir', path.join(entry, 'below')], /^Tally may not write to its data folder[^\n]*\n$/],
  ['a flag it does not know', ['--prot', '80'], /^Usage: [^\n]*\n$/],
  ['a port that is none', ['--port', '80a'], /^Usage: [^\n]*\n$/],
])('refuses %s in one line', async (_, args, sentence) => {
  const { output, exited } = start(...args);
  await expect(exited).resolves.toBe(1);
  expect(output).toMatchObject({ out: '', err: expect.stringMatching(sentence) as unknown });
});

it('does not touch a file that is not its database', async () => {
  const { child, address, exited } = start();
  await address;
  child.kill('SIGINT');
  await exited;
  const file = path.join(dir, 'data', 'tally.db');
  for (const name of ['tally.db-wal', 'tally.db-shm']) rmSync(path.join(dir, 'data', name), { force: true });
  writeFileSync(file, 'not a database, but somebody may need it');
  const again = start();
  await expect(again.exited).resolves.toBe(1);
  expect(again.output.err).toMatch(/^The database is damaged[^\n]*tally\.db\)\n$/);
  expect(readFileSync(file, 'utf8')).toBe('not a database, but somebody may need it');
});
