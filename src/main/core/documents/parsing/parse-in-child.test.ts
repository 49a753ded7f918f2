import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { forkParser } from '../../../../../tests/fork-parser.ts';
import { makePdf } from '../../../../../tests/sample-files/pdf-files.ts';
import { defaultPassageSettings } from '../../../../shared/contract/passage-settings.ts';
import type { LaunchParser } from '../../ports.ts';
import { createFileParser, type FileParser, type FileParserOptions } from './parse-in-child.ts';
import type { ParsedPiece } from './parsed-piece.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

let dir = '';
let parser: FileParser | null = null;
let launchCount = 0;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tally-parser-'));
});

afterEach(() => {
  parser?.close();
  launchCount = 0;
});

afterAll(() => rm(dir, { recursive: true }));

function counting(launch: LaunchParser): LaunchParser {
  return (options) => {
    launchCount += 1;
    return launch(options);
  };
}

/** The whole file, put together from its pieces. */
async function readWhole({ read }: FileParser, filePath: string, name: string, signal?: AbortSignal) {
  const pieces: ParsedPiece[] = [];
  for await (const piece of read({ path: filePath, name, settings: defaultPassageSettings }, signal)) pieces.push(piece);
  return {
    text: pieces.map(({ text }) => text).join(''),
    pages: pieces.flatMap(({ pages }) => pages),
    passages: pieces.flatMap(({ passages }) => passages),
    ...pieces.at(-1)?.end,
    pieceCount: pieces.length,
  };
}

function start(options: Partial<FileParserOptions> = {}): FileParser {
  parser = createFileParser({ log, ...options, launchParser: counting(options.launchParser ?? forkParser()) });
  return parser;
}

async function put(name: string, content: Uint8Array | string): Promise<string> {
  const filePath = path.join(dir, name);
  await writeFile(filePath, content);
  return filePath;
}

function passageAt(startOffset: number, endOffset: number) {
  return { startOffset, endOffset, page: null, headingPath: [], tokenCount: 1, terms: '' };
}

