import { afterAll, beforeAll, expect, it } from 'vitest';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { maxFileBytes } from '../../src/shared/file-limits.ts';
import { startTestCore, type TestCore } from '../core/start-test-core.ts';
import { loadFile } from './load-file.ts';

let core: TestCore;

beforeAll(async () => {
  core = await startTestCore();
});

afterAll(() => core.close());

it.each([
  ['climbs out of its folder', '../../etc/passwd', 'etc/passwd'],
  ['climbs as Windows does', '..\\..\\Windows\\win.ini', 'Windows/win.ini'],
  ['begins at the root', '/etc/shadow', 'etc/shadow'],
  ['is a device of Windows', 'CON.txt', 'CON.txt'],
  ['is a stream of another file', 'notes.txt:hidden', 'notes.txt:hidden'],
  ['turns its direction', 'invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['has control characters and a NUL', 'a\0b\r\n\u001b[31mc.txt', 'ab[31mc.txt'],
  ['has half a character', 'a\ud83d.txt', 'a\ufffd.txt'],
  ['is nothing but dots', '../..', 'unnamed'],
  ['is nothing but spaces and marks', ' \u200e\u202e ', 'unnamed'],
  ['is as long as may be', `${'ä'.repeat(996)}.txt`, `${'ä'.repeat(996)}.txt`],
])('keeps a file whose name %s, under a harmless one', { timeout: 60_000 }, async (_, name, shown) => {
  const { document } = await loadFile(core, name, Buffer.from(`The file of ${name.length} and ${shown}`), 0);
  expect(document).toMatchObject({ name: shown, status: 'ready' });
  // On disk it is called by its content, whatever its name.
  for (const entry of await readdir(path.join(core.dataDir, 'documents'))) expect(entry).toMatch(/^[0-9a-f]{64}$/);
});

it('refuses a name that is longer, or none', async () => {
  for (const name of ['x'.repeat(1_001), ''])
    expect((await loadFile(core, name, Buffer.from('x'), 0)).failure).toMatchObject({ code: 'INVALID_INPUT' });
});

it('refuses two gigabytes before a byte of them is sent, and a file that is longer than it said', async () => {
  const begin = (sizeBytes: number) => core.client.call('documents.beginUpload', { name: 'film.pdf', sizeBytes });
  await expect(begin(2 * 1024 ** 3)).rejects.toMatchObject({
    code: 'FILE_TOO_LARGE',
    data: { limitMegabytes: maxFileBytes / 1024 / 1024 },
  });
  await expect(begin(Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  const { uploadId } = await begin(3);
  const more = { uploadId, offset: 0, base64: Buffer.from('four').toString('base64') };
  await expect(core.client.call('documents.uploadChunk', more)).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
  await expect(core.client.call('documents.finishUpload', { uploadId })).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
});
