import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../db/database.ts';
import { searchTerms } from '../db/search-terms.ts';
import type { MeteredEmbedder } from '../providers/provider-clients.ts';
import { cutPassages, type Passage } from './cut-passages.ts';
import { parsedName } from './document-name.ts';
import type { DocumentRow, DocumentStore } from './document-store.ts';
import { embeddedText } from './embedded-text.ts';
import type { FileParser } from './parsing/parse-in-child.ts';
import type { ParsedFile } from './parsing/parsed-file.ts';
import type { NewPassage, PassageStore, UnembeddedPassage } from './passage-store.ts';

const passagesPerTransaction = 100;
/** Texts sent to be embedded at once. A server on this computer may take a second for one, a provider for a thousand. */
const firstBatchSize = 16;
const maxBatchSize = 128;
/** A batch that took less than this may be followed by a larger one. */
const fastBatchMs = 2_000;

export interface IndexerOptions {
  readonly db: Db;
  readonly documents: DocumentStore;
  readonly passages: PassageStore;
  readonly parser: FileParser;
  /** Where the bytes with this hash lie. */
  readonly pathOf: (contentHash: string) => string;
  readonly countTokens: (text: string) => number;
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
  return {
    /**
     * Reads the file, cuts it and stores text, passages and search terms; the document's status is the caller's.
     * In several transactions, so that a long document does not hold up an answer that streams meanwhile: until the
     * status says so nobody looks at its passages, and after a kill the next start begins anew.
     * Throws AppError with the file's FILE_ code.
     */
    async read(document: DocumentRow, signal: AbortSignal): Promise<void> {
      const file = await options.parser.parse(options.pathOf(document.content_hash), parsedName(document));
      const passages = await passagesOf(options, document, file, signal);
      const tokenCount = passages.reduce((sum, passage) => sum + passage.tokenCount, 0);
      inTransaction(options.db, () => {
        options.passages.removeOf(document.id);
        options.documents.saveText(document.id, file.text, file.pages);
        options.documents.setContent(document.id, { mediaType: file.mediaType, pageCount: file.pageCount, tokenCount });
      });
      for (let index = 0; index < passages.length; index += passagesPerTransaction) {
        await nextTurn(undefined, { signal });
        const batch = passages.slice(index, index + passagesPerTransaction);
        inTransaction(options.db, () => batch.forEach((passage) => options.passages.insert(passage)));
      }
    },

    /**
     * Embeds what has no vector in the embedder's space. Returns whether there was anything to do. Stops without an error
     * once the document is removed, has other content or is not to be embedded any more. `onProgress` gets the number of
     * passages that have their vector, before each batch; `go` is awaited before each. Throws what the provider's client
     * throws; the vectors made until then stay.
     */
    async embed(document: DocumentRow, embedder: MeteredEmbedder, { signal, go, onProgress }: EmbedControl): Promise<boolean> {
      const text = options.documents.textOf(document.id)?.text ?? '';
      const runId = options.newId();
      let batchSize = firstBatchSize;
      for (let done = 0; ; done += 1) {
        await go();
        signal.throwIfAborted();
        const now = options.documents.get(document.id);
        const isDeclined = now?.embedding_answer === 'declined' && now.embedding_answer_model === embedder.vectorSpace;
        if (!isSameVersion(document, now) || isDeclined) return done > 0;
        const batch = options.passages.unembedded(document.id, embedder.vectorSpace, batchSize);
        if (batch.length === 0) return done > 0;
        onProgress(document.passage_count - options.passages.unembeddedCount(document.id, embedder.vectorSpace));
        const startedAt = options.now();
        await embedBatch(options, embedder, { document, batch, text, runId, signal });
        if (options.now() - startedAt < fastBatchMs) batchSize = Math.min(batchSize * 2, maxBatchSize);
      }
    },
  };
}

/** Whether a document is still what it was when work on it began: there, and with the same content. */
export function isSameVersion(before: DocumentRow, now: DocumentRow | undefined): now is DocumentRow {
  return now !== undefined && now.removed_at === null && now.content_hash === before.content_hash;
}

async function passagesOf(options: IndexerOptions, document: DocumentRow, file: ParsedFile, signal: AbortSignal): Promise<NewPassage[]> {
  const passages: NewPassage[] = [];
  for (const passage of cutPassages(file, options.countTokens)) {
    // Counting the tokens of one passage takes milliseconds; an answer that streams meanwhile gets its turn.
    await nextTurn(undefined, { signal });
    const text = file.text.slice(passage.startOffset, passage.endOffset);
    passages.push({
      ...passage,
      id: options.newId(),
      documentId: document.id,
      position: passages.length,
      contentHash: sha256(embeddedText(document.name, passage.headingPath, text)),
      titleTerms: searchTerms([document.name, ...passage.headingPath].join(' ')),
      terms: searchTerms(`${text} ${rejoinedWords(text)}`),
    });
  }
  return passages;
}

interface Batch {
  readonly document: DocumentRow;
  readonly batch: readonly UnembeddedPassage[];
  readonly text: string;
  readonly runId: string;
  readonly signal: AbortSignal;
}

async function embedBatch(
  options: IndexerOptions,
  embedder: MeteredEmbedder,
  { document, batch, text, runId, signal }: Batch,
): Promise<void> {
  // Keyed by content: the same paragraph twice in a document is embedded once.
  const texts = new Map(
    batch.map((passage) => {
      // Written by the passage store as the string array of `Passage.headingPath`.
      const headingPath = JSON.parse(passage.heading_path_json) as Passage['headingPath'];
      return [passage.content_hash, embeddedText(document.name, headingPath, text.slice(passage.start_offset, passage.end_offset))];
    }),
  );
  const attribution = { runId, purpose: 'index_embedding', conversationId: null, messageId: null, documentId: document.id } as const;
  const vectors = await embedder.embed([...texts.values()], { attribution, signal });
  assertUsable(vectors, texts.size);
  const hashes = [...texts.keys()];
  inTransaction(options.db, () => {
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

/** Words that a line end cut in two, whole, so that they are found; the text itself stays as it was printed. */
function rejoinedWords(text: string): string {
  // Beginning only where a word does keeps the search linear in a word of any length.
  return [...text.matchAll(/(?<!\p{L})(\p{L}+)[-\u00ad\u2010]\n[ \t]*(\p{Ll}+)/gu)]
    .map(([, start = '', end = '']) => start + end)
    .join(' ');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
