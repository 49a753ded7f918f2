import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PassageSettings } from '../../../shared/contract/passage-settings.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inRepeatableTransaction, type Db } from '../db/database.ts';
import type { MeteredEmbedder } from '../providers/provider-clients.ts';
import type { Passage } from './cut-passages.ts';
import { parsedName } from './document-name.ts';
import type { DocumentRow, DocumentStore } from './document-store.ts';
import { embeddedText } from './embedded-text.ts';
import type { FileParser } from './parsing/parse-in-child.ts';
import type { PassageStore, UnembeddedPassage } from './passage-store.ts';
import { storeDocument } from './store-document.ts';
import type { TextStore } from './text-store.ts';
import { createTextsUnderway } from './texts-underway.ts';

/**
 * Texts sent to be embedded at once. A server on this computer may take a second for one, a provider for a thousand; a reply
 * with more vectors than this would hold up an answer that streams meanwhile, for as long as its numbers are read.
 */
const firstBatchSize = 16;
const maxBatchSize = 32;
/** A batch that took less than this may be followed by a larger one. */
const fastBatchMs = 2_000;

export interface IndexerOptions {
  readonly db: Db;
  readonly documents: DocumentStore;
  readonly passages: PassageStore;
  readonly texts: TextStore;
  readonly parser: FileParser;
  /** Where the bytes with this hash lie. */
  readonly pathOf: (contentHash: string) => string;
  /** How the documents of a collection are cut. */
  readonly settingsOf: (collectionId: string) => PassageSettings;
  readonly now: () => number;
  readonly newId: () => string;
}

/** How embedding a document is steered from outside. */
export interface EmbedControl {
  readonly signal: AbortSignal;
  /** Resolves when the next batch may be sent: at once, or after a pause. */
  readonly go: () => Promise<void>;
  readonly onProgress: (embeddedCount: number) => void;
}

export type Indexer = ReturnType<typeof createIndexer>;

/** The two steps of indexing one document. Both can be repeated: each first sees what is there. */
export function createIndexer(options: IndexerOptions) {
  const underway = createTextsUnderway();
  return {
    /**
     * Reads the file and takes over its text, passages and search terms; `finish` is called in the transaction of the last
     * piece, for what else is to change with it. In many short transactions, so that a long document does not hold up an answer
     * that streams meanwhile: until the status says so nobody looks at its passages, and after a kill the next start begins
     * anew. Throws AppError with the file's FILE_ code.
     */
    async read(document: DocumentRow, signal: AbortSignal, finish: () => void): Promise<void> {
      const pieces = options.parser.read(
        {
          path: options.pathOf(document.content_hash),
          name: parsedName(document),
          settings: options.settingsOf(document.collection_id),
        },
        signal,
      );
      await storeDocument(options, document, pieces, {
        signal,
        finish(file) {
          options.documents.setContent(document.id, file);
          finish();
        },
      });
    },

    /**
     * Embeds what has no vector in the embedder's space. Returns whether there was anything to do. Stops without an error
     * once the document is removed, has other content or is not to be embedded any more. `onProgress` gets the number of
     * passages that have their vector, at first and after each batch; `go` is awaited before each. What another document
     * is having embedded at the same time is waited for instead of sent. Throws what the provider's client throws; the
     * vectors made until then stay.
     */
    async embed(document: DocumentRow, embedder: MeteredEmbedder, { signal, go, onProgress }: EmbedControl): Promise<boolean> {
      const runId = options.newId();
      const { vectorSpace } = embedder;
      let batchSize = firstBatchSize;
      let after = -1;
      let hasWorked = false;
      const report = (): void => onProgress(document.passage_count - options.passages.unembeddedCount(document.id, vectorSpace));
      for (;;) {
        await go();
        signal.throwIfAborted();
        if (!isStillWanted(document, options.documents.get(document.id), vectorSpace)) return hasWorked;
        const batch = options.passages.unembedded(document.id, vectorSpace, { after, limit: batchSize });
        if (batch.length === 0) return hasWorked;
        const keys = batch.map(({ content_hash: hash }) => `${hash} ${vectorSpace}`);
        const elsewhere = underway.whenEnded(keys);
        if (elsewhere !== null) {
          await elsewhere;
          continue;
        }
        if (!hasWorked) report();
        hasWorked = true;
        const startedAt = options.now();
        await underway.during(keys, () => embedBatch(options, embedder, { document, batch, runId, signal }));
        if (options.now() - startedAt < fastBatchMs) batchSize = Math.min(batchSize * 2, maxBatchSize);
        after = batch.at(-1)?.position ?? after;
        report();
      }
    },
  };
}

function isStillWanted(before: DocumentRow, now: DocumentRow | undefined, vectorSpace: string): boolean {
  return isSameVersion(before, now) && !(now.embedding_answer === 'declined' && now.embedding_answer_model === vectorSpace);
}

/** Whether a document is still what it was when work on it began: there, and with the same content. */
export function isSameVersion(before: DocumentRow, now: DocumentRow | undefined): now is DocumentRow {
  return now !== undefined && now.removed_at === null && now.content_hash === before.content_hash;
}

interface Batch {
  readonly document: DocumentRow;
  readonly batch: readonly UnembeddedPassage[];
  readonly runId: string;
  readonly signal: AbortSignal;
}

async function embedBatch(options: IndexerOptions, embedder: MeteredEmbedder, { document, batch, runId, signal }: Batch): Promise<void> {
  // Keyed by content: the same paragraph twice in a document is embedded once.
  const texts = new Map(
    batch.map((passage) => {
      // Written by the passage store as the string array of `Passage.headingPath`.
      const headingPath = JSON.parse(passage.heading_path_json) as Passage['headingPath'];
      return [
        passage.content_hash,
        embeddedText(document.name, headingPath, options.texts.between(document.id, passage.start_offset, passage.end_offset)),
      ];
    }),
  );
  await nextTurn(undefined, { signal });
  const attribution = { runId, purpose: 'index_embedding', conversationId: null, messageId: null, documentId: document.id } as const;
  const vectors = await embedder.embed([...texts.values()], { attribution, signal });
  // Reading the reply has taken its time already.
  await nextTurn(undefined, { signal });
  assertUsable(vectors, texts.size);
  const hashes = [...texts.keys()];
  // What a power cut takes of them is paid for again, a batch at most: the record of the next call waits for the disk.
  inRepeatableTransaction(options.db, () => {
    for (const [index, vector] of vectors.entries())
      options.passages.insertEmbedding({ contentHash: hashes[index] ?? '', vector }, embedder.vectorSpace);
  });
}

/** A server can answer 200 with too few vectors, or with numbers no distance can be measured to. */
function assertUsable(vectors: readonly Float32Array[], count: number): void {
  const isUsable = (vector: Float32Array): boolean =>
    vector.length > 0 && vector.length === vectors[0]?.length && vector.every(Number.isFinite);
  if (vectors.length !== count || !vectors.every(isUsable))
    throw new AppError('EMPTY_REPLY', 'The embedding model sent no usable vectors.');
}
