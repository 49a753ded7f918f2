import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forkParser } from '../../../../tests/fork-parser.ts';
import { makeEncryptedPdf, makePdf } from '../../../../tests/sample-files/pdf-files.ts';
import { maxFileBytes, maxUploadChunkBytes } from '../../../shared/contract/documents.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { closeDatabase, openDatabase, type Db } from '../db/database.ts';
import { createAppEvents, type AppEvents } from '../events.ts';
import type { MeteredEmbedder, ProviderClients } from '../providers/provider-clients.ts';
import { createDocumentService, type DocumentService } from './document-service.ts';

const dimensions = 4;

let dataDir = '';
let filesDir = '';
let db: Db;
let service: DocumentService;
let events: AppEvents;
let embedder: MeteredEmbedder | null = null;
let embeddedTexts: string[] = [];
let lastId = 0;
let time = 0;

beforeAll(async () => {
  filesDir = await mkdtemp(path.join(tmpdir(), 'tally-files-'));
});

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'tally-documents-'));
  embedder = null;
  embeddedTexts = [];
  await open();
});

afterEach(async () => {
  await service.close();
  closeDatabase(db);
  await rm(dataDir, { recursive: true });
});

afterAll(() => rm(filesDir, { recursive: true }));

async function open(): Promise<void> {
  const now = (): number => (time += 1_000);
  const newId = (): string => `id-${String((lastId += 1)).padStart(6, '0')}`;
  db = openDatabase({ dataDir, now, newId });
  events = createAppEvents();
  const clients: ProviderClients = {
    chatModel: () => Promise.reject(new AppError('NO_MODEL')),
    smallModelOf: (ref) => ref,
    embedder: () => Promise.resolve(embedder),
  };
  service = createDocumentService({
    db,
    dataDir,
    launchParser: forkParser(),
    clients,
    totalByDocuments: () => new Map(),
    countTokens: (text) => text.split(/\s+/).length,
    events,
    now,
    newId,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  await service.start();
}

/** As after a kill: nothing of what the first service holds is told to the second. */
async function reopen(): Promise<void> {
  await service.close();
  closeDatabase(db);
  await open();
}

function workingEmbedder(vectorSpace = 'provider/small'): MeteredEmbedder {
  return {
    vectorSpace,
    embed: (texts) => {
      embeddedTexts.push(...texts);
      return Promise.resolve(texts.map(() => new Float32Array(dimensions).fill(0.5)));
    },
  };
}

function failingEmbedder(code: 'KEY_REJECTED' | 'CONTEXT_TOO_LONG'): MeteredEmbedder {
  return {
    vectorSpace: 'provider/small',
    embed: (texts) => {
      embeddedTexts.push(...texts);
      return Promise.reject(new AppError(code));
    },
  };
}

async function put(name: string, content: Uint8Array | string): Promise<string> {
  const filePath = path.join(filesDir, name);
  await writeFile(filePath, content);
  return filePath;
}

async function add(name: string, content: Uint8Array | string): Promise<string> {
  return service.addFile(await put(name, content));
}

async function upload(name: string, bytes: Buffer): Promise<{ documentId: string; alreadyPresent: boolean }> {
  const { uploadId } = await service.beginUpload({ collectionId: null, name, sizeBytes: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += maxUploadChunkBytes) {
    const base64 = bytes.subarray(offset, offset + maxUploadChunkBytes).toString('base64');
    await service.uploadChunk({ uploadId, offset, base64 });
  }
  return service.finishUpload({ uploadId });
}

function count(table: 'passage' | 'passage_fts' | 'embedding' | 'document' | 'document_text'): unknown {
  return db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
}

const guide = `# Guide\n\n${'Words about the start. '.repeat(60)}\n\n## Zebra\n\n${'Words about stripes. '.repeat(60)}`;

describe('createDocumentService', () => {
  it('makes passages with exact offsets, headings and pages that the full-text index finds', async () => {
    const pdfId = await add('report.pdf', await makePdf([['Nothing here.'], ['The quokka lives on Rottnest.']]));
    const guideId = await add('guide.md', guide);
    expect(await service.whenIndexed(pdfId)).toMatchObject({
      status: 'ready',
      pageCount: 2,
      passageCount: 2,
      hasVectors: false,
      notice: null,
    });
    expect(await service.whenIndexed(guideId)).toMatchObject({ status: 'ready', mediaType: 'text/markdown', pageCount: null });

    const find = db.prepare<
      [string],
      { document_id: string; page: number | null; start_offset: number; end_offset: number; heading_path_json: string }
    >('SELECT p.* FROM passage_fts f JOIN passage p ON p.row_id = f.rowid WHERE passage_fts MATCH ?');
    const hit = find.get('quokka');
    expect(hit).toMatchObject({ document_id: pdfId, page: 2 });
    const read = await service.read({ documentId: pdfId, startOffset: hit?.start_offset ?? 0, lengthChars: 200_000 });
    expect(read).toMatchObject({ text: 'The quokka lives on Rottnest.', totalChars: hit?.end_offset, pages: [{ page: 1, startOffset: 0 }, { page: 2, startOffset: 15 }] }); // prettier-ignore
    expect(find.get('title:zebra')?.heading_path_json).toBe('["Guide","Zebra"]');
  });

  it('finds a word that a line end cut in two, and leaves the text as it was printed', async () => {
    const id = await add('cut.pdf', await makePdf([['Encoding and manip-', 'ulation of rules']]));
    await service.whenIndexed(id);
    expect(db.prepare('SELECT count(*) FROM passage_fts WHERE passage_fts MATCH ?').pluck().get('manipulation')).toBe(1);
    expect((await service.read({ documentId: id, startOffset: 0, lengthChars: 100 })).text).toBe('Encoding and manip-\nulation of rules');
  });

  it('takes an upload in pieces and refuses pieces out of order', async () => {
    const bytes = Buffer.from('word '.repeat(200_000));
    const { documentId, alreadyPresent } = await upload('folder/sub/long.txt', bytes);
    expect(alreadyPresent).toBe(false);
    expect(await service.whenIndexed(documentId)).toMatchObject({ name: 'folder/sub/long.txt', status: 'ready', sizeBytes: bytes.length });

    const { uploadId } = await service.beginUpload({ collectionId: null, name: 'x.txt', sizeBytes: 6 });
    await service.uploadChunk({ uploadId, offset: 0, base64: Buffer.from('abc').toString('base64') });
    await expect(service.uploadChunk({ uploadId, offset: 0, base64: 'YWJj' })).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
    await expect(service.uploadChunk({ uploadId, offset: 3, base64: 'YWJjZA==' })).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
    await expect(service.uploadChunk({ uploadId, offset: 3, base64: 'YW$j' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(service.finishUpload({ uploadId })).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
    await service.cancelUpload({ uploadId });
    expect(await readdir(path.join(dataDir, 'uploads'))).toEqual([]);
  });

  it('refuses an empty, a too large and a missing file before anything is stored', async () => {
    await expect(service.beginUpload({ collectionId: null, name: 'a', sizeBytes: 0 })).rejects.toMatchObject({ code: 'FILE_EMPTY' });
    await expect(service.beginUpload({ collectionId: null, name: 'a', sizeBytes: maxFileBytes + 1 })).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
    });
    await expect(service.beginUpload({ collectionId: 'nowhere', name: 'a', sizeBytes: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(service.addFile(path.join(filesDir, 'missing.txt'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(service.addFile(filesDir)).rejects.toMatchObject({ code: 'FILE_UNSUPPORTED' });
    expect(count('document')).toBe(0);
  });

  it('gives the same document for the same bytes, and tries a failed one again', async () => {
    const first = await upload('a.txt', Buffer.from('some words'));
    expect(await upload('b.txt', Buffer.from('some words'))).toEqual({ documentId: first.documentId, alreadyPresent: true });
    const locked = await upload('locked.pdf', makeEncryptedPdf());
    expect((await service.whenIndexed(locked.documentId)).failure).toEqual({ code: 'FILE_ENCRYPTED' });
    await upload('locked.pdf', makeEncryptedPdf());
    expect(['queued', 'reading', 'failed']).toContain((await service.list({ collectionId: null })).documents[0]?.status);
    expect((await service.whenIndexed(locked.documentId)).status).toBe('failed');
    expect(count('document')).toBe(2);
  });

  it('gives a bad file its reason and reads the next one', async () => {
    const bad = await add('bad.docx', Buffer.from('PK\u0003\u0004 and then nonsense'));
    const good = await add('good.txt', 'words');
    expect(await service.whenIndexed(good)).toMatchObject({ status: 'ready' });
    expect(await service.whenIndexed(bad)).toMatchObject({ status: 'failed', failure: { code: 'FILE_DAMAGED' }, passageCount: 0 });
  });

  it('stores unit vectors as little-endian floats and never embeds the same text twice', async () => {
    embedder = workingEmbedder();
    const id = await add('guide.md', guide);
    expect(await service.whenIndexed(id)).toMatchObject({ status: 'ready', hasVectors: true, notice: null });
    expect(embeddedTexts.some((text) => text.startsWith('guide.md > Guide > Zebra\n\n## Zebra'))).toBe(true);
    const row = db.prepare<[], { model: string; vector: Buffer }>('SELECT model, vector FROM embedding').get();
    expect(row?.model).toBe('provider/small');
    expect([0, 4, 8, 12].map((offset) => row?.vector.readFloatLE(offset))).toEqual([0.5, 0.5, 0.5, 0.5]);

    const before = embeddedTexts.length;
    await service.remove({ documentId: id });
    const again = await add('guide.md', guide);
    expect(await service.whenIndexed(again)).toMatchObject({ hasVectors: true });
    expect(embeddedTexts.length).toBe(before);
  });

  it('keeps a document whose embedding failed, says so, and makes the vectors on a retry', async () => {
    embedder = failingEmbedder('CONTEXT_TOO_LONG');
    const id = await add('guide.md', guide);
    expect(await service.whenIndexed(id)).toMatchObject({ status: 'ready', hasVectors: false, notice: { code: 'CONTEXT_TOO_LONG' } });
    expect(count('passage_fts')).toBe(count('passage'));
    embedder = workingEmbedder();
    await service.retry({ documentId: id });
    expect(await service.whenIndexed(id)).toMatchObject({ status: 'ready', hasVectors: true, notice: null });
  });

  it('does not meet a wrong key once for each of many files', async () => {
    embedder = failingEmbedder('KEY_REJECTED');
    const ids = await Promise.all(['one', 'two', 'three'].map((word) => add(`${word}.txt`, `The word ${word}.`)));
    for (const id of ids) expect(await service.whenIndexed(id)).toMatchObject({ status: 'ready', notice: { code: 'KEY_REJECTED' } });
    expect(embeddedTexts).toHaveLength(1);
  });

  it('embeds in a new space what has vectors in another one only', async () => {
    embedder = workingEmbedder();
    const id = await add('guide.md', guide);
    await service.whenIndexed(id);
    const statuses: string[] = [];
    events.subscribe((event) => {
      if (event.type === 'document.changed') statuses.push(event.document.status);
    });
    service.embedMissing();
    await service.whenIndexed(id);
    expect(statuses).toEqual([]);
    embedder = workingEmbedder('other/model');
    service.embedMissing();
    expect(await service.whenIndexed(id)).toMatchObject({ status: 'ready' });
    expect(statuses).toEqual(['embedding', 'ready']);
    expect(db.prepare('SELECT count(DISTINCT model) FROM embedding').pluck().get()).toBe(2);
  });

  it('tells of every step', async () => {
    const statuses: string[] = [];
    events.subscribe((event) => {
      if (event.type === 'document.changed') statuses.push(event.document.status);
      if (event.type === 'document.removed') statuses.push('removed');
    });
    const id = await add('a.txt', 'words');
    await service.whenIndexed(id);
    await service.remove({ documentId: id });
    await service.restore({ documentId: id });
    expect(statuses).toEqual(['queued', 'reading', 'embedding', 'ready', 'removed', 'ready']);
  });

  it('hides what is removed, brings it back, and erases it at the next start', async () => {
    embedder = workingEmbedder();
    const kept = await add('kept.txt', 'kept words');
    const gone = await add('gone.txt', 'other words');
    await service.whenIndexed(gone);
    await service.remove({ documentId: gone });
    expect((await service.list({ collectionId: null })).documents.map(({ id }) => id)).toEqual([kept]);
    expect((await service.collections()).collections).toEqual([{ id: 'default', name: 'Documents', documentCount: 1, passageCount: 1 }]);
    expect(() => service.read({ documentId: gone, startOffset: 0, lengthChars: 10 })).toThrow(AppError);
    await service.restore({ documentId: gone });
    expect(await service.whenIndexed(gone)).toMatchObject({ status: 'ready', passageCount: 1 });
    await service.remove({ documentId: gone });
    await reopen();
    expect(() => service.restore({ documentId: gone })).toThrow(AppError);
    expect([count('document'), count('document_text'), count('passage'), count('passage_fts'), count('embedding')]).toEqual([
      1, 1, 1, 1, 1,
    ]);
    expect(await readdir(path.join(dataDir, 'documents'))).toHaveLength(1);
  });

  it('does not bring back a file that was added again meanwhile', async () => {
    const first = await add('a.txt', 'words');
    await service.remove({ documentId: first });
    const second = await add('a.txt', 'words');
    expect(second).not.toBe(first);
    expect(() => service.restore({ documentId: first })).toThrow(expect.objectContaining({ code: 'CONFLICT' }));
  });

  it('goes on after a kill with what was queued, half read or half embedded', async () => {
    const ids = [await add('a.txt', 'first'), await add('b.txt', 'second'), await add('c.txt', 'third')];
    for (const id of ids) await service.whenIndexed(id);
    const setStatus = db.prepare('UPDATE document SET status = ? WHERE id = ?');
    ['queued', 'reading', 'embedding'].forEach((status, index) => setStatus.run(status, ids[index]));
    await writeFile(path.join(dataDir, 'uploads', 'left-over'), 'half a file');
    embedder = workingEmbedder();
    await reopen();
    for (const id of ids) expect(await service.whenIndexed(id)).toMatchObject({ status: 'ready', passageCount: 1, hasVectors: true });
    expect(await readdir(path.join(dataDir, 'uploads'))).toEqual([]);
  });

  it('closes in the middle of its work and leaves nothing half done', async () => {
    const { promise: started, resolve: start } = Promise.withResolvers<void>();
    embedder = {
      vectorSpace: 'slow',
      embed: (_, { signal }) => {
        start();
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
      },
    };
    const id = await add('a.txt', 'words');
    await started;
    embedder = null;
    await reopen();
    expect(await service.whenIndexed(id)).toMatchObject({ status: 'ready', notice: null });
  });

  it('never shows half a character', async () => {
    const id = await add('emoji.txt', 'a🦊b');
    await service.whenIndexed(id);
    expect(await service.read({ documentId: id, startOffset: 2, lengthChars: 1 })).toMatchObject({
      text: '🦊',
      startOffset: 1,
      totalChars: 4,
    });
    expect(await service.read({ documentId: id, startOffset: 0, lengthChars: 2 })).toMatchObject({ text: 'a', startOffset: 0 });
    expect(await service.read({ documentId: id, startOffset: 99, lengthChars: 5 })).toMatchObject({ text: '', startOffset: 4 });
  });

  it('keeps no step of a path and no mark that turns the writing direction in a name', async () => {
    const { documentId } = await upload('../../etc/\u202efdp.exe.txt', Buffer.from('words'));
    expect((await service.whenIndexed(documentId)).name).toBe('etc/fdp.exe.txt');
  });
});
