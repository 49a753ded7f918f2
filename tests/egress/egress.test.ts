import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeOpenAi, type FakeOpenAi } from '../fake-openai/start-fake-openai.ts';

let directory: string;
let server: FakeOpenAi;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'tally-egress-'));
  server = await startFakeOpenAi({
    reply: ({ body }) => (JSON.stringify(body).includes('<exchange>') ? { text: 'Ledgers, briefly' } : undefined),
  });
});

afterEach(async () => {
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

interface Recorded {
  readonly kind: 'connect' | 'lookup' | 'datagram' | 'mark';
  readonly target: string;
}

it('nothing but the model’s host is ever contacted, and the first send waits on nothing else', async () => {
  const { port } = new URL(server.baseUrl);
  const program = fileURLToPath(new URL('./first-send.ts', import.meta.url));
  const child = spawn(process.execPath, [program, `http://localhost:${port}/v1`], {
    // Both programs write their record here: the parser is given no other variable of ours.
    env: { PATH: process.env['PATH'], TMPDIR: directory, TEMP: directory, TMP: directory },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  expect(await once(child, 'exit')).toEqual([0, null]);

  const lines = readFileSync(path.join(directory, 'connections.jsonl'), 'utf8').trim().split('\n');
  // Written by the programs this test has started.
  const recorded = lines.map((line) => JSON.parse(line) as Recorded);
  const started = recorded.findIndex(({ target }) => target === 'started');
  expect(recorded.slice(0, started)).toEqual([]);
  const contacted = recorded.filter(({ kind }) => kind !== 'mark').map(({ kind, target }) => `${kind} ${target}`);
  expect(new Set(contacted)).toEqual(new Set([`connect localhost:${port}`, 'lookup localhost']));
  const billable = server.requests.filter(({ method }) => method === 'POST').map(({ path: where }) => where);
  expect(billable).toEqual([
    '/v1/chat/completions',
    '/v1/chat/completions',
    '/v1/embeddings',
    '/v1/chat/completions',
    '/v1/embeddings',
    '/v1/chat/completions',
  ]);
});
