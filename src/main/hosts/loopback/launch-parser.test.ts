// oxlint-disable unicorn/require-post-message-target-origin -- These are ports between processes; only a window has an origin.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ParserProcess } from '../../core/ports.ts';
import { forkParser } from './launch-parser.ts';

let dir: string;
beforeEach(() => (dir = mkdtempSync(path.join(tmpdir(), 'tally-parser-'))));
afterEach(() => rmSync(dir, { recursive: true }));

function launch(source: string, maxHeapMegabytes = 64): ParserProcess {
  const program = path.join(dir, 'program.mjs');
  writeFileSync(program, source);
  return forkParser(program, { OPENAI_API_KEY: 'sk-1', NODE_OPTIONS: '--no-warnings', TMPDIR: dir })({ maxHeapMegabytes });
}

const message = (child: ParserProcess): Promise<unknown> => new Promise((resolve) => child.onMessage(resolve));
const exit = (child: ParserProcess): Promise<number | null> => new Promise((resolve) => child.onExit(resolve));

it('gives the program nothing of our environment that it does not need', async () => {
  const child = launch(`process.once('message', (bytes) => { process.send([Object.keys(process.env), bytes]); process.disconnect(); });`);
  child.postMessage(new Uint8Array([1, 2]));
  await expect(message(child)).resolves.toEqual([
    expect.not.arrayContaining(['OPENAI_API_KEY', 'NODE_OPTIONS', 'PATH']),
    new Uint8Array([1, 2]),
  ]);
  await expect(exit(child)).resolves.toBe(0);
});

it('survives a program that eats its heap', async () => {
  const child = launch(`const all = []; for (;;) all.push(new Array(10_000).fill(all.length));`, 32);
  await expect(exit(child)).resolves.not.toBe(0);
  child.postMessage('nobody is there');
});

it('kills a program that never comes back', async () => {
  const child = launch(`process.send('caught in a loop'); for (;;);`);
  await message(child);
  child.kill();
  await expect(exit(child)).resolves.toBeNull();
});
