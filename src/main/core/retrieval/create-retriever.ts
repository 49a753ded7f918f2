import type { Failure } from '../../../shared/contract/chat.ts';
import type { RetrievalTrace, TraceStep } from '../../../shared/contract/trace.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { Db } from '../db/database.ts';
import type { Logger } from '../ports.ts';
import { failureOf } from '../providers/describe-failure.ts';
import type { MeteredEmbedder, ProviderClients } from '../providers/provider-clients.ts';
import { furtherQueries, rankedAgain, textsOf } from './assist-search.ts';
import { chooseSources, rankCandidates } from './choose-sources.ts';
import type { Hit } from './hit.ts';
import { createKeywordSearch } from './keyword-search.ts';
import { createPassageReader } from './passage-reader.ts';
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
  /** Of each query. */
  readonly hits: readonly (readonly Hit[])[];
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
      const { signal, assistant } = request;
      const further = await timeIf(assistant?.furtherQueries, times, 'further_queries', () => furtherQueries(assistant, query, signal));
      const queries = [query, ...further.result];
      const found = await rankByVector(deps, vectors, { ...request, queries }, documentIds, times);
      signal.throwIfAborted();
      const keywordHits = times.time('keyword_search', () =>
        queries.map((each) => keywords.search(each, documentIds, candidatesPerSearch, passages)),
      );
      const fused = rankCandidates(passages, keywordHits, found.hits, documentIds);
      const again = await timeIf(assistant?.rerank, times, 'rerank', () =>
        rankedAgain(assistant, { query, ranked: fused }, passages, signal),
      );
      const choice = times.time('choose', () => chooseSources(passages, again.result, { limit, tokenBudget }));
      const notice = found.notice ?? further.failure ?? again.failure;
      const trace = traceOf({
        ...asked,
        ...choice,
        keywordHits: keywordHits[0] ?? [],
        vectorHits: found.hits[0] ?? [],
        withoutVectors: found.without,
        failure: notice,
        furtherQueries: further.result,
        ...(again.result === fused ? {} : { fusedRanks: new Map(fused.map((candidate, index) => [candidate, index + 1])) }),
      });
      return { sources: choice.sources, notice, trace };
    },
    async loadAhead(vectorSpace, signal) {
      // The other way round than a search does, so that one asked meanwhile finds the half that it would come to last.
      await vectors.load(vectorSpace, passages.readyDocuments(), signal);
    },
    openings: (passageIds) => passages.openings(passageIds, openingChars),
    preview(request, vectorSpace) {
      const documentIds = passages.searchableDocuments(request.scope ?? { documentIds: [], collectionIds: request.collectionIds });
      if (documentIds.length === 0 || request.query.trim() === '') return { sources: [], embeddedText: null, rankable: [] };
      const keywordHits = keywords.search(request.query, documentIds, candidatesPerSearch, passages);
      const isEmbedded = vectorSpace !== null && passages.areEmbedded(documentIds, vectorSpace);
      const ranked = rankCandidates(passages, [keywordHits], [], documentIds);
      return {
        sources: chooseSources(passages, ranked, request).sources,
        rankable: textsOf(ranked, passages),
        embeddedText: isEmbedded ? embeddedText(request.query) : null,
      };
    },
  };
}

/** A step that is not wanted is not in the trace either. */
function timeIf<T>(wanted: unknown, times: StepTimes, step: TraceStep, work: () => Promise<T>): Promise<T> {
  return wanted ? times.timeAsync(step, work) : work();
}

interface SearchRequest extends RetrievalRequest {
  /** The question first. */
  readonly queries: readonly string[];
}

async function rankByVector(
  deps: RetrieverDeps,
  vectors: VectorSearch,
  request: SearchRequest,
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
  const embedded = await times.timeAsync('embed_question', () => embedQueries(embedder, request, timeoutMs));
  if ('code' in embedded) return keywordsOnly(deps.log, embedded);
  const hits = times.time('vector_search', () =>
    embedded.map((vector) => vectors.search(vectorSpace, vector, documentIds, candidatesPerSearch)),
  );
  return { hits, without: null, notice: null };
}

async function embedQueries(
  embedder: MeteredEmbedder,
  request: SearchRequest,
  timeoutMs: number,
): Promise<readonly Float32Array[] | Failure> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(new AppError('PROVIDER_UNAVAILABLE', 'The embedding took too long.')), timeoutMs);
  const signal = AbortSignal.any([request.signal, timeout.signal]);
  const attribution = { ...request.attribution, purpose: 'query_embedding', documentId: null } as const;
  try {
    const vectors = await orFailure(
      abortable(embedder.embed(request.queries.map(embeddedText), { attribution, signal }), signal),
      request.signal,
      signal,
    );
    if ('code' in vectors) return vectors;
    return vectors.length === request.queries.length ? vectors : { code: 'EMPTY_REPLY' };
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
