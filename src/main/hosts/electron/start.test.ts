// oxlint-disable unicorn/require-post-message-target-origin -- These are ports between processes; only a window has an origin.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as standIn from '../../../../tests/electron-stand-in/electron.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { Transport } from '../../../shared/rpc/protocol.ts';
import type { CorePorts } from '../../core/ports.ts';
import { startElectron } from './start.ts';

vi.mock('electron', () => import('../../../../tests/electron-stand-in/electron.ts'));

let root: string;
let accepted: Transport[];
let ports: CorePorts | undefined;
let isCoreClosed: boolean;

beforeEach(() => {
  standIn.reset();
  root = mkdtempSync(path.join(tmpdir(), 'tally-electron-'));
  standIn.system.dataDir = path.join(root, 'data');
  mkdirSync(path.join(root, 'out', 'renderer'), { recursive: true });
  writeFileSync(path.join(root, 'out', 'renderer', 'index.html'), '<title>Tally</title>');
  accepted = [];
  ports = undefined;
  isCoreClosed = false;
});

afterEach(() => {
  for (const transport of accepted) transport.close();
  process.removeAllListeners('uncaughtException');
  rmSync(root, { recursive: true });
});

function start(createCore?: () => Promise<never>): Promise<void> {
  return startElectron({
    programDir: path.join(root, 'out', 'main'),
    environment: {},
    createCore:
      createCore ??
      (async (given) => {
        ports = given;
        return { accept: (transport) => void accepted.push(transport), close: async () => void (isCoreClosed = true) };
      }),
  });
}

const window = (): standIn.BrowserWindow => {
  const [first] = standIn.recorded.windows;
  if (first === undefined) throw new Error('No window was opened.');
  return first;
};

/** A page asks the main process for a port; returns what was posted back to its frame. */
function askForPort(frame: { url: string; parent: unknown } | null): unknown[] {
  const posted: unknown[] = [];
  const senderFrame = frame && { ...frame, postMessage: (...args: unknown[]) => void posted.push(args) };
  standIn.ipcMain.emit('tally:port', { senderFrame });
  return posted;
}

describe('the window', () => {
  it('shows the page in a sandbox, without Node, and without a flash of white', async () => {
    await start();
    expect(window().options).toMatchObject({
      show: false,
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
    });
    expect(window().options['backgroundColor']).not.toBe('#ffffff');
    expect(window().webContents.url).toBe('app://tally/');
  });

  it('opens where it was closed', async () => {
    await start();
    expect(window().options['width']).toBe(1280);
    window().emit('close');
    window().emit('closed');
    standIn.app.emit('activate');
    expect(standIn.recorded.windows[1]?.options).toMatchObject({ x: 10, y: 20, width: 900, height: 700 });
  });

  it('comes to the front when Tally is started a second time', async () => {
    await start();
    standIn.app.emit('second-instance');
    expect(standIn.recorded.windows).toHaveLength(1);
    expect(window().isFocused).toBe(true);
  });

  it('stays where it is: only the page itself may be navigated to', async () => {
    await start();
    const { webContents } = window();
    for (const kind of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect(webContents.navigates(kind, 'app://tally/#/spend')).toBe(true);
      for (const url of [
        'https://evil.test/',
        'file:///etc/passwd',
        'app://other/',
        'app://tally.evil.test/',
        'data:text/html,x',
        'javascript:1',
      ]) {
        expect(webContents.navigates(kind, url)).toBe(false);
      }
    }
    expect(webContents.navigates('will-attach-webview', '')).toBe(false);
  });

  it('opens links outside, and only those that cannot start a program', async () => {
    await start();
    const open = (url: string): string => window().webContents.openHandler({ url }).action;
    for (const url of [
      'https://example.test/a',
      'mailto:ada@example.test',
      'file:///etc/passwd',
      'javascript:1',
      'smb://x/y',
      'ms-msdt:x',
      '\\\\host\\share',
      'tally:x',
    ]) {
      expect(open(url)).toBe('deny');
    }
    expect(standIn.recorded.openedOutside).toEqual(['https://example.test/a', 'mailto:ada@example.test']);
  });

  it('may copy and tell of an answer, read a chosen folder, and nothing else', async () => {
    await start();
    const contents = (url: string): { getURL(): string } => ({ getURL: () => url });
    const isGranted = (url: string, permission: string, details = {}): boolean => {
      let answer = false;
      standIn.recorded.permissionRequest?.(...([contents(url), permission, (granted: boolean) => (answer = granted), details] as never[]));
      expect(standIn.recorded.permissionCheck?.(...([contents(url), permission, 'app://tally', details] as never[]))).toBe(answer);
      return answer;
    };
    expect(isGranted('app://tally/', 'clipboard-sanitized-write')).toBe(true);
    expect(isGranted('app://tally/', 'notifications')).toBe(true);
    expect(isGranted('https://evil.test/', 'clipboard-sanitized-write')).toBe(false);
    expect(isGranted('https://evil.test/', 'notifications')).toBe(false);
    expect(isGranted('app://tally/', 'fileSystem', { fileAccessType: 'readable' })).toBe(true);
    expect(isGranted('https://evil.test/', 'fileSystem', { fileAccessType: 'readable' })).toBe(false);
    expect(isGranted('app://tally/', 'fileSystem', { fileAccessType: 'writable' })).toBe(false);
    for (const permission of ['media', 'geolocation', 'openExternal', 'clipboard-read', 'fileSystem']) {
      expect(isGranted('app://tally/', permission)).toBe(false);
    }
  });
});

