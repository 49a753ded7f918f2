import { afterEach, expect, test } from 'vitest';
import { addDocument } from '../../../../tests/core/add-document.ts';
import { startTestCore, type TestCore } from '../../../../tests/core/start-test-core.ts';
import { maxFilePieceBytes } from '../../../shared/contract/documents.ts';

let core: TestCore;
afterEach(() => core.close());

test('hands out the very bytes of a file, in pieces of any size', async () => {
  core = await startTestCore();
  const bytes = Buffer.from('Line of a long file, with ünïcode.\n'.repeat(3_000));
  const documentId = await addDocument(core.client, 'long.txt', bytes);
  const pieces: Buffer[] = [];
  for (let offset = 0; offset < bytes.length; offset += 40_000) {
    const piece = await core.client.call('documents.file', { documentId, offset, lengthBytes: 40_000 });
    expect(piece).toMatchObject({ sizeBytes: bytes.length, version: expect.stringMatching(/^[0-9a-f]{64}$/) });
    pieces.push(Buffer.from(piece.base64, 'base64'));
  }
  expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
  expect(await core.client.call('documents.file', { documentId, offset: bytes.length + 5, lengthBytes: 10 })).toMatchObject({ base64: '' });
});

test('hands out nothing of a document that was removed, and never more than a frame holds', async () => {
  core = await startTestCore();
  const documentId = await addDocument(core.client, 'short.txt', Buffer.from('Short.'));
  const tooMuch = core.client.call('documents.file', { documentId, offset: 0, lengthBytes: maxFilePieceBytes + 1 });
  await expect(tooMuch).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await core.client.call('documents.remove', { documentId });
  const removed = core.client.call('documents.file', { documentId, offset: 0, lengthBytes: 10 });
  await expect(removed).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
