import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFileLogger } from './file-logger.ts';

let dataDir: string;
beforeEach(() => (dataDir = mkdtempSync(path.join(tmpdir(), 'tally-log-'))));
afterEach(() => rmSync(dataDir, { recursive: true }));

const logFile = (): string => path.join(dataDir, 'logs', 'tally.log');

it('writes one JSON object a line, for its owner alone', () => {
  const log = createFileLogger(dataDir, () => 0);
  log.info('core.started', { version: '0.1.0', isRecovered: false });
  log.error('rpc.handler_failed', { route: 'chat.send', code: null });
  const lines = readFileSync(logFile(), 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { at: '1970-01-01T00:00:00.000Z', level: 'info', event: 'core.started', version: '0.1.0', isRecovered: false },
    { at: '1970-01-01T00:00:00.000Z', level: 'error', event: 'rpc.handler_failed', route: 'chat.send', code: null },
  ]);
  expect(statSync(logFile()).mode & 0o077).toBe(0);
});

it.each([
  'Incorrect API key provided: sk-proj-abcDEF123456',
  'authorization: Bearer abcdef123456',
  'GET /x?api_key=abcdef123456',
  'http://127.0.0.1:1/#token=abcdef123456',
  'gsk_abcdef123456',
  'abcdef123456'.repeat(5),
])('blots out what looks like a key: %s', (detail) => {
  createFileLogger(dataDir, () => 0).warn('provider.failed', { detail });
  expect(readFileSync(logFile(), 'utf8')).not.toMatch(/abc(def|DEF)/);
});

it('keeps an id and a stack readable', () => {
  const fields = { id: '0199a5b0-7c1d-7e7b-8a3f-1a2b3c4d5e6f', stack: 'at runStream (/app/out/main/chunks/create-core.js:10:5)' };
  createFileLogger(dataDir, () => 0).info('x', fields);
  expect(JSON.parse(readFileSync(logFile(), 'utf8'))).toMatchObject(fields);
});

it('starts a new file when the old one is large, and keeps one predecessor', () => {
  const log = createFileLogger(dataDir, () => 0);
  log.info('first');
  for (let line = 0; line < 1_200; line += 1) log.info('filler', { text: 'word '.repeat(390) });
  expect(existsSync(`${logFile()}.1`)).toBe(true);
  expect(statSync(logFile()).size).toBeLessThan(2.1 * 1024 * 1024);
});

it('does not stop the program when it cannot write', () => {
  writeFileSync(path.join(dataDir, 'logs'), 'a file where the folder should be');
  expect(() => createFileLogger(dataDir, () => 0).info('x')).not.toThrow();
});
