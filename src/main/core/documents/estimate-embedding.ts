import type { Amount } from '../../../shared/amount.ts';
import type { IndexingEstimate } from '../../../shared/contract/documents.ts';
import { modelOfVectorSpace } from '../providers/provider-clients.ts';
import type { KnownModels } from '../providers/model-facts.ts';
import { costNanosOf } from '../spend/prices/cost-of.ts';
import type { PriceBook } from '../spend/prices/price-book.ts';
import type { Db } from '../db/database.ts';
import type { StoredEstimate } from './document-store.ts';

/** Calls whose pace is taken for that of the next ones. */
const recentCalls = 50;
/** Of a model that has not been used yet. */
const assumedTokensPerSecond = 20_000;
const fewestMs = 1_000;
/**
 * Documents embedded at once, a call each: a provider takes a good part of a second to answer, however little it is sent.
 */
export const mostDocumentsAtOnce = 4;

export interface EstimatorDeps {
  readonly db: Db;
  readonly models: KnownModels;
  readonly priceBook: PriceBook;
  readonly now: () => number;
}

export type EmbeddingEstimator = ReturnType<typeof createEmbeddingEstimator>;

/** Says what embedding would cost, and how long it would take by the pace of the last calls to the same model. */
export function createEmbeddingEstimator({ db, models, priceBook, now }: EstimatorDeps) {
  const pace = db.prepare<[string, string], { tokens: number | null; durationMs: number | null }>(`
    SELECT sum(input_tokens) AS tokens, sum(duration_ms) AS durationMs FROM (
      SELECT input_tokens, duration_ms FROM usage_record
      WHERE document_id IS NOT NULL AND outcome = 'done' AND provider_id = ? AND requested_model = ? ORDER BY started_at DESC LIMIT ${recentCalls}
    )`);

  function amountOf(vectorSpace: string, tokenCount: number): Amount {
    const model = modelOfVectorSpace(vectorSpace);
    const facts = models.findFacts(model);
    if (facts === null) return { exactness: 'no_price' };
    const { providerKind, baseUrl } = facts;
    if (providerKind !== 'remote') return { exactness: 'free' };
    const price = priceBook.priceOf({ baseUrl, model: model.modelId, at: now(), serviceTier: null, inputTokens: null });
    if (price === null) return { exactness: 'no_price' };
    const shares = { plainInputTokens: tokenCount, cacheReadTokens: 0, cacheWriteTokens: 0, cacheWrite12hTokens: 0, outputTokens: 0 };
    return { exactness: 'estimated', costNanos: costNanosOf(shares, price) };
  }

  /** A server on this computer does one thing at a time, and a question asked meanwhile should not stand behind three others. */
  function documentsAtOnce(vectorSpace: string): number {
    return models.findFacts(modelOfVectorSpace(vectorSpace))?.providerKind === 'remote' ? mostDocumentsAtOnce : 1;
  }

  function durationMsOf(vectorSpace: string, tokenCount: number, fileCount: number): number {
    const { providerId, modelId } = modelOfVectorSpace(vectorSpace);
    const { tokens = null, durationMs = null } = pace.get(providerId, modelId) ?? {};
    const tokensPerMs = tokens === null || !durationMs ? assumedTokensPerSecond / 1_000 : tokens / durationMs;
    const atOnce = Math.min(documentsAtOnce(vectorSpace), fileCount);
    return Math.max(fewestMs, Math.round(tokenCount / tokensPerMs / atOnce));
  }

  return {
    /** What these tokens cost at today's price; a provider that is gone has none. */
    amountOf,
    documentsAtOnce,
    /** The same with its time, for what is to be embedded of so many files. */
    priced: ({ vectorSpace, passageCount, tokenCount }: StoredEstimate, fileCount: number): IndexingEstimate => ({
      passageCount,
      tokenCount,
      amount: amountOf(vectorSpace, tokenCount),
      durationMs: durationMsOf(vectorSpace, tokenCount, fileCount),
    }),
  };
}
