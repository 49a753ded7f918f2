import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { forkParser } from '../../../../../tests/fork-parser.ts';
import { makePdf } from '../../../../../tests/sample-files/pdf-files.ts';
import type { LaunchParser } from '../../ports.ts';
import { createFileParser, type FileParser, type FileParserOptions } from './parse-in-child.ts';

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

function start(options: Partial<FileParserOptions> = {}): FileParser {
  parser = createFileParser({ log, ...options, launchParser: counting(options.launchParser ?? forkParser()) });
  return parser;
}

async function put(name: string, content: Uint8Array | string): Promise<string> {
  const filePath = path.join(dir, name);
  await writeFile(filePath, content);
  return filePath;
}

describe('createFileParser', () => {
  it('reads one file after the other in one process', async () => {
    const { parse } = start();
    const pdf = await put('a', await makePdf([['first page'], ['second page']]));
    const text = await put('b', 'plain words');
    const [first, second, third] = await Promise.allSettled([
      parse(pdf, 'a.pdf'),
      parse(path.join(dir, 'missing'), 'c.txt'),
      parse(text, 'b.txt'),
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
    const { parse } = start({ launchParser, deadlineMs: 100 });
    const results = await Promise.allSettled([parse('a', 'a.pdf'), parse('b', 'b.pdf')]);
    expect(results).toMatchObject([{ reason: { code: 'FILE_TIMEOUT' } }, { reason: { code: 'FILE_TIMEOUT' } }]);
    expect(await Promise.all(exits)).toEqual([
      [null, 'SIGKILL'],
      [null, 'SIGKILL'],
    ]);
  });

  it('survives a file that eats the heap, and reads the next one', async () => {
    const { parse } = start({ launchParser: forkParser(40) });
    const heavy = await put('heavy', `<html><body>${'<p>a</p>'.repeat(600_000)}</body></html>`);
    const text = await put('light', 'plain words');
    const [heavyResult, next] = await Promise.allSettled([parse(heavy, 'heavy.html'), parse(text, 'light.txt')]);
    expect(heavyResult).toMatchObject({ reason: { code: 'FILE_TOO_COMPLEX' } });
    expect(next).toMatchObject({ value: { text: 'plain words' } });
  });

  it('carries a text of many megabytes', async () => {
    const { parse } = start();
    const content = 'All the words of a long book. '.repeat(500_000);
    expect((await parse(await put('long', content), 'long.txt')).text).toBe(content);
  });

  it('lets an idle process go and starts another one when needed', async () => {
    let exited = Promise.resolve();
    const launchParser: LaunchParser = (options) => {
      const child = forkParser()(options);
      exited = new Promise((resolve) => child.onExit(() => resolve()));
      return child;
    };
    const { parse } = start({ launchParser, idleMs: 20 });
    const text = await put('idle', 'plain words');
    await parse(text, 'idle.txt');
    await exited;
    await parse(text, 'idle.txt');
    expect(launchCount).toBe(2);
  });

  it('takes a file with it when it is closed', async () => {
    const { parse, close } = start();
    const first = parse(await put('closing', 'words'), 'closing.txt');
    const second = parse(path.join(dir, 'closing'), 'closing.txt');
    close();
    await expect(first).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(parse(path.join(dir, 'closing'), 'closing.txt')).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('does not believe a process that answers nonsense', async () => {
    const launchParser: LaunchParser = () => {
      let listener: (message: unknown) => void = () => undefined;
      return {
        postMessage: () => listener({ id: 1, ok: true, file: { text: 7 } }),
        onMessage: (added) => (listener = added),
        onExit: () => undefined,
        kill: () => undefined,
      };
    };
    await expect(start({ launchParser }).parse('x', 'x.txt')).rejects.toMatchObject({ code: 'FILE_DAMAGED' });
  });
});