describe('createFileParser', () => {
  it('reads one file after the other in one process', async () => {
    const reader = start();
    const pdf = await put('a', await makePdf([['first page'], ['second page']]));
    const text = await put('b', 'plain words');
    const [first, second, third] = await Promise.allSettled([
      readWhole(reader, pdf, 'a.pdf'),
      readWhole(reader, path.join(dir, 'missing'), 'c.txt'),
      readWhole(reader, text, 'b.txt'),
    ]);
    expect(first).toMatchObject({ value: { text: 'first page\n\nsecond page', pages: [[1, 0], [2, 12]], pageCount: 2 } }); // prettier-ignore
    expect(second).toMatchObject({ reason: { code: 'FILE_DAMAGED' } });
    expect(third).toMatchObject({ value: { text: 'plain words', mediaType: 'text/plain' } });
    expect(launchCount).toBe(1);
  });

  it('kills a process that does not answer in time, and starts another one for the next file', async () => {
    const spinning = await put('spin.mjs', 'for (;;);');
    const exits: Promise<unknown>[] = [];
    const launchParser: LaunchParser = () => {
      const child = fork(spinning, { stdio: 'ignore' });
      const exited = once(child, 'exit');
      exits.push(exited);
      return {
        postMessage: () => undefined,
        onMessage: () => undefined,
        onExit: (listener) => void exited.then(() => listener(null)),
        kill: () => child.kill('SIGKILL'),
      };
    };
    const reader = start({ launchParser, deadlineMs: 100 });
    const results = await Promise.allSettled([readWhole(reader, 'a', 'a.pdf'), readWhole(reader, 'b', 'b.pdf')]);
    expect(results).toMatchObject([{ reason: { code: 'FILE_TIMEOUT' } }, { reason: { code: 'FILE_TIMEOUT' } }]);
    expect(await Promise.all(exits)).toEqual([
      [null, 'SIGKILL'],
      [null, 'SIGKILL'],
    ]);
  });

  it('ends a file that nobody wants any more, running or waiting, and goes on with the next', async () => {
    const reader = start();
    const slow = await put('slow', `<table>${'<tr><td>a<td>b'.repeat(400_000)}</table>`);
    const [running, waiting] = [new AbortController(), new AbortController()];
    const results = Promise.allSettled([
      readWhole(reader, slow, 'slow.html', running.signal),
      readWhole(reader, slow, 'slow.html', waiting.signal),
      readWhole(reader, await put('wanted', 'plain words'), 'wanted.txt'),
    ]);
    waiting.abort();
    running.abort();
    expect(await results).toMatchObject([
      { reason: { code: 'CANCELLED' } },
      { reason: { code: 'CANCELLED' } },
      { value: { text: 'plain words' } },
    ]);
    expect(launchCount).toBe(2);
    await expect(readWhole(reader, slow, 'slow.html', running.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('survives a file that eats the heap, and reads the next one', async () => {
    const reader = start({ launchParser: forkParser(40) });
    const heavy = await put('heavy', `<html><body>${'<p>a</p>'.repeat(600_000)}</body></html>`);
    const text = await put('light', 'plain words');
    const [heavyResult, next] = await Promise.allSettled([readWhole(reader, heavy, 'heavy.html'), readWhole(reader, text, 'light.txt')]);
    expect(heavyResult).toMatchObject({ reason: { code: 'FILE_TOO_COMPLEX' } });
    expect(next).toMatchObject({ value: { text: 'plain words' } });
  });

  it('carries a text of many megabytes', async () => {
    const reader = start();
    const content = 'All the words of a long book. '.repeat(500_000);
    const whole = await readWhole(reader, await put('long', content), 'long.txt');
    expect(whole.text).toBe(content);
    expect(whole.pieceCount).toBeGreaterThan(600);
  });

  it('lets an idle process go and starts another one when needed', async () => {
    let exited = Promise.resolve();
    const launchParser: LaunchParser = (options) => {
      const child = forkParser()(options);
      exited = new Promise((resolve) => child.onExit(() => resolve()));
      return child;
    };
    const reader = start({ launchParser, idleMs: 20 });
    const text = await put('idle', 'plain words');
    await readWhole(reader, text, 'idle.txt');
    await exited;
    await readWhole(reader, text, 'idle.txt');
    expect(launchCount).toBe(2);
  });

  it('lets the next file have its turn when one is left half read', async () => {
    const reader = start();
    const long = await put('left', 'All the words of a long book. '.repeat(50_000));
    for await (const piece of reader.read({ path: long, name: 'left.txt', settings: defaultPassageSettings })) {
      expect(piece.end).toBeNull();
      break;
    }
    expect(await readWhole(reader, await put('after', 'plain words'), 'after.txt')).toMatchObject({ text: 'plain words' });
    expect(launchCount).toBe(1);
  });

  it('takes a file with it when it is closed', async () => {
    const reader = start();
    const first = readWhole(reader, await put('closing', 'words'), 'closing.txt');
    const second = readWhole(reader, path.join(dir, 'closing'), 'closing.txt');
    reader.close();
    await expect(first).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(readWhole(reader, path.join(dir, 'closing'), 'closing.txt')).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it.each([
    { id: 1, ok: true, piece: { text: 7 } },
    { id: 1, ok: true, piece: { text: 'short', pages: [], passages: [passageAt(0, 90)], end: null } },
    { id: 1, ok: true, piece: { text: 'short', pages: [[1, 70]], passages: [], end: null } },
    { id: 1, ok: true, piece: { text: '', pages: [], passages: [], end: null } },
  ])('does not believe a process that answers nonsense: %j', async (reply) => {
    const launchParser: LaunchParser = () => {
      let listener: (message: unknown) => void = () => undefined;
      return {
        postMessage: () => listener(reply),
        onMessage: (added) => (listener = added),
        onExit: () => undefined,
        kill: () => undefined,
      };
    };
    await expect(readWhole(start({ launchParser }), 'x', 'x.txt')).rejects.toMatchObject({ code: 'FILE_DAMAGED' });
  });
});
