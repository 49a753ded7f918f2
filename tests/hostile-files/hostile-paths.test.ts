import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDocumentBench, type DocumentBench } from '../../src/main/core/documents/testing/temporary-documents.ts';

let bench: DocumentBench;

beforeAll(async () => {
  bench = await openDocumentBench();
});

afterAll(() => bench.close());

const at = (name: string): string => path.join(path.dirname(bench.put('neighbour.txt', 'words')), name);

it.skipIf(process.platform === 'win32').each<[string, (file: string) => void, object]>([
  ['a link to itself', (file) => symlinkSync(file, file), { code: 'NOT_FOUND' }],
  ['a link to nowhere', (file) => symlinkSync(`${file}-gone`, file), { code: 'NOT_FOUND' }],
  ['a pipe nobody writes to', (file) => void execFileSync('mkfifo', [file]), { code: 'FILE_UNSUPPORTED', data: { reason: 'not_a_file' } }],
  ['a device without end', (file) => symlinkSync('/dev/zero', file), { code: 'FILE_UNSUPPORTED', data: { reason: 'not_a_file' } }],
  ['a folder', (file) => mkdirSync(file), { code: 'FILE_UNSUPPORTED', data: { reason: 'not_a_file' } }],
  ['no bytes', (file) => writeFileSync(file, ''), { code: 'FILE_EMPTY' }],
  [
    'two gigabytes',
    (file) => {
      writeFileSync(file, '');
      truncateSync(file, 2 * 1024 ** 3);
    },
    { code: 'FILE_TOO_LARGE' },
  ],
])('refuses %s, without waiting for it', async (title, make, error) => {
  const file = at(`${title.replaceAll(' ', '-')}.txt`);
  make(file);
  await expect(bench.service.addFile(file)).rejects.toMatchObject(error);
});

it.skipIf(process.platform === 'win32')('refuses a socket', async () => {
  const file = at('s.txt');
  const server = createServer().listen(file);
  await once(server, 'listening');
  await expect(bench.service.addFile(file)).rejects.toMatchObject({ code: 'FILE_UNSUPPORTED' });
  server.close();
});
