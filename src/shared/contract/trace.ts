import { z } from 'zod';
import { call } from '../rpc/define.ts';
import { failure } from './chat.ts';

/** Most passages a trace lists. Those given to the model are always among them. */
export const maxTracedPassages = 40;

/** Why a passage that was found was not given to the model. */
export const dropReason = z.enum([
  /** It would not have fitted into the tokens there were. */
  'token_budget',
  /** Its document had its share of the places, and a passage of another one took this. */
  'document_share',
  /** Better ones had taken every place. */
  'places_taken',
  /** All it says stands in a better one. */
  'already_given',
]);
export type DropReason = z.infer<typeof dropReason>;

/** Where one search placed a passage; `score` is comparable within that search only, higher is better. */
const placing = z.object({ rank: z.int().positive(), score: z.number() });

export const tracedPassage = z.object({
  passageId: z.string(),
  documentId: z.string(),
  documentName: z.string(),
  /** 1-based; null where the format has no pages. */
  page: z.int().positive().nullable(),
  headingPath: z.array(z.string()),
  tokenCount: z.int().nonnegative(),
  /** By its words (BM25); null when they did not find it. */
  keyword: placing.nullable(),
  /** By its meaning (cosine); null when it was not found so. */
  vector: placing.nullable(),
  /** Both together (reciprocal rank fusion); the order of the list, unless they were ranked again. */
  fused: placing,
  /** The n of `[n]` it was given as, alone or in one stretch with neighbours of the same n; null when it was dropped. */
  ordinal: z.int().positive().nullable(),
  dropped: dropReason.nullable(),
});
export type TracedPassage = z.infer<typeof tracedPassage>;

/** What took time: writing further queries, bringing vectors into memory, embedding the question, either search, ranking again, choosing among what was found. */
export const traceStep = z.enum([
  'further_queries',
  'load_vectors',
  'embed_question',
  'vector_search',
  'keyword_search',
  'rerank',
  'choose',
]);
export type TraceStep = z.infer<typeof traceStep>;

/** How the passages of one answer were found: what was searched for, what was found, and what became of it. */
export const retrievalTrace = z.object({
  /** The question as it was searched for. */
  query: z.string(),
  /** What was searched for besides; missing in traces of earlier versions, as is the next. */
  furtherQueries: z.array(z.string()).optional(),
  /** The first of the fused order were put into another one by a model. */
  isRankedAgain: z.boolean().optional(),
  /** Documents that could be searched. */
  documentCount: z.int().nonnegative(),
  /** Passages each search found, and both together. */
  keywordCount: z.int().nonnegative(),
  vectorCount: z.int().nonnegative(),
  foundCount: z.int().nonnegative(),
  /** Why nothing was searched by meaning: no model for it, no vectors to compare with, or it failed. Null when it was. */
  withoutVectors: z.enum(['no_model', 'no_vectors', 'failed']).nullable(),
  failure: failure.nullable(),
  /** Most passages, and most tokens of them together, that could be given; tokens that were. */
  passageLimit: z.int().positive(),
  tokenBudget: z.int().positive(),
  givenTokens: z.int().nonnegative(),
  steps: z.array(z.object({ step: traceStep, durationMs: z.number().nonnegative() })),
  /** Best first, at most `maxTracedPassages`. */
  passages: z.array(tracedPassage).max(maxTracedPassages),
});
export type RetrievalTrace = z.infer<typeof retrievalTrace>;

export const trace = {
  /**
   * How the passages of an answer were found; null when no documents were searched. `openings` holds the first words
   * of each listed passage that still exists, by passage id.
   */
  'chat.trace': call({
    input: z.object({ messageId: z.string().min(1).max(64) }),
    output: z.object({ trace: retrievalTrace.nullable(), openings: z.record(z.string(), z.string()) }),
  }),
};
