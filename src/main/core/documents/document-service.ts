import type { DocumentInfo } from '../../../shared/contract/documents.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction } from '../db/database.ts';
import { vectorSpaceOf } from '../providers/provider-clients.ts';
import { collectionRoutes } from './collection-routes.ts';
import { createCollectionStore, defaultCollectionId } from './collection-store.ts';
import { createDocumentInfos, type DocumentInfos } from './document-info.ts';
import {
  presentCollection,
  presentDocument,
  presentInfo,
  type DocumentParts,
  type DocumentRoutes,
  type DocumentServiceOptions,
} from './document-parts.ts';
import { createDocumentStore } from './document-store.ts';
import { createDocumentUses } from './document-use.ts';
import { createEmbeddingGate } from './embedding-gate.ts';
import { createEmbeddingEstimator } from './estimate-embedding.ts';
import { createIndexer } from './index-document.ts';
import { createIndexQueue, type IndexQueue } from './index-queue.ts';
import { indexingRoutes } from './indexing-routes.ts';
import { createFileParser } from './parsing/parse-in-child.ts';
import { pageRoutes } from './page-routes.ts';
import { createPassageStore } from './passage-store.ts';
import { previewPassages } from './preview-passages.ts';
import { readFilePiece } from './read-file-piece.ts';
import { readStretch } from './read-stretch.ts';
import { keepBoth, receiveFile } from './receive-file.ts';
import { createTextStore } from './text-store.ts';
import { createUploads } from './upload.ts';

/** Documents for the page, the terminal and the start of the core. */
export interface DocumentService extends DocumentRoutes {
  /** Adds a file of this computer. Throws AppError NOT_FOUND, FILE_UNSUPPORTED, FILE_EMPTY, FILE_TOO_LARGE or DISK_FULL. */
  addFile(filePath: string, collectionId?: string): Promise<string>;
  /** The document once nothing is left to do for it now: ready, failed or waiting. Throws AppError NOT_FOUND. */
  whenIndexed(documentId: string): Promise<DocumentInfo>;
  /** Before anything else: erases what was removed, makes the first collection, goes on with what was not finished. */
  start(): Promise<void>;
  /**
   * Makes the vectors that documents lack in the space of the embedding model there is now, or asks first where that costs.
   * They stay searchable meanwhile.
   */
  embedMissing(): void;
  /** Lets indexing stand still, or go on. */
  setPaused(isPaused: boolean): void;
  close(): Promise<void>;
}

/** For whoever calls without being able to cancel. */
const never = new AbortController().signal;

/** Wires uploads, reading, indexing and the stores together. */
export function createDocumentService(options: DocumentServiceOptions): DocumentService {
  const documents = createDocumentStore(options.db);
  const passages = createPassageStore(options.db);
  const texts = createTextStore(options.db);
  const collections = createCollectionStore(options.db);
  const uploads = createUploads(options);
  const estimator = createEmbeddingEstimator(options);
  const { launchParser, log, parseDeadlineMs } = options;
  const parserOptions = { launchParser, log, ...(parseDeadlineMs === undefined ? {} : { deadlineMs: parseDeadlineMs }) };
  const parser = createFileParser(parserOptions);
  // Whoever looks at a preview does not wait for what is being indexed.
  const previewParser = createFileParser(parserOptions);
  const embeddedCount = (id: string): number | null => queue.embeddedCount(id);
  const infos: DocumentInfos = createDocumentInfos({ ...options, documents, estimator, embeddedCount });
  const queue: IndexQueue = createIndexQueue({
    ...options,
    documents,
    indexer: createIndexer({ ...options, documents, passages, texts, parser, pathOf: uploads.pathOf, settingsOf: collections.settingsOf }),
    gate: createEmbeddingGate({ ...options, documents, texts, passages, estimator }),
    embedder: options.clients.embedder,
    estimator,
    onChange: (id, change) => infos.announce(id, change),
  });
  const stop = new AbortController();
  const parts: DocumentParts = { options, collections, documents, passages, texts, estimator, uploads, queue, infos };

  return {
    ...collectionRoutes(parts),
    ...uploadRoutes(parts),
    ...indexingRoutes(parts),
    ...pageRoutes(parts, stop.signal),
    ...lifeRoutes(parts),
    list: ({ collectionId }) => ({ documents: infos.of(documents.list(collectionId)) }),
    previewPassages: (input, context) => previewPassages(parts, previewParser, input, context?.signal ?? never),
    card: createCards(parts),
    read: createReader(parts),
    file: (input) => readFile(parts, input),
    addFile: async (filePath, collectionId) => receiveFile(parts, await uploads.addFile(filePath, collectionId ?? null)).documentId,
    async whenIndexed(documentId) {
      await queue.whenIdle(documentId);
      return presentInfo(parts, documentId);
    },
    start: () => start(parts),
    embedMissing() {
      queue.endBreather();
      for (const id of documents.idsByStatus('waiting', 'ready')) queue.add(id);
    },
    setPaused: (isPaused) => (isPaused ? queue.pause() : queue.resume()),
    async close() {
      stop.abort();
      const stopped = queue.close();
      parser.close();
      previewParser.close();
      await stopped;
      await uploads.close();
    },
  };
}

