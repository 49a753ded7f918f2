import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimDataDir } from './data-dir-lock.ts';

let dataDir: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'tally-lock-'));
});

afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(dataDir, { recursive: true });
});

/** Another process that holds the folder until it is killed. */
async function startHolder(): Promise<ChildProcess> {
  const source = `
    import { claimDataDir } from ${JSON.stringify(pathToFileURL(path.join(import.meta.dirname, 'data-dir-lock.ts')).href)};
    globalThis.claim = claimDataDir(process.argv[1]);
    process.stdout.write(globalThis.claim === null ? 'refused' : 'claimed');
    setInterval(() => {}, 60_000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', source, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(holder.stdout, 'data');
  expect(String(said)).toBe('claimed');
  return holder;
}

it('keeps a second process out, and is free again the moment the first is killed', async () => {
  child = await startHolder();
  expect(claimDataDir(dataDir)).toBeNull();
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  const claim = claimDataDir(dataDir);
  expect(claim).not.toBeNull();
  claim?.release();
});

it('can be given back', () => {
  const first = claimDataDir(dataDir);
  expect(claimDataDir(dataDir)).toBeNull();
  first?.release();
  const second = claimDataDir(dataDir);
  expect(second).not.toBeNull();
  second?.release();
});
