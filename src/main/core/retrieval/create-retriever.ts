import type { Failure, Source } from '../../../shared/contract/chat.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { Db } from '../db/database.ts';
import type { Logger } from '../ports.ts';
import { failureOf } from '../providers/describe-failure.ts';
import type { MeteredEmbedder, ProviderClients } from '../providers/provider-clients.ts';
import { fuseRanks } from './fuse-ranks.ts';
import { createKeywordSearch } from './keyword-search.ts';
import { createPassageReader, type Candidate, type DocumentText, type PassageReader } from './passage-reader.ts';
import type { RetrievalRequest, Retriever } from './retrieve.ts';
import { selectPassages, type Chosen } from './select-passages.ts';
import { createVectorSearch, type VectorSearch } from './vector-search.ts';

export interface RetrieverDeps {
  readonly db: Db;
  readonly clients: Pick<ProviderClients, 'embedder'>;
  readonly log: Logger;
  /** Longest wait for the vector of a question; the words alone are used after it. */
  readonly embedTimeoutMs?: number;
}

/** Passages taken from each search before they are fused. */
const candidatesPerSearch = 50;
/** What is embedded of a question, in UTF-16 code units: below the 8,191 tokens models take, also in Japanese. */
const maxEmbeddedChars = 6_000;
const defaultEmbedTimeoutMs = 15_000;

interface VectorRanking {
  readonly rowIds: readonly number[];
  readonly notice: Failure | null;
}

const noVectors: VectorRanking = { rowIds: [], notice: null };

/**
 * Finds passages by their words and, where they have vectors and a model to ask, by their meaning; fuses both by rank.
 * When the question cannot be embedded the words alone are used and the result says why. Rejects only with the
 * signal's reason or an error of the database.
 */
export function createRetriever(deps: RetrieverDeps): Retriever {
  const passages = createPassageReader(deps.db);
  const keywords = createKeywordSearch(deps.db);
  const vectors = createVectorSearch(deps.db);

  return {
    async retrieve(request) {
      const documentIds = passages.searchableDocuments(request.collectionIds);
      if (documentIds.length === 0 || request.query.trim() === '') return { sources: [], notice: null };
      const byVector = await rankByVector(deps, vectors, request, documentIds);
      request.signal.throwIfAborted();
      const byKeyword = keywords.search(request.query, documentIds, candidatesPerSearch);
      return { sources: chooseSources(passages, [byKeyword, byVector.rowIds], { ...request, documentIds }), notice: byVector.notice };
    },
    preview(request, vectorSpace) {
      const documentIds = passages.searchableDocuments(request.collectionIds);
      if (documentIds.length === 0 || request.query.trim() === '') return { sources: [], embeddedText: null };
      const byKeyword = keywords.search(request.query, documentIds, candidatesPerSearch);
      const isEmbedded = vectorSpace !== null && passages.areEmbedded(documentIds, vectorSpace);
      return {
        sources: chooseSources(passages, [byKeyword, []], { ...request, documentIds }),
        embeddedText: isEmbedded ? embeddedText(request.query) : null,
      };
    },
  };
}

async function rankByVector(
  deps: RetrieverDeps,
  vectors: VectorSearch,
  request: RetrievalRequest,
  documentIds: readonly string[],
): Promise<VectorRanking> {
  const embedder = await orFailure(deps.clients.embedder(), request.signal);
  if (embedder === null) return noVectors;
  if ('code' in embedder) return keywordsOnly(deps.log, embedder);
  const { vectorSpace } = embedder;
  // A question is embedded, and paid for, only when there is something to compare it with.
  if ((await vectors.load(vectorSpace, documentIds, request.signal)) === 0) return noVectors;
  const vector = await embedQuestion(embedder, request, deps.embedTimeoutMs ?? defaultEmbedTimeoutMs);
  if ('code' in vector) return keywordsOnly(deps.log, vector);
  return { rowIds: vectors.search(vectorSpace, vector, documentIds, candidatesPerSearch), notice: null };
}

async function embedQuestion(embedder: MeteredEmbedder, request: RetrievalRequest, timeoutMs: number): Promise<Float32Array | Failure> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(new AppError('PROVIDER_UNAVAILABLE', 'The embedding took too long.')), timeoutMs);
  const signal = AbortSignal.any([request.signal, timeout.signal]);
  const attribution = { ...request.attribution, purpose: 'query_embedding', documentId: null } as const;
  try {
    const vectors = await orFailure(
      abortable(embedder.embed([embeddedText(request.query)], { attribution, signal }), signal),
      request.signal,
      signal,
    );
    if ('code' in vectors) return vectors;
    return vectors[0] ?? { code: 'EMPTY_REPLY' };
  } finally {
    clearTimeout(timer);
  }
}

function embeddedText(query: string): string {
  return query.slice(0, maxEmbeddedChars).toWellFormed();
}

/** What `work` comes to, or why it failed. Rejects only when the person has stopped the run. */
async function orFailure<T>(work: Promise<T>, stopped: AbortSignal, signal: AbortSignal = stopped): Promise<T | Failure> {
  try {
    return await work;
  } catch (error) {
    stopped.throwIfAborted();
    return failureOf(error, { signal });
  }
}

function keywordsOnly(log: Logger, notice: Failure): VectorRanking {
  log.warn('retrieval.keywords_only', { code: notice.code });
  return { rowIds: [], notice };
}

/** Settles with `work`, or with the signal's reason as soon as it aborts, whether `work` listens to it or not. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function chooseSources(
  passages: PassageReader,
  rankings: readonly (readonly number[])[],
  { limit, tokenBudget, documentIds }: Pick<RetrievalRequest, 'limit' | 'tokenBudget'> & { readonly documentIds: readonly string[] },
): Source[] {
  const fused = fuseRanks(rankings);
  const candidates = passages.candidates(
    fused.map(({ key }) => key),
    documentIds,
  );
  const ranked = fused.flatMap(({ key, score, ranks: [keywordRank, vectorRank] }) => {
    const candidate = candidates.get(key);
    return candidate === undefined ? [] : { ...candidate, score, keywordRank: keywordRank ?? null, vectorRank: vectorRank ?? null };
  });
  const documents = new Map<string, DocumentText>();
  function documentOf({ documentId }: Candidate): DocumentText {
    const document = documents.get(documentId) ?? passages.textOf(documentId);
    documents.set(documentId, document);
    return document;
  }
  const textOf = (candidate: Candidate, start: number, end: number): string => documentOf(candidate).text.slice(start, end);
  const chosen = selectPassages(ranked, { limit, tokenBudget, textOf });
  return chosen.map((choice, index) => toSource(choice, index + 1, documentOf(choice.passage)));
}

function toSource(
  { passage, startOffset, endOffset, text }: Chosen<Candidate & Pick<Source, 'score' | 'keywordRank' | 'vectorRank'>>,
  ordinal: number,
  { pages }: DocumentText,
): Source {
  const { passageId, documentId, documentName, headingPath, score, keywordRank, vectorRank } = passage;
  // A passage that lost its beginning to a neighbour may now begin on a later page.
  const page =
    startOffset === passage.startOffset ? passage.page : (pages.findLast(([, start]) => start <= startOffset)?.[0] ?? passage.page);
  return {
    ordinal,
    passageId,
    documentId,
    documentName,
    page,
    headingPath: [...headingPath],
    startOffset,
    endOffset,
    text,
    keywordRank,
    vectorRank,
    score,
  };
}
