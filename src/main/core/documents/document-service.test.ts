import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeEncryptedPdf, makePdf } from '../../../../tests/sample-files/pdf-files.ts';
import { maxFileBytes, maxUploadChunkBytes } from '../../../shared/contract/documents.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { Received } from './receive-file.ts';
import { openDocumentBench, pricedSpace, type DocumentBench } from './testing/temporary-documents.ts';

let bench: DocumentBench;

beforeEach(async () => {
  bench = await openDocumentBench();
});

afterEach(() => bench.close());

async function upload(name: string, bytes: Buffer): Promise<Received> {
  const { uploadId } = await bench.service.beginUpload({ collectionId: null, name, sizeBytes: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += maxUploadChunkBytes) {
    const base64 = bytes.subarray(offset, offset + maxUploadChunkBytes).toString('base64');
    await bench.service.uploadChunk({ uploadId, offset, base64 });
  }
  return bench.service.finishUpload({ uploadId });
}

function count(table: 'passage' | 'passage_fts' | 'embedding' | 'document' | 'document_stretch'): unknown {
  return bench.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
}

const guide = `# Guide\n\n${'Words about the start. '.repeat(60)}\n\n## Zebra\n\n${'Words about stripes. '.repeat(60)}`;

describe('createDocumentService', () => {
  it('makes passages with exact offsets, headings and pages that the full-text index finds', async () => {
    const pdfId = await bench.add('report.pdf', await makePdf([['Nothing here.'], ['The quokka lives on Rottnest.']]));
    const guideId = await bench.add('guide.md', guide);
    expect(await bench.service.whenIndexed(pdfId)).toMatchObject({
      status: 'ready',
      pageCount: 2,
      passageCount: 2,
      hasVectors: false,
      notice: null,
    });
    expect(await bench.service.whenIndexed(guideId)).toMatchObject({ status: 'ready', mediaType: 'text/markdown', pageCount: null });

    const find = bench.db.prepare<
      [string],
      { document_id: string; page: number | null; start_offset: number; end_offset: number; heading_path_json: string }
    >('SELECT p.* FROM passage_fts f JOIN passage p ON p.row_id = f.rowid WHERE passage_fts MATCH ?');
    const hit = find.get('quokka');
    expect(hit).toMatchObject({ document_id: pdfId, page: 2 });
    const read = await bench.service.read({ documentId: pdfId, startOffset: hit?.start_offset ?? 0, lengthChars: 200_000 });
    expect(read).toMatchObject({ text: 'The quokka lives on Rottnest.', totalChars: hit?.end_offset, pages: [{ page: 1, startOffset: 0 }, { page: 2, startOffset: 15 }] }); // prettier-ignore
    expect(find.get('title:zebra')?.heading_path_json).toBe('["Guide","Zebra"]');
  });

  it('finds a word that a line end cut in two, and leaves the text as it was printed', async () => {
    const id = await bench.add('cut.txt', 'Encoding and manip-\nulation of rules');
    await bench.service.whenIndexed(id);
    expect(bench.db.prepare('SELECT count(*) FROM passage_fts WHERE passage_fts MATCH ?').pluck().get('manipulation')).toBe(1);
    expect((await bench.service.read({ documentId: id, startOffset: 0, lengthChars: 100 })).text).toBe(
      'Encoding and manip-\nulation of rules',
    );
  });

  it('takes an upload in pieces and refuses pieces out of order', async () => {
    const bytes = Buffer.from('word '.repeat(200_000));
    const { documentId, alreadyPresent } = await upload('folder/sub/long.txt', bytes);
    expect(alreadyPresent).toBe(false);
    expect(await bench.service.whenIndexed(documentId)).toMatchObject({
      name: 'folder/sub/long.txt',
      status: 'ready',
      sizeBytes: bytes.length,
    });

    const { uploadId } = await bench.service.beginUpload({ collectionId: null, name: 'x.txt', sizeBytes: 6 });
    await bench.service.uploadChunk({ uploadId, offset: 0, base64: Buffer.from('abc').toString('base64') });
    await expect(bench.service.uploadChunk({ uploadId, offset: 0, base64: 'YWJj' })).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
    await expect(bench.service.uploadChunk({ uploadId, offset: 3, base64: 'YWJjZA==' })).rejects.toMatchObject({
      code: 'UPLOAD_INCOMPLETE',
    });
    await expect(bench.service.uploadChunk({ uploadId, offset: 3, base64: 'YW$j' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(bench.service.finishUpload({ uploadId })).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
    await bench.service.cancelUpload({ uploadId });
    expect(await readdir(path.join(bench.dataDir, 'uploads'))).toEqual([]);
  });

  it('refuses an empty, a too large and a missing file before anything is stored', async () => {
    await expect(bench.service.beginUpload({ collectionId: null, name: 'a', sizeBytes: 0 })).rejects.toMatchObject({ code: 'FILE_EMPTY' });
    await expect(bench.service.beginUpload({ collectionId: null, name: 'a', sizeBytes: maxFileBytes + 1 })).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
    });
    await expect(bench.service.beginUpload({ collectionId: 'nowhere', name: 'a', sizeBytes: 1 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(bench.service.addFile(path.join(bench.dataDir, 'missing.txt'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(bench.service.addFile(bench.dataDir)).rejects.toMatchObject({ code: 'FILE_UNSUPPORTED' });
    expect(count('document')).toBe(0);
  });

  it('gives the same document for the same bytes, and tries a failed one again', async () => {
    const first = await upload('a.txt', Buffer.from('some words'));
    expect(await upload('b.txt', Buffer.from('some words'))).toEqual({
      documentId: first.documentId,
      alreadyPresent: true,
      replacedVersion: null,
    });
    const locked = await upload('locked.pdf', makeEncryptedPdf());
    expect((await bench.service.whenIndexed(locked.documentId)).failure).toEqual({ code: 'FILE_ENCRYPTED' });
    await upload('locked.pdf', makeEncryptedPdf());
    expect(['queued', 'reading', 'failed']).toContain((await bench.service.list({ collectionId: null })).documents[0]?.status);
    expect((await bench.service.whenIndexed(locked.documentId)).status).toBe('failed');
    expect(count('document')).toBe(2);
  });

  it('gives a bad file its reason and reads the next one', async () => {
    const bad = await bench.add('bad.docx', Buffer.from('PK\u0003\u0004 and then nonsense'));
    const good = await bench.add('good.txt', 'words');
    expect(await bench.service.whenIndexed(good)).toMatchObject({ status: 'ready' });
    expect(await bench.service.whenIndexed(bad)).toMatchObject({ status: 'failed', failure: { code: 'FILE_DAMAGED' }, passageCount: 0 });
  });

  it('stores unit vectors as little-endian floats and never embeds the same text twice', async () => {
    bench.switches.embedder = bench.working();
    const id = await bench.add('guide.md', guide);
    expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'ready', hasVectors: true, notice: null });
    expect(bench.calls.flat().some((text) => text.startsWith('guide.md > Guide > Zebra\n\n## Zebra'))).toBe(true);
    const row = bench.db.prepare<[], { model: string; vector: Buffer }>('SELECT model, vector FROM embedding').get();
    expect(row?.model).toBe(pricedSpace);
    expect([0, 4, 8, 12].map((offset) => row?.vector.readFloatLE(offset))).toEqual([0.5, 0.5, 0.5, 0.5]);

    const before = bench.calls.flat().length;
    await bench.service.remove({ documentId: id });
    const again = await bench.add('guide.md', guide);
    expect(await bench.service.whenIndexed(again)).toMatchObject({ hasVectors: true });
    expect(bench.calls.flat().length).toBe(before);
  });

  it('keeps a document whose embedding failed, says so, and makes the vectors on a retry', async () => {
    bench.switches.embedder = bench.failing('CONTEXT_TOO_LONG');
    const id = await bench.add('guide.md', guide);
    expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'ready', hasVectors: false, notice: { code: 'CONTEXT_TOO_LONG' } });
    expect(count('passage_fts')).toBe(count('passage'));
    bench.switches.embedder = bench.working();
    await bench.service.retry({ documentId: id });
    expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'ready', hasVectors: true, notice: null });
  });

  it('does not meet a wrong key once for each of many files', async () => {
    bench.switches.embedder = bench.failing('KEY_REJECTED');
    const ids = await Promise.all(['one', 'two', 'three'].map((word) => bench.add(`${word}.txt`, `The word ${word}.`)));
    for (const id of ids) expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'ready', notice: { code: 'KEY_REJECTED' } });
    expect(bench.calls.flat()).toHaveLength(1);
  });

  it('embeds in a new space what has vectors in another one only', async () => {
    bench.switches.embedder = bench.working();
    const id = await bench.add('guide.md', guide);
    await bench.service.whenIndexed(id);
    const statuses: string[] = [];
    bench.events.subscribe((event) => {
      if (event.type === 'document.changed') statuses.push(event.document.status);
    });
    bench.service.embedMissing();
    await bench.service.whenIndexed(id);
    expect(statuses).toEqual([]);
    bench.switches.embedder = bench.working('other/model');
    bench.service.embedMissing();
    expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'ready' });
    expect(statuses).toEqual(['embedding', 'embedding', 'ready']);
    expect(bench.db.prepare('SELECT count(DISTINCT model) FROM embedding').pluck().get()).toBe(2);
  });

  it('tells of every step', async () => {
    const statuses: string[] = [];
    bench.events.subscribe((event) => {
      if (event.type === 'document.changed') statuses.push(event.document.status);
      if (event.type === 'document.removed') statuses.push('removed');
    });
    const id = await bench.add('a.txt', 'words');
    await bench.service.whenIndexed(id);
    await bench.service.remove({ documentId: id });
    await bench.service.restore({ documentId: id });
    expect(statuses).toEqual(['queued', 'reading', 'embedding', 'ready', 'removed', 'ready']);
  });

  it('hides what is removed, brings it back, and erases it at the next start', async () => {
    bench.switches.embedder = bench.working();
    const kept = await bench.add('kept.txt', 'kept words');
    const gone = await bench.add('gone.txt', 'other words');
    await bench.service.whenIndexed(gone);
    await bench.service.remove({ documentId: gone });
    expect((await bench.service.list({ collectionId: null })).documents.map(({ id }) => id)).toEqual([kept]);
    expect((await bench.service.collections()).collections).toEqual([
      { id: 'default', name: 'Documents', origin: 'app', documentCount: 1, passageCount: 1 },
    ]);
    expect(() => bench.service.read({ documentId: gone, startOffset: 0, lengthChars: 10 })).toThrow(AppError);
    await bench.service.restore({ documentId: gone });
    expect(await bench.service.whenIndexed(gone)).toMatchObject({ status: 'ready', passageCount: 1 });
    await bench.service.remove({ documentId: gone });
    await bench.reopen();
    expect(() => bench.service.restore({ documentId: gone })).toThrow(AppError);
    expect([count('document'), count('document_stretch'), count('passage'), count('passage_fts'), count('embedding')]).toEqual([
      1, 1, 1, 1, 1,
    ]);
    expect(await readdir(path.join(bench.dataDir, 'documents'))).toHaveLength(1);
  });

  it('does not bring back a file that was added again meanwhile', async () => {
    const first = await bench.add('a.txt', 'words');
    await bench.service.remove({ documentId: first });
    const second = await bench.add('a.txt', 'words');
    expect(second).not.toBe(first);
    expect(() => bench.service.restore({ documentId: first })).toThrow(expect.objectContaining({ code: 'CONFLICT' }));
  });

  it('goes on after a kill with what was queued, half read or half embedded', async () => {
    const ids = [await bench.add('a.txt', 'first'), await bench.add('b.txt', 'second'), await bench.add('c.txt', 'third')];
    for (const id of ids) await bench.service.whenIndexed(id);
    const setStatus = bench.db.prepare('UPDATE document SET status = ? WHERE id = ?');
    ['queued', 'reading', 'embedding'].forEach((status, index) => setStatus.run(status, ids[index]));
    await writeFile(path.join(bench.dataDir, 'uploads', 'left-over'), 'half a file');
    bench.switches.embedder = bench.working();
    await bench.reopen();
    for (const id of ids) expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'ready', passageCount: 1, hasVectors: true });
    expect(await readdir(path.join(bench.dataDir, 'uploads'))).toEqual([]);
  });

  it('closes in the middle of its work and leaves nothing half done', async () => {
    const { promise: started, resolve: start } = Promise.withResolvers<void>();
    bench.switches.embedder = {
      vectorSpace: 'slow',
      embed: (_, { signal }) => {
        start();
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
      },
    };
    const id = await bench.add('a.txt', 'words');
    await started;
    bench.switches.embedder = null;
    await bench.reopen();
    expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'ready', notice: null });
  });

  it('never shows half a character', async () => {
    const id = await bench.add('emoji.txt', 'a🦊b');
    await bench.service.whenIndexed(id);
    expect(await bench.service.read({ documentId: id, startOffset: 2, lengthChars: 1 })).toMatchObject({
      text: '🦊',
      startOffset: 1,
      totalChars: 4,
    });
    expect(await bench.service.read({ documentId: id, startOffset: 0, lengthChars: 2 })).toMatchObject({ text: 'a', startOffset: 0 });
    expect(await bench.service.read({ documentId: id, startOffset: 99, lengthChars: 5 })).toMatchObject({ text: '', startOffset: 4 });
  });

  it('keeps no step of a path and no mark that turns the writing direction in a name', async () => {
    const { documentId } = await upload('../../etc/\u202efdp.exe.txt', Buffer.from('words'));
    expect((await bench.service.whenIndexed(documentId)).name).toBe('etc/fdp.exe.txt');
  });
});
