import { addAmount, emptyTotal } from '../../../shared/amount.ts';
import type { IndexingQuote } from '../../../shared/contract/documents.ts';
import { inTransaction } from '../db/database.ts';
import type { DocumentParts, DocumentRoutes } from './document-parts.ts';
import { estimateOf, type DocumentRow, type EmbeddingAnswer } from './document-store.ts';

type IndexingRoutes = Pick<DocumentRoutes, 'indexingQuote' | 'acceptIndexing' | 'declineIndexing' | 'cancelIndexing'>;

/** Asking before money is spent on indexing, and ending it. */
export function indexingRoutes(parts: DocumentParts): IndexingRoutes {
  const { options, documents, estimator, queue } = parts;
  return {
    indexingQuote() {
      const sums = documents.waitingSums();
      if (sums.length === 0) return null;
      return sums.reduce<IndexingQuote>((quote, sum) => {
        const { passageCount, tokenCount, amount, durationMs } = estimator.priced(sum, sum.fileCount);
        return {
          fileCount: quote.fileCount + sum.fileCount,
          pageCount: quote.pageCount + sum.pageCount,
          passageCount: quote.passageCount + passageCount,
          tokenCount: quote.tokenCount + tokenCount,
          total: addAmount(quote.total, amount),
          durationMs: quote.durationMs + durationMs,
        };
      }, nothingQuoted);
    },
    acceptIndexing({ documentIds }) {
      queue.endBreather();
      for (const id of answerWaiting(parts, documentIds, 'accepted')) queue.add(id);
    },
    declineIndexing({ documentIds }) {
      answerWaiting(parts, documentIds, 'declined');
    },
    async cancelIndexing() {
      // Without a model nothing is embedded anyway.
      const embedder = await options.clients.embedder().catch(() => null);
      const removedIds = cancelAll(parts, embedder?.vectorSpace ?? null);
      options.resume();
      return { removedIds };
    },
  };
}

const nothingQuoted: IndexingQuote = { fileCount: 0, pageCount: 0, passageCount: 0, tokenCount: 0, total: emptyTotal, durationMs: 0 };

/** Notes the answer for waiting documents and returns which these were. */
function answerWaiting(
  { options, documents, infos }: DocumentParts,
  documentIds: readonly string[] | null,
  answer: EmbeddingAnswer,
): string[] {
  const ids = inTransaction(options.db, () =>
    rowsOf(documents.get, documentIds ?? documents.idsByStatus('waiting')).flatMap((row) => {
      const estimate = row.status === 'waiting' ? estimateOf(row) : null;
      if (estimate === null) return [];
      documents.setAnswer(row.id, answer, estimate.vectorSpace);
      documents.setStatus(row.id, answer === 'accepted' ? 'embedding' : 'ready');
      return [row.id];
    }),
  );
  for (const id of ids) infos.announce(id, 'state');
  return ids;
}

function cancelAll({ options, documents, infos, queue }: DocumentParts, vectorSpace: string | null): string[] {
  const unread = documents.idsByStatus('queued', 'reading');
  const unembedded = documents.idsByStatus('embedding');
  inTransaction(options.db, () => {
    for (const id of unread) documents.setRemovedAt(id, options.now());
    for (const id of unembedded) {
      if (vectorSpace !== null) documents.setAnswer(id, 'declined', vectorSpace);
      documents.setStatus(id, 'ready');
    }
  });
  for (const id of unread) queue.leave(id);
  for (const id of unembedded) infos.announce(id, 'state');
  for (const documentId of unread) options.events.emit({ type: 'document.removed', documentId });
  return unread;
}

function rowsOf(get: (id: string) => DocumentRow | undefined, ids: readonly string[]): DocumentRow[] {
  return ids.flatMap((id) => get(id) ?? []).filter(({ removed_at: removedAt }) => removedAt === null);
}