describe('the page', () => {
  it('comes from its own scheme, with the policy of the other host', async () => {
    await start();
    expect(standIn.recorded.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
    const load = async (url: string, method = 'GET'): Promise<Response> => {
      const answer = await standIn.recorded.protocolHandlers.get('app')?.({ url, method } as Request);
      if (answer === undefined) throw new Error('Nothing serves the scheme.');
      return answer;
    };
    const page = await load('app://tally/');
    await expect(page.text()).resolves.toBe('<title>Tally</title>');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    for (const url of ['app://tally/../main/index.js', 'app://tally/%2e%2e%2fmain%2findex.js', 'app://other/', 'app://tally/missing.js']) {
      await expect(load(url)).resolves.toMatchObject({ status: 404 });
    }
    await expect(load('app://tally/', 'POST')).resolves.toMatchObject({ status: 404 });
  });

  it('gets a port that reaches the core', async () => {
    await start();
    const posted = askForPort({ url: 'app://tally/#/chat', parent: null });
    expect(posted).toEqual([['tally:port', null, [expect.anything()]]]);
    const [[, , [pagePort]]] = posted as [[string, null, [standIn.MessageChannelMain['port2']]]];
    const received = new Promise((resolve) => accepted[0]?.onFrame(resolve));
    pagePort.postMessage({ type: 'cancel', id: 1 });
    await expect(received).resolves.toEqual({ type: 'cancel', id: 1 });

    const isClosed = new Promise<void>((resolve) => accepted[0]?.onClose(resolve));
    pagePort.close();
    await isClosed;
  });

  it.each([
    ['a frame inside it', { url: 'app://tally/', parent: {} }],
    ['another origin', { url: 'https://evil.test/', parent: null }],
    ['a look-alike origin', { url: 'app://tally.evil.test/', parent: null }],
    ['a frame that is gone', null],
  ])('gets no port as %s', async (_, frame) => {
    await start();
    expect(askForPort(frame)).toEqual([]);
    expect(accepted).toEqual([]);
  });
});

describe('the process', () => {
  it('keeps Chromium’s files inside the data folder, which the lock goes by', async () => {
    await start();
    expect(standIn.recorded.paths.get('userData')).toBe(path.join(root, 'data', 'electron'));
    expect(ports).toMatchObject({ host: 'electron', dataDir: path.join(root, 'data') });
  });

  it('leaves the data folder to the Tally that has it', async () => {
    standIn.system.isFirstInstance = false;
    await start();
    expect(ports).toBeUndefined();
    expect(standIn.recorded).toMatchObject({ windows: [], quitCount: 1 });
  });

  it('settles what is under way before it ends', async () => {
    await start();
    standIn.app.quit();
    // A second Ctrl+C must not cut it short.
    standIn.app.quit();
    expect(standIn.recorded.exitCode).toBeNull();
    await expect.poll(() => standIn.recorded.exitCode).toBe(0);
    expect(isCoreClosed).toBe(true);
  });

  it('says in a sentence why it cannot start', async () => {
    await start(() => Promise.reject(new AppError('DATABASE_NEWER', 'x', { data: { file: '/data/tally.db' } })));
    expect(standIn.recorded.errorBoxes).toEqual([expect.stringMatching(/newer version.*\/data\/tally\.db/)]);
    expect(standIn.recorded).toMatchObject({ exitCode: 1, windows: [] });

    writeFileSync(path.join(root, 'file'), '');
    standIn.system.dataDir = path.join(root, 'file', 'below');
    await start();
    expect(standIn.recorded.errorBoxes[1]).toMatch(/data folder/);
    expect(existsSync(path.join(root, 'file', 'below'))).toBe(false);
  });

  it('reads documents in a utility process with a capped heap and an empty environment', async () => {
    await start();
    ports?.launchParser({ maxHeapMegabytes: 128 });
    expect(standIn.recorded.forked).toEqual([
      {
        program: path.join(root, 'out', 'main', 'parser-process.js'),
        options: expect.objectContaining({ env: {}, execArgv: ['--max-old-space-size=128'], stdio: 'ignore' }) as unknown,
      },
    ]);
  });
});
