import type { Failure } from '../../../shared/contract/chat.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { databaseFileName, toStorageError } from '../db/database.ts';
import type { Logger } from '../ports.ts';
import type { MeteredEmbedder } from '../providers/provider-clients.ts';
import type { DocumentRow, DocumentStore, StoredEstimate } from './document-store.ts';
import type { EmbeddingGate } from './embedding-gate.ts';
import { mostDocumentsAtOnce, type EmbeddingEstimator } from './estimate-embedding.ts';
import { isSameVersion, type Indexer } from './index-document.ts';
import { createResumable } from './resumable.ts';
import { createTurns, inTurn } from './turns.ts';
import { createWorkQueue } from './work-queue.ts';

/** After a failure that every document would meet, such as a wrong key, the others are not tried for this long. */
const breatherMs = 30_000;
const failuresOfOneText: ReadonlySet<string> = new Set(['CONTEXT_TOO_LONG', 'REQUEST_REJECTED', 'CONTENT_FILTERED', 'EMPTY_REPLY']);

export interface IndexQueueOptions {
  readonly documents: DocumentStore;
  readonly indexer: Indexer;
  readonly gate: EmbeddingGate;
  /** null when there is no model to embed with now. */
  readonly embedder: () => Promise<MeteredEmbedder | null>;
  readonly estimator: Pick<EmbeddingEstimator, 'documentsAtOnce'>;
  readonly isPaused: boolean;
  /** Called when a document's state or progress has changed. */
  readonly onChange: (documentId: string, change: 'state' | 'progress') => void;
  readonly now: () => number;
  readonly log: Logger;
}

export type IndexQueue = ReturnType<typeof createIndexQueue>;

/** How the embedding of a document went. */
interface Embedded {
  readonly notice: Failure | null;
  readonly hasWorked: boolean;
  /** What it waits for a yes to. */
  readonly asks: StoredEstimate | null;
}

/**
 * Takes documents from queued to ready. Reading and embedding have a queue each, so that the next file is read while
 * others are embedded. What goes wrong with a document is written to it, and the next one follows.
 */