async function start({ options, collections, documents, passages, uploads, queue }: DocumentParts): Promise<void> {
  inTransaction(options.db, () => {
    collections.insert({ id: defaultCollectionId, name: 'Documents', origin: 'app', createdAt: options.now() });
    const purgedCount = documents.purge();
    collections.purge();
    if (purgedCount > 0) passages.purgeEmbeddings();
  });
  await uploads.prepare(new Set(documents.contentHashes()));
  for (const id of documents.idsByStatus('queued', 'reading', 'embedding')) queue.add(id);
}

type UploadRoutes = Pick<DocumentRoutes, 'beginUpload' | 'uploadChunk' | 'finishUpload' | 'cancelUpload' | 'keepBoth'>;

function uploadRoutes(parts: DocumentParts): UploadRoutes {
  const { uploads } = parts;
  return {
    async beginUpload({ collectionId, name, sizeBytes }) {
      if (collectionId !== null) presentCollection(parts, collectionId);
      return { uploadId: await uploads.begin({ collectionId, name, sizeBytes }) };
    },
    uploadChunk: async ({ uploadId, offset, base64 }) => ({ receivedBytes: await uploads.append(uploadId, offset, decodeBase64(base64)) }),
    finishUpload: async ({ uploadId }) => receiveFile(parts, await uploads.finish(uploadId)),
    cancelUpload: ({ uploadId }) => uploads.cancel(uploadId),
    keepBoth: async ({ documentId, version }) => ({ documentId: await keepBoth(parts, documentId, version) }),
  };
}

function lifeRoutes(parts: DocumentParts): Pick<DocumentRoutes, 'retry' | 'remove' | 'restore'> {
  const { options, documents, queue, infos } = parts;
  return {
    retry({ documentId }) {
      const row = presentDocument(parts, documentId);
      inTransaction(options.db, () => {
        // Whoever asks again has not said no for good; what it costs is asked about again.
        documents.setAnswer(documentId, null, '');
        if (row.status === 'failed') documents.setStatus(documentId, 'queued');
        else if (row.status === 'ready') documents.setStatus(documentId, 'ready');
      });
      infos.announce(documentId, 'state');
      queue.endBreather();
      queue.add(documentId);
    },
    remove({ documentId }) {
      presentDocument(parts, documentId);
      documents.setRemovedAt(documentId, options.now());
      queue.leave(documentId);
      options.events.emit({ type: 'document.removed', documentId });
    },
    restore({ documentId }) {
      const row = documents.get(documentId);
      if (row === undefined) throw new AppError('NOT_FOUND', 'No such document.');
      if (row.removed_at === null) return;
      presentCollection(parts, row.collection_id);
      const twin = documents.withName(row.collection_id, row.name) ?? documents.withContent(row.collection_id, row.content_hash);
      if (twin !== undefined) throw new AppError('CONFLICT', 'The same file has been added again.');
      documents.setRemovedAt(documentId, null);
      infos.announce(documentId, 'state');
      if (row.status !== 'ready' && row.status !== 'failed' && row.status !== 'waiting') queue.add(documentId);
    },
  };
}

/** What is known of one document and of its use. */
function createCards(parts: DocumentParts): DocumentRoutes['card'] {
  const { options, passages } = parts;
  const useOf = createDocumentUses(options);
  return async ({ documentId }) => {
    const document = presentInfo(parts, documentId);
    const model = options.models.embeddingModel();
    const embeddedCount = model === null ? null : document.passageCount - passages.unembeddedCount(documentId, vectorSpaceOf(model));
    return { document, embeddedCount, ...(await useOf(documentId)) };
  };
}

function createReader(parts: DocumentParts): DocumentRoutes['read'] {
  const { texts } = parts;
  return ({ documentId, startOffset, lengthChars }) => {
    const document = presentInfo(parts, documentId);
    const totalChars = texts.lengthOf(documentId);
    const between = (start: number, end: number): string => texts.between(documentId, start, end);
    return {
      document,
      ...readStretch(between, totalChars, startOffset, lengthChars),
      totalChars,
      pages: texts.pagesOf(documentId).map(([page, start]) => ({ page, startOffset: start })),
    };
  };
}

async function readFile(parts: DocumentParts, { documentId, offset, lengthBytes }: Parameters<DocumentRoutes['file']>[0]) {
  const { content_hash: version, size_bytes: sizeBytes } = presentDocument(parts, documentId);
  const piece = await readFilePiece(parts.uploads.pathOf(version), offset, lengthBytes);
  return { base64: piece.toString('base64'), sizeBytes, version };
}

function decodeBase64(base64: string): Uint8Array {
  // Buffer skips what is not Base64, and the file would be damaged without anybody noticing.
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) throw new AppError('INVALID_INPUT', 'Not Base64.');
  return Buffer.from(base64, 'base64');
}
