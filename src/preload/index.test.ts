import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import * as standIn from '../../tests/electron-stand-in/electron.ts';

vi.mock('electron', () => import('../../tests/electron-stand-in/electron.ts'));

interface PageMessage {
  readonly source: unknown;
  readonly data: unknown;
}

/** The page's window, as the preload sees it. */
const page = {
  location: { origin: 'app://tally' },
  listeners: [] as ((message: PageMessage) => void)[],
  received: [] as unknown[][],
  addEventListener: (_: 'message', listener: (message: PageMessage) => void): void => void page.listeners.push(listener),
  postMessage: (...args: unknown[]): void => void page.received.push(args),
};

function say(message: PageMessage): void {
  for (const listener of page.listeners) listener(message);
}

// The preload acts when it is loaded, which happens once.
beforeAll(async () => {
  vi.stubGlobal('window', page);
  await import('./index.ts');
});

beforeEach(() => {
  page.received = [];
  standIn.recorded.sentToMain.length = 0;
});

it('shows the page one word and nothing of Electron', () => {
  expect([...standIn.recorded.exposed]).toEqual([['tallyHost', 'electron']]);
});

it('asks for a port when the page itself asks, at every load', () => {
  say({ source: page, data: 'tally:port-request' });
  say({ source: page, data: 'tally:port-request' });
  expect(standIn.recorded.sentToMain).toEqual(['tally:port', 'tally:port']);
});

it('does nothing for a frame, another window or another message', () => {
  say({ source: {}, data: 'tally:port-request' });
  say({ source: null, data: 'tally:port-request' });
  say({ source: page, data: 'tally:port' });
  say({ source: page, data: { channel: 'tally:port-request' } });
  expect(standIn.recorded.sentToMain).toEqual([]);
});

it('hands on exactly one port, to its own origin', () => {
  standIn.ipcRenderer.emit('tally:port', { ports: ['first', 'second'], senderId: 7 }, 'payload');
  expect(page.received).toEqual([['tally:port', 'app://tally', ['first']]]);
});
