import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findBrowser } from './find-browser.ts';
import { browserArguments } from './launch-browser.ts';
import { startLoopback, type LoopbackHost } from './start.ts';

let dataDir: string;
let host: LoopbackHost | undefined;
beforeEach(() => (dataDir = mkdtempSync(path.join(tmpdir(), 'tally-browser-'))));
afterEach(async () => {
  await host?.close();
  rmSync(dataDir, { recursive: true });
});

it('finds the browser that is named, else Chrome before Chromium before Edge, in the order of PATH', () => {
  const search = (present: readonly string[], environment: Record<string, string> = {}): string | null =>
    findBrowser({
      platform: 'linux',
      environment: { PATH: '/a:/b', ...environment },
      homeDir: '/h',
      isExecutable: (file) => present.includes(file),
    });
  expect(search([])).toBeNull();
  expect(search(['/b/chromium', '/a/microsoft-edge'])).toBe('/b/chromium');
  expect(search(['/b/google-chrome', '/a/chromium'])).toBe('/b/google-chrome');
  expect(search(['/a/chromium', '/x/mine'], { TALLY_BROWSER: '/x/mine' })).toBe('/x/mine');
});

it('finds it where macOS and Windows install programs', () => {
  const anything = (file: string): boolean => file.includes('Edge');
  const common = { environment: { PROGRAMFILES: 'C:\\Programs' }, homeDir: '/Users/ada', isExecutable: anything };
  expect(findBrowser({ ...common, platform: 'darwin' })).toBe('/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge');
  expect(findBrowser({ ...common, platform: 'win32' })).toBe('C:\\Programs\\Microsoft\\Edge\\Application\\msedge.exe');
});

it('gives up the browser’s sandbox for root alone', () => {
  expect(browserArguments('http://127.0.0.1:1/', '/p', false)).not.toContain('--no-sandbox');
  expect(browserArguments('http://127.0.0.1:1/', '/p', true)).toContain('--no-sandbox');
});

/** Stands in for Chromium: opens the page's socket from the URL it was given, then ends as a closed window does. */
function writeBrowser(body: string): string {
  const file = path.join(dataDir, 'browser.mjs');
  const program = `#!${process.execPath}
const url = new URL(process.argv.find((arg) => arg.startsWith('--app=')).slice('--app='.length));
${body}`;
  writeFileSync(file, program, { mode: 0o700 });
  return file;
}

const visit = `
const headers = { origin: url.origin, 'content-type': 'application/json' };
const answer = await fetch(url.origin + '/session', { method: 'POST', headers, body: JSON.stringify({ token: url.hash.slice('#token='.length) }) });
const { session } = await answer.json();
const { WebSocket } = await import(${JSON.stringify(import.meta.resolve('ws'))});
const socket = new WebSocket(url.origin.replace('http', 'ws') + '/rpc', ['tally.v1', 'session.' + session], { origin: url.origin });
socket.on('open', () => setTimeout(() => process.exit(0), 50));
`;

async function start(browser: string): Promise<{ lines: string[]; isEnd: Promise<boolean> }> {
  const lines: string[] = [];
  const { promise, resolve } = Promise.withResolvers<boolean>();
  host = await startLoopback({
    core: { accept: () => undefined, close: async () => undefined },
    dataDir,
    pageDir: dataDir,
    port: 0,
    isWindowWanted: true,
    environment: { TALLY_BROWSER: browser, DISPLAY: ':0' },
    now: Date.now,
    windowGraceMs: 20,
    print: (line) => void lines.push(line),
    onWindowGone: resolve,
  });
  return { lines, isEnd: promise };
}

it('ends with its window, whose token is another than the printed one', async () => {
  const { lines, isEnd } = await start(writeBrowser(visit));
  expect(await isEnd).toBe(true);
  expect(lines).toEqual([expect.stringMatching(/^Tally is running at http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/)]);
});

it('goes on when the browser never showed the page, so that the printed address still works', async () => {
  const { isEnd } = await start(writeBrowser(`process.exit(1);`));
  expect(await isEnd).toBe(false);
});
