import type { Failure } from '../../../shared/contract/chat.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { databaseFileName, toStorageError } from '../db/database.ts';
import type { Logger } from '../ports.ts';
import type { DocumentRow, DocumentStore } from './document-store.ts';
import type { Indexer } from './index-document.ts';
import { createSerialQueue } from './serial-queue.ts';

/** After a failure that every document would meet, such as a wrong key, the others are not tried for this long. */
const pauseMs = 30_000;
const failuresOfOneText: ReadonlySet<string> = new Set(['CONTEXT_TOO_LONG', 'REQUEST_REJECTED', 'CONTENT_FILTERED', 'EMPTY_REPLY']);

export interface IndexQueueOptions {
  readonly documents: DocumentStore;
  readonly indexer: Indexer;
  /** Called when a document's state or progress has changed. */
  readonly onChange: (documentId: string, change: 'state' | 'progress') => void;
  readonly now: () => number;
  readonly log: Logger;
}

export type IndexQueue = ReturnType<typeof createIndexQueue>;

/**
 * Takes documents from queued to ready. Reading and embedding are two lanes, so that the next file is read while the
 * last one is embedded. What goes wrong with a document is written to it, and the next one follows.
 */
export function createIndexQueue({ documents, indexer, onChange, now, log }: IndexQueueOptions) {
  let pause: { readonly notice: Failure; readonly until: number } | null = null;
  const embeddedCounts = new Map<string, number>();
  const waiters = new Map<string, (() => void)[]>();
  const stop = new AbortController();
  const reading = createSerialQueue((id) => step(id, readOne), settle);
  const embedding = createSerialQueue((id) => step(id, embedOne), settle);

  /** Runs one step; an error that even noting down fails (a full disk) is logged and ends that document's turn only. */
  async function step(id: string, work: (document: DocumentRow) => Promise<void>): Promise<void> {
    const document = documents.get(id);
    try {
      if (document !== undefined && document.removed_at === null) await work(document);
    } catch (error) {
      log.error('document.step_failed', { documentId: id, code: failureOf(error).code });
    }
  }

  async function readOne(document: DocumentRow): Promise<void> {
    setStatus(document.id, 'reading');
    try {
      await indexer.read(document, stop.signal);
    } catch (error) {
      if (stop.signal.aborted) return;
      log.warn('document.failed', { documentId: document.id, code: failureOf(error).code });
      setStatus(document.id, 'failed', { failure: failureOf(error) });
      return;
    }
    setStatus(document.id, 'embedding');
    embedding.add(document.id);
  }

  async function embedOne(document: DocumentRow): Promise<void> {
    const { notice, hasWorked } =
      pause !== null && now() < pause.until ? { notice: pause.notice, hasWorked: false } : await tryEmbedding(document);
    if (stop.signal.aborted) return;
    embeddedCounts.delete(document.id);
    // Removed meanwhile: `restore` goes on from where it stopped.
    if (documents.get(document.id)?.removed_at !== null) return;
    const isAsBefore = document.status === 'ready' && document.notice_json === null && notice === null && !hasWorked;
    if (!isAsBefore) setStatus(document.id, 'ready', notice === null ? {} : { notice });
  }

  async function tryEmbedding(document: DocumentRow): Promise<{ notice: Failure | null; hasWorked: boolean }> {
    try {
      const hasWorked = await indexer.embed(document, stop.signal, (embeddedCount) => {
        const isFirst = !embeddedCounts.has(document.id);
        embeddedCounts.set(document.id, embeddedCount);
        if (isFirst) setStatus(document.id, 'embedding');
        else onChange(document.id, 'progress');
      });
      return { notice: null, hasWorked };
    } catch (error) {
      const notice = failureOf(error);
      log.warn('document.not_embedded', { documentId: document.id, code: notice.code });
      if (!failuresOfOneText.has(notice.code)) pause = { notice, until: now() + pauseMs };
      return { notice, hasWorked: true };
    }
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
      else if (status === 'embedding' || status === 'ready') embedding.add(id);
    },
    /** Somebody asked for another try: what failed before may work now. */
    endPause(): void {
      pause = null;
    },
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
