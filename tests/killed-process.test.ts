import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { startTestCore } from './core/start-test-core.ts';
import { createGate, startFakeOpenAi } from './fake-openai/start-fake-openai.ts';

const cleanups: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

test('a process killed in the middle of an answer loses less than a second of it and none of its cost', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-killed-'));
  cleanups.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const gate = createGate({ afterTokens: 40 });
  const tokens = Array.from({ length: 80 }, (_, index) => ` word${index}`);
  const server = await startFakeOpenAi({ reply: () => ({ tokens, gate }) });
  cleanups.push(() => server.close());

  const ask = path.resolve(import.meta.dirname, '../src/main/ask.ts');
  const child = spawn(process.execPath, [ask, '--json', '--model', 'gpt-4o-mini', '--data-dir', dataDir, 'Count'], {
    env: { PATH: process.env['PATH'], OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'sk-test-0123456789abcdef' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanups.push(() => void child.kill('SIGKILL'));
  await gate.reached();
  await whenSaved(dataDir, ' word39');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const core = await startTestCore({ dataDir });
  cleanups.push(() => core.close());
  expect((await core.client.call('app.info')).recoveredAnswerCount).toBe(1);
  const { conversations } = await core.client.call('conversations.list', {});
  const { messages } = await core.client.call('conversations.open', { conversationId: conversations[0]?.id ?? '' });
  expect(messages[1]).toMatchObject({
    status: 'interrupted',
    text: tokens.slice(0, 40).join(''),
    failure: { code: 'PROCESS_KILLED' },
    receipt: { calls: [{ purpose: 'answer', outcome: 'interrupted', tokenSource: 'local' }] },
  });
  expect(messages[1]?.receipt?.total.costNanos).toBeGreaterThan(0);
  const file = new Database(path.join(dataDir, 'tally.db'), { readonly: true });
  expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
  file.close();
});

/** Resolves when the answer in the file ends with `ending`; another process writes it, so the file itself has to be asked. */
async function whenSaved(dataDir: string, ending: string): Promise<void> {
  const file = new Database(path.join(dataDir, 'tally.db'), { readonly: true });
  const saved = file.prepare<[string], number>("SELECT count(*) FROM message WHERE role = 'assistant' AND text LIKE '%' || ?").pluck();
  while (saved.get(ending) === 0) await new Promise((resolve) => setImmediate(resolve));
  file.close();
}
