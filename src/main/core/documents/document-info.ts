import { emptyTotal, type AmountTotal } from '../../../shared/amount.ts';
import type { Failure } from '../../../shared/contract/chat.ts';
import type { DocumentInfo, IndexingEstimate } from '../../../shared/contract/documents.ts';
import type { AppEvents } from '../events.ts';
import { estimateOf, type DocumentRow, type DocumentStore } from './document-store.ts';
import type { EmbeddingEstimator } from './estimate-embedding.ts';

/** Progress is told at most this often. */
const progressIntervalMs = 200;

export interface DocumentInfoOptions {
  readonly documents: DocumentStore;
  readonly estimator: Pick<EmbeddingEstimator, 'priced'>;
  readonly totalByDocuments: (ids: readonly string[]) => ReadonlyMap<string, AmountTotal>;
  /** Passages embedded so far, while a document is being embedded. */
  readonly embeddedCount: (documentId: string) => number | null;
  readonly events: AppEvents;
  readonly now: () => number;
}

export type DocumentInfos = ReturnType<typeof createDocumentInfos>;

/** Documents as the page sees them, and the events that tell it of changes. */
export function createDocumentInfos(options: DocumentInfoOptions) {
  let lastProgressAt = -Infinity;

  function of(rows: readonly DocumentRow[]): DocumentInfo[] {
    const totals = options.totalByDocuments(rows.map(({ id }) => id));
    return rows.map((row) => {
      const estimate = estimateOf(row);
      return toDocumentInfo(row, {
        embeddedCount: options.embeddedCount(row.id) ?? 0,
        estimate: estimate && options.estimator.priced(estimate, 1),
        indexingTotal: totals.get(row.id) ?? emptyTotal,
      });
    });
  }

  return {
    of,
    /** Emits `document.changed`; progress only now and then. Nothing for a document that is hidden or gone. */
    announce(documentId: string, change: 'state' | 'progress'): void {
      if (change === 'progress' && options.now() - lastProgressAt < progressIntervalMs) return;
      const row = options.documents.get(documentId);
      if (row === undefined || row.removed_at !== null) return;
      if (change === 'progress') lastProgressAt = options.now();
      for (const document of of([row])) options.events.emit({ type: 'document.changed', document });
    },
  };
}

interface Derived {
  readonly embeddedCount: number;
  readonly estimate: IndexingEstimate | null;
  readonly indexingTotal: AmountTotal;
}

function toDocumentInfo(row: DocumentRow, derived: Derived): DocumentInfo {
  return {
    id: row.id,
    collectionId: row.collection_id,
    name: row.name,
    mediaType: row.media_type,
    sizeBytes: row.size_bytes,
    status: row.status,
    failure: parseFailure(row.failure_json),
    notice: parseFailure(row.notice_json),
    pageCount: row.page_count,
    passageCount: row.passage_count,
    tokenCount: row.token_count,
    hasVectors: row.has_vectors === 1,
    addedAt: row.added_at,
    ...derived,
  };
}

/** Written by the document store as a Failure. */
function parseFailure(json: string | null): Failure | null {
  return json === null ? null : (JSON.parse(json) as Failure);
}
