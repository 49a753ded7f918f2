import type { AmountTotal } from '../../../shared/amount.ts';
import type { documents as documentContract, DocumentInfo } from '../../../shared/contract/documents.ts';
import type { HandlersFor } from '../../../shared/rpc/define.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../db/database.ts';
import type { AppEvents } from '../events.ts';
import type { LaunchParser, Logger } from '../ports.ts';
import type { ProviderClients } from '../providers/provider-clients.ts';
import { createDocumentInfos, type DocumentInfos } from './document-info.ts';
import { cleanDocumentName } from './document-name.ts';
import { createDocumentStore, defaultCollectionId, type DocumentRow, type DocumentStore } from './document-store.ts';
import { createIndexer } from './index-document.ts';
import { createIndexQueue, type IndexQueue } from './index-queue.ts';
import { mediaTypeOfName } from './parsing/detect-format.ts';
import { createFileParser } from './parsing/parse-in-child.ts';
import { createPassageStore, type PassageStore } from './passage-store.ts';
import { readFilePiece } from './read-file-piece.ts';
import { readStretch } from './read-stretch.ts';
import { createUploads, type ReceivedFile, type Uploads } from './upload.ts';

export interface DocumentServiceOptions {
  readonly db: Db;
  readonly dataDir: string;
  readonly launchParser: LaunchParser;
  readonly clients: ProviderClients;
  /** What indexing each of these documents has cost; documents without calls may be missing. */
  readonly totalByDocuments: (ids: readonly string[]) => ReadonlyMap<string, AmountTotal>;
  /** Tokens of a short text. */
  readonly countTokens: (text: string) => number;
  readonly events: AppEvents;
  readonly now: () => number;
  readonly newId: () => string;
  readonly log: Logger;
  /** Most time one file may take to be read. */
  readonly parseDeadlineMs?: number;
}

type Handlers = HandlersFor<typeof documentContract>;

/** The `documents.*` routes without their prefix. */
type DocumentRoutes = {
  readonly [R in keyof Handlers as R extends `documents.${infer Verb}` ? Verb : never]: (
    input: Parameters<Handlers[R]>[0],
  ) => ReturnType<Handlers[R]>;
};

/** Documents for the page, the terminal and the start of the core. */
export interface DocumentService extends DocumentRoutes {
  /** Adds a file of this computer. Throws AppError NOT_FOUND, FILE_UNSUPPORTED, FILE_EMPTY, FILE_TOO_LARGE or DISK_FULL. */
  addFile(filePath: string, collectionId?: string): Promise<string>;
  /** The document once nothing is left to do for it: ready or failed. Throws AppError NOT_FOUND. */
  whenIndexed(documentId: string): Promise<DocumentInfo>;
  /** Before anything else: erases what was removed, makes the first collection, goes on with what was not finished. */
  start(): Promise<void>;
  /** Makes the vectors that documents lack in the space of the embedding model there is now. They stay searchable meanwhile. */
  embedMissing(): void;
  close(): Promise<void>;
}

/** What the routes work on. */
interface Parts {
  readonly options: DocumentServiceOptions;
  readonly documents: DocumentStore;
  readonly passages: PassageStore;
  readonly uploads: Uploads;
  readonly queue: IndexQueue;
  readonly infos: DocumentInfos;
}

/** Wires uploads, reading, indexing and the stores together. */
export function createDocumentService(options: DocumentServiceOptions): DocumentService {
  const documents = createDocumentStore(options.db);
  const passages = createPassageStore(options.db);
  const uploads = createUploads(options);
  const { launchParser, log, parseDeadlineMs } = options;
  const parser = createFileParser({ launchParser, log, ...(parseDeadlineMs === undefined ? {} : { deadlineMs: parseDeadlineMs }) });
  const indexer = createIndexer({ ...options, documents, passages, parser, pathOf: uploads.pathOf });
  const infos: DocumentInfos = createDocumentInfos({ ...options, documents, embeddedCount: (id) => queue.embeddedCount(id) });
  const queue: IndexQueue = createIndexQueue({
    documents,
    indexer,
    onChange: (id, change) => infos.announce(id, change),
    now: options.now,
    log,
  });
  const parts: Parts = { options, documents, passages, uploads, queue, infos };

  return {
    ...collectionRoutes(parts),
    ...uploadRoutes(parts),
    ...lifeRoutes(parts),
    read: createReader(parts),
    file: (input) => readFile(parts, input),
    addFile: async (filePath, collectionId) => receive(parts, await uploads.addFile(filePath, collectionId ?? null)).documentId,
    async whenIndexed(documentId) {
      await queue.whenIdle(documentId);
      return infoOf(parts, documentId);
    },
    start: () => start(parts),
    embedMissing() {
      queue.endPause();
      for (const id of documents.ready()) queue.add(id);
    },
    async close() {
      const stopped = queue.close();
      parser.close();
      await stopped;
      await uploads.close();
    },
  };
}

async function start({ options, documents, passages, uploads, queue }: Parts): Promise<void> {
  inTransaction(options.db, () => {
    documents.insertCollection(defaultCollectionId, 'Documents', options.now());
    if (documents.purge() > 0) passages.purgeEmbeddings();
  });
  await uploads.prepare(new Set(documents.contentHashes()));
  for (const id of documents.unfinished()) queue.add(id);
}