export function createIndexQueue({ documents, indexer, gate, embedder, estimator, isPaused, onChange, now, log }: IndexQueueOptions) {
  let breather: { readonly notice: Failure; readonly until: number } | null = null;
  const embeddedCounts = new Map<string, number>();
  const waiters = new Map<string, (() => void)[]>();
  /** The document being read. */
  let readingNow: { readonly id: string; readonly stop: AbortController } | null = null;
  const stop = new AbortController();
  const user = createResumable(isPaused);
  const reading = createWorkQueue({ atOnce: 1, work: (id) => step(id, readOne), onDone: settle });
  const embedding = createWorkQueue({ atOnce: mostDocumentsAtOnce, work: (id) => step(id, embedOne), onDone: settle });
  /** What may be spent unasked is one sum, so documents are decided on one after the other. */
  const deciding = createTurns();
  const embeddingAlone = createTurns();

  /** Runs one step; an error that even noting down fails (a full disk) is logged and ends that document's turn only. */
  async function step(id: string, work: (document: DocumentRow) => Promise<void>): Promise<void> {
    await user.go();
    if (stop.signal.aborted) return;
    const document = documents.get(id);
    try {
      if (document !== undefined && document.removed_at === null) await work(document);
    } catch (error) {
      log.error('document.step_failed', { documentId: id, code: failureOf(error).code });
    }
  }

  async function readOne(document: DocumentRow): Promise<void> {
    if (document.status !== 'queued' && document.status !== 'reading') return;
    setStatus(document.id, 'reading');
    const own = new AbortController();
    readingNow = { id: document.id, stop: own };
    try {
      await indexer.read(document, AbortSignal.any([stop.signal, own.signal]), () => {
        // Given other content meanwhile, it is queued to be read again.
        if (isStill(document)) documents.setStatus(document.id, 'embedding');
      });
    } catch (error) {
      if (stop.signal.aborted || own.signal.aborted || !isStill(document)) return;
      log.warn('document.failed', { documentId: document.id, code: failureOf(error).code });
      setStatus(document.id, 'failed', { failure: failureOf(error) });
      return;
    } finally {
      readingNow = null;
    }
    if (!isStill(document)) return;
    onChange(document.id, 'state');
    embedding.add(document.id);
  }

  async function embedOne(document: DocumentRow): Promise<void> {
    // Given other content since it was added here, it is to be read first.
    if (document.status === 'queued' || document.status === 'reading' || document.status === 'failed') return;
    const { notice, hasWorked, asks } =
      breather !== null && now() < breather.until
        ? { notice: breather.notice, hasWorked: false, asks: null }
        : await tryEmbedding(document);
    if (stop.signal.aborted) return;
    embeddedCounts.delete(document.id);
    // Removed meanwhile: `restore` goes on from where it stopped.
    if (!isStill(document)) return;
    if (asks !== null) {
      documents.setWaiting(document.id, asks);
      onChange(document.id, 'state');
      return;
    }
    const isAsBefore = document.status === 'ready' && document.notice_json === null && notice === null && !hasWorked;
    if (!isAsBefore) setStatus(document.id, 'ready', notice === null ? {} : { notice });
  }

  async function tryEmbedding(document: DocumentRow): Promise<Embedded> {
    try {
      const model = await embedder();
      const verdict = model === null ? null : await inTurn(deciding, () => gate.decide(document, model.vectorSpace, stop.signal));
      if (verdict?.kind === 'wait') return { notice: null, hasWorked: false, asks: verdict.estimate };
      if (model === null || verdict?.kind !== 'embed') return { notice: null, hasWorked: false, asks: null };
      const embed = (): Promise<boolean> =>
        indexer.embed(document, model, {
          signal: stop.signal,
          go: user.go,
          onProgress: (embeddedCount) => reportProgress(document.id, embeddedCount),
        });
      const isAlone = estimator.documentsAtOnce(model.vectorSpace) === 1;
      return { notice: null, hasWorked: await (isAlone ? inTurn(embeddingAlone, embed) : embed()), asks: null };
    } catch (error) {
      const notice = failureOf(error);
      log.warn('document.not_embedded', { documentId: document.id, code: notice.code });
      if (!failuresOfOneText.has(notice.code)) breather = { notice, until: now() + breatherMs };
      return { notice, hasWorked: true, asks: null };
    }
  }

  function reportProgress(id: string, embeddedCount: number): void {
    const isFirst = !embeddedCounts.has(id);
    embeddedCounts.set(id, embeddedCount);
    if (isFirst) setStatus(id, 'embedding');
    else onChange(id, 'progress');
  }

  function isStill(document: DocumentRow): boolean {
    return isSameVersion(document, documents.get(document.id));
  }

  function setStatus(...[id, status, said]: Parameters<DocumentStore['setStatus']>): void {
    documents.setStatus(id, status, said);
    onChange(id, 'state');
  }

  function settle(id: string): void {
    for (const resolve of waiters.get(id) ?? []) resolve();
    waiters.delete(id);
  }

  return {
    /** Continues a document from what its status says. */
    add(id: string): void {
      const status = documents.get(id)?.status;
      if (status === 'queued' || status === 'reading') reading.add(id);
      else if (status !== undefined && status !== 'failed') embedding.add(id);
    },
    /** Ends the reading of a document that was removed, so that the next one need not wait for it. */
    leave(id: string): void {
      if (readingNow?.id === id) readingNow.stop.abort();
    },
    /** Somebody asked for another try: what failed before may work now. */
    endBreather(): void {
      breather = null;
    },
    /** Stands still from the next file and the next batch on. What is being sent is paid for, so its reply is awaited. */
    pause: user.pause,
    resume: user.resume,
    /** Passages that have their vector, while it is embedded; else null. */
    embeddedCount: (id: string): number | null => embeddedCounts.get(id) ?? null,
    /** Resolves when nothing is left to do for the document now, however it ended. */
    async whenIdle(id: string): Promise<void> {
      while (reading.has(id) || embedding.has(id)) {
        await new Promise<void>((resolve) => waiters.set(id, [...(waiters.get(id) ?? []), resolve]));
      }
    },
    /** Stops where it is; the next start goes on from there. */
    async close(): Promise<void> {
      stop.abort();
      user.resume();
      await Promise.all([reading.close(), embedding.close()]);
      for (const id of waiters.keys()) settle(id);
    },
  };
}

function failureOf(thrown: unknown): Failure {
  const error = toStorageError(thrown, databaseFileName);
  if (!(error instanceof AppError)) return { code: 'INTERNAL' };
  return error.data === undefined ? { code: error.code } : { code: error.code, data: { ...error.data } };
}
