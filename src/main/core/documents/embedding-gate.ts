import { setImmediate as nextTurn } from 'node:timers/promises';
import { modelOfVectorSpace } from '../providers/provider-clients.ts';
import type { DocumentRow, DocumentStore, StoredEstimate } from './document-store.ts';
import { embeddedText } from './embedded-text.ts';
import type { EmbeddingEstimator } from './estimate-embedding.ts';
import type { PassageStore } from './passage-store.ts';
import type { TextStore } from './text-store.ts';

/** Documents that come within this time of one another are one delivery, with one limit. */
const deliveryGapMs = 60_000;
export type GateVerdict = { readonly kind: 'embed' | 'skip' } | { readonly kind: 'wait'; readonly estimate: StoredEstimate };

export interface EmbeddingGateDeps {
  readonly documents: Pick<DocumentStore, 'hasWaiting'>;
  readonly texts: Pick<TextStore, 'between'>;
  readonly passages: Pick<PassageStore, 'unembedded' | 'unembeddedCount'>;
  readonly estimator: Pick<EmbeddingEstimator, 'amountOf'>;
  /** Tokens of a text by a model's own count. */
  readonly countTokensFor: (text: string, modelId: string) => Promise<number>;
  /** What may be spent without asking on documents that come together, in nano-USD. */
  readonly askAboveNanos: () => number;
  readonly now: () => number;
}

export type EmbeddingGate = ReturnType<typeof createEmbeddingGate>;

/**
 * Decides whether a document's passages may be sent to an embedding model. Nothing is asked where it is free, or where
 * all that comes together stays below the limit; a price that is not known is always asked about. While something waits
 * for an answer, what comes joins it.
 */
export function createEmbeddingGate({ documents, texts, passages, estimator, countTokensFor, askAboveNanos, now }: EmbeddingGateDeps) {
  let delivery = { unaskedNanos: 0, lastAt: -Infinity };

  function unaskedNanos(): number {
    return now() - delivery.lastAt > deliveryGapMs ? 0 : delivery.unaskedNanos;
  }

  async function estimate(document: DocumentRow, vectorSpace: string, signal: AbortSignal): Promise<StoredEstimate> {
    const { modelId } = modelOfVectorSpace(vectorSpace);
    const counted = new Map<string, number>();
    for (const passage of passages.unembedded(document.id, vectorSpace, { after: -1, limit: document.passage_count })) {
      await nextTurn(undefined, { signal });
      if (counted.has(passage.content_hash)) continue;
      // Written by the passage store as the string array of `Passage.headingPath`.
      const headingPath = JSON.parse(passage.heading_path_json) as readonly string[];
      const sent = embeddedText(document.name, headingPath, texts.between(document.id, passage.start_offset, passage.end_offset));
      counted.set(passage.content_hash, await countTokensFor(sent, modelId));
    }
    return { vectorSpace, passageCount: counted.size, tokenCount: [...counted.values()].reduce((sum, tokens) => sum + tokens, 0) };
  }

  return {
    /** Rejects with the signal's reason. */
    async decide(document: DocumentRow, vectorSpace: string, signal: AbortSignal): Promise<GateVerdict> {
      if (document.embedding_answer_model === vectorSpace) {
        return { kind: document.embedding_answer === 'accepted' ? 'embed' : 'skip' };
      }
      if (passages.unembeddedCount(document.id, vectorSpace) === 0) return { kind: 'embed' };
      if (estimator.amountOf(vectorSpace, 0).exactness === 'free') return { kind: 'embed' };
      const sent = await estimate(document, vectorSpace, signal);
      const amount = estimator.amountOf(vectorSpace, sent.tokenCount);
      const sumNanos = 'costNanos' in amount ? unaskedNanos() + amount.costNanos : Infinity;
      if (documents.hasWaiting() || sumNanos >= askAboveNanos()) return { kind: 'wait', estimate: sent };
      delivery = { unaskedNanos: sumNanos, lastAt: now() };
      return { kind: 'embed' };
    },
  };
}
