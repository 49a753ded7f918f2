import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

function contacted(recorded: readonly Recorded[]): Set<string> {
  return new Set(recorded.filter(({ kind }) => kind !== 'mark').map(({ kind, target }) => `${kind} ${target}`));
}

it(
  'nothing but the model’s host, and that of a page someone adds, is ever contacted, and the first send waits on nothing else',
  { timeout: 60_000 },
  async () => {
    const { port } = new URL(server.baseUrl);
    const program = fileURLToPath(new URL('./first-send.ts', import.meta.url));
    // It names other hosts in every way a page can.
    const html =
      '<link rel="stylesheet" href="http://a.invalid/a.css"><img src="http://b.invalid/b.png"><script src="http://c.invalid/c.js"></script><p>Tides</p>';
    const site = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html));
    await once(site.listen(0, '127.0.0.1'), 'listening');
    // A TCP server's address is an AddressInfo.
    const { port: sitePort } = site.address() as AddressInfo;
    const child = spawn(process.execPath, [program, `http://localhost:${port}/v1`, `http://127.0.0.1:${sitePort}/tides`], {
      // Both programs write their record here: the parser is given no other variable of ours.
      env: { PATH: process.env['PATH'], TMPDIR: directory, TEMP: directory, TMP: directory },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    expect(await once(child, 'exit')).toEqual([0, null]);
    site.close();

    const lines = readFileSync(path.join(directory, 'connections.jsonl'), 'utf8').trim().split('\n');
    // Written by the programs this test has started.
    const recorded = lines.map((line) => JSON.parse(line) as Recorded);
    const started = recorded.findIndex(({ target }) => target === 'started');
    expect(recorded.slice(0, started)).toEqual([]);
    const page = recorded.findIndex(({ target }) => target === 'page');
    expect(contacted(recorded.slice(0, page))).toEqual(new Set([`connect localhost:${port}`, 'lookup localhost']));
    expect(contacted(recorded.slice(page))).toContain(`connect 127.0.0.1:${sitePort}`);
    // The page's text is embedded, by the provider; nothing that the page names is asked for.
    expect(contacted(recorded)).toEqual(new Set([`connect localhost:${port}`, 'lookup localhost', `connect 127.0.0.1:${sitePort}`]));
    const billable = server.requests.filter(({ method }) => method === 'POST').map(({ path: where }) => where);
    expect(billable).toEqual([
      '/v1/chat/completions',
      '/v1/chat/completions',
      '/v1/embeddings',
      '/v1/chat/completions',
      '/v1/embeddings',
      '/v1/chat/completions',
    ]);
  },
);
