import type { Failure } from '../../../shared/contract/chat.ts';
import type { RetrievalTrace } from '../../../shared/contract/trace.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { Db } from '../db/database.ts';
import type { Logger } from '../ports.ts';
import { failureOf } from '../providers/describe-failure.ts';
import type { MeteredEmbedder, ProviderClients } from '../providers/provider-clients.ts';
import { chooseSources } from './choose-sources.ts';
import type { Hit } from './hit.ts';
import { createKeywordSearch } from './keyword-search.ts';
import { createPassageReader, rememberingTexts } from './passage-reader.ts';
import type { RetrievalRequest, Retriever } from './retrieve.ts';
import { createStepTimes, type StepTimes } from './step-times.ts';
import { traceOf } from './trace-retrieval.ts';
import { createVectorSearch, type VectorSearch } from './vector-search.ts';

export interface RetrieverDeps {
  readonly db: Db;
  readonly clients: Pick<ProviderClients, 'embedder'>;
  readonly log: Logger;
  /** Longest wait for the vector of a question; the words alone are used after it. */
  readonly embedTimeoutMs?: number;
  /** Milliseconds that never go back, for the times in the trace. */
  readonly clock?: () => number;
}

/** Passages taken from each search before they are fused. */
const candidatesPerSearch = 50;
/** What is embedded of a question, in UTF-16 code units: below the 8,191 tokens models take, also in Japanese. */
const maxEmbeddedChars = 6_000;
const defaultEmbedTimeoutMs = 15_000;

/** Longest beginning of a passage that a trace shows, in UTF-16 code units. */
const openingChars = 160;

interface VectorRanking {
  readonly hits: readonly Hit[];
  readonly without: RetrievalTrace['withoutVectors'];
  readonly notice: Failure | null;
}

const nothingChosen = { ranked: [], given: [], dropped: new Map() };

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
      const { query, limit, tokenBudget } = request;
      const times = createStepTimes(deps.clock ?? (() => performance.now()));
      const documentIds = passages.searchableDocuments(request.scope ?? { documentIds: [], collectionIds: request.collectionIds });
      const asked = { query, limit, tokenBudget, documentCount: documentIds.length, steps: times.steps };
      if (documentIds.length === 0 || query.trim() === '') {
        const empty = { keywordHits: [], vectorHits: [], withoutVectors: null, failure: null };
        return { sources: [], notice: null, trace: traceOf({ ...asked, ...nothingChosen, ...empty }) };
      }
      const { hits: vectorHits, without: withoutVectors, notice } = await rankByVector(deps, vectors, request, documentIds, times);
      request.signal.throwIfAborted();
      const texts = rememberingTexts(passages);
      const keywordHits = times.time('keyword_search', () => keywords.search(query, documentIds, candidatesPerSearch, texts));
      const choice = times.time('choose', () => chooseSources(texts, keywordHits, vectorHits, { documentIds, limit, tokenBudget }));
      const trace = traceOf({ ...asked, ...choice, keywordHits, vectorHits, withoutVectors, failure: notice });
      return { sources: choice.sources, notice, trace };
    },
    openings: (passageIds) => passages.openings(passageIds, openingChars),
    preview(request, vectorSpace) {
      const documentIds = passages.searchableDocuments(request.scope ?? { documentIds: [], collectionIds: request.collectionIds });
      if (documentIds.length === 0 || request.query.trim() === '') return { sources: [], embeddedText: null };
      const texts = rememberingTexts(passages);
      const keywordHits = keywords.search(request.query, documentIds, candidatesPerSearch, texts);
      const isEmbedded = vectorSpace !== null && passages.areEmbedded(documentIds, vectorSpace);
      return {
        sources: chooseSources(texts, keywordHits, [], { ...request, documentIds }).sources,
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
  times: StepTimes,
): Promise<VectorRanking> {
  const embedder = await orFailure(deps.clients.embedder(), request.signal);
  if (embedder === null) return { hits: [], without: 'no_model', notice: null };
  if ('code' in embedder) return keywordsOnly(deps.log, embedder);
  const { vectorSpace } = embedder;
  // A question is embedded, and paid for, only when there is something to compare it with.
  const vectorCount = await times.timeAsync('load_vectors', () => vectors.load(vectorSpace, documentIds, request.signal));
  if (vectorCount === 0) return { hits: [], without: 'no_vectors', notice: null };
  const timeoutMs = deps.embedTimeoutMs ?? defaultEmbedTimeoutMs;
  const vector = await times.timeAsync('embed_question', () => embedQuestion(embedder, request, timeoutMs));
  if ('code' in vector) return keywordsOnly(deps.log, vector);
  const hits = times.time('vector_search', () => vectors.search(vectorSpace, vector, documentIds, candidatesPerSearch));
  return { hits, without: null, notice: null };
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
  return { hits: [], without: 'failed', notice };
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