function collectionRoutes({ options, documents, infos }: Parts): Pick<DocumentRoutes, 'collections' | 'addCollection' | 'list'> {
  return {
    collections: () => ({ collections: documents.collections() }),
    addCollection({ name }) {
      const id = options.newId();
      documents.insertCollection(id, name, options.now());
      return { id, name, documentCount: 0, passageCount: 0 };
    },
    list: ({ collectionId }) => ({ documents: infos.of(documents.list(collectionId)) }),
  };
}

function uploadRoutes(parts: Parts): Pick<DocumentRoutes, 'beginUpload' | 'uploadChunk' | 'finishUpload' | 'cancelUpload'> {
  const { uploads } = parts;
  return {
    async beginUpload({ collectionId, name, sizeBytes }) {
      assertCollection(parts, collectionId);
      return { uploadId: await uploads.begin({ collectionId, name, sizeBytes }) };
    },
    uploadChunk: async ({ uploadId, offset, base64 }) => ({ receivedBytes: await uploads.append(uploadId, offset, decodeBase64(base64)) }),
    finishUpload: async ({ uploadId }) => receive(parts, await uploads.finish(uploadId)),
    cancelUpload: ({ uploadId }) => uploads.cancel(uploadId),
  };
}

function lifeRoutes(parts: Parts): Pick<DocumentRoutes, 'retry' | 'remove' | 'restore'> {
  const { options, documents, queue, infos } = parts;
  return {
    retry({ documentId }) {
      const row = present(parts, documentId);
      if (row.status === 'failed') documents.setStatus(documentId, 'queued');
      else if (row.status === 'ready') documents.setStatus(documentId, 'ready');
      infos.announce(documentId, 'state');
      queue.endPause();
      queue.add(documentId);
    },
    remove({ documentId }) {
      present(parts, documentId);
      documents.setRemovedAt(documentId, options.now());
      options.events.emit({ type: 'document.removed', documentId });
    },
    restore({ documentId }) {
      const row = documents.get(documentId);
      if (row === undefined) throw new AppError('NOT_FOUND', 'No such document.');
      if (row.removed_at === null) return;
      const twin = documents.withContent(row.collection_id, row.content_hash);
      if (twin !== undefined) throw new AppError('CONFLICT', 'The same file has been added again.');
      documents.setRemovedAt(documentId, null);
      infos.announce(documentId, 'state');
      if (row.status !== 'ready' && row.status !== 'failed') queue.add(documentId);
    },
  };
}

/** Reading goes page by page through one document, so the last text is kept; it may be long. */
function createReader(parts: Parts): DocumentRoutes['read'] {
  let last: { readonly key: string; readonly text: string; readonly pages: { page: number; startOffset: number }[] } | null = null;
  return ({ documentId, startOffset, lengthChars }) => {
    const document = infoOf(parts, documentId);
    const key = `${documentId} ${document.status} ${document.passageCount} ${document.tokenCount}`;
    if (last?.key !== key) {
      const stored = parts.documents.textOf(documentId) ?? { text: '', pages: [] };
      last = { key, text: stored.text, pages: stored.pages.map(([page, start]) => ({ page, startOffset: start })) };
    }
    return { document, ...readStretch(last.text, startOffset, lengthChars), totalChars: last.text.length, pages: last.pages };
  };
}

async function readFile(parts: Parts, { documentId, offset, lengthBytes }: Parameters<DocumentRoutes['file']>[0]) {
  const { content_hash: version, size_bytes: sizeBytes } = present(parts, documentId);
  const piece = await readFilePiece(parts.uploads.pathOf(version), offset, lengthBytes);
  return { base64: piece.toString('base64'), sizeBytes, version };
}

/** Makes a document of a file that has arrived, and queues it. The same bytes again give the document there is. */
function receive(parts: Parts, file: ReceivedFile): { documentId: string; alreadyPresent: boolean } {
  const { options, documents, queue, infos } = parts;
  const collectionId = file.collectionId ?? defaultCollectionId;
  const name = cleanDocumentName(file.name);
  const received = inTransaction(options.db, () => {
    const known = documents.withContent(collectionId, file.contentHash);
    if (known?.status === 'failed') documents.setStatus(known.id, 'queued');
    if (known !== undefined) return { documentId: known.id, alreadyPresent: true };
    const { sizeBytes, contentHash } = file;
    const document = {
      id: options.newId(),
      collectionId,
      name,
      mediaType: mediaTypeOfName(name),
      sizeBytes,
      contentHash,
      addedAt: options.now(),
    };
    documents.insert(document);
    return { documentId: document.id, alreadyPresent: false };
  });
  infos.announce(received.documentId, 'state');
  if (documents.get(received.documentId)?.status === 'queued') queue.add(received.documentId);
  return received;
}

function assertCollection({ documents }: Parts, collectionId: string | null): void {
  if (collectionId !== null && documents.collection(collectionId) === undefined) throw new AppError('NOT_FOUND', 'No such collection.');
}

function present({ documents }: Parts, documentId: string): DocumentRow {
  const row = documents.get(documentId);
  if (row === undefined || row.removed_at !== null) throw new AppError('NOT_FOUND', 'No such document.');
  return row;
}

function infoOf(parts: Parts, documentId: string): DocumentInfo {
  const [info] = parts.infos.of([present(parts, documentId)]);
  if (info === undefined) throw new AppError('NOT_FOUND', 'No such document.');
  return info;
}

function decodeBase64(base64: string): Uint8Array {
  // Buffer skips what is not Base64, and the file would be damaged without anybody noticing.
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) throw new AppError('INVALID_INPUT', 'Not Base64.');
  return Buffer.from(base64, 'base64');
}
