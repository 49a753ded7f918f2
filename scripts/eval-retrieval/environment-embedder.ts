import { randomUUID } from 'node:crypto';
import { inTransaction, type Db } from '../../src/main/core/db/database.ts';
import { createAppEvents } from '../../src/main/core/events.ts';
import { createEmbedder } from '../../src/main/core/providers/create-embedder.ts';
import { providerOfEnvironment } from '../../src/main/core/providers/environment-offer.ts';
import { presetOf } from '../../src/main/core/providers/presets.ts';
import { createLedger } from '../../src/main/core/spend/create-ledger.ts';
import { createPriceBook } from '../../src/main/core/spend/prices/price-book.ts';
import { createTokenCounter } from '../../src/main/core/spend/tokens/token-counter.ts';
import { createUsageStore } from '../../src/main/core/spend/usage-store.ts';
import { contentHashOf, embeddedTextOf, type IndexedCollection } from './index-collection.ts';

/** Vectors of a collection and of questions, made by a provider and paid for. */
export interface EvalEmbedder {
  readonly vectorSpace: string;
  embedCollection(collection: IndexedCollection): Promise<void>;
  embedQuestion(text: string): Promise<Float32Array>;
  /** What it has cost so far, in nano-dollars; null where the price is not known. */
  costNanos(): number | null;
  close(): Promise<void>;
}

const defaultModelId = 'text-embedding-3-small';
const textsPerCall = 128;

/** An embedder for the provider that OPENAI_API_KEY and OPENAI_BASE_URL describe; null when neither is set. */
export function embedderOfEnvironment(db: Db, environment: NodeJS.ProcessEnv, modelId?: string): EvalEmbedder | null {
  const offer = providerOfEnvironment({
    openAiKey: environment['OPENAI_API_KEY'] || null,
    openAiBaseUrl: environment['OPENAI_BASE_URL'] || null,
  });
  if (offer === null) return null;
  const tokenCounter = createTokenCounter();
  const ledger = createLedger({
    db,
    usageStore: createUsageStore(db),
    priceBook: createPriceBook(),
    tokenCounter,
    events: createAppEvents(),
    now: Date.now,
    newId: randomUUID,
    timeZone: () => 'UTC',
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    fetch: () => fetch,
  });
  const embedder = createEmbedder({
    ledger,
    key: offer.key,
    provider: {
      providerId: 'environment',
      providerName: offer.name,
      providerKind: presetOf(offer.preset).kind,
      baseUrl: offer.baseUrl,
      requestedModel: modelId ?? presetOf(offer.preset).defaultEmbeddingModelId ?? defaultModelId,
    },
  });
  const insert = db.prepare<[string, string, number, Buffer]>(
    'INSERT OR IGNORE INTO embedding (content_hash, model, dimensions, vector) VALUES (?, ?, ?, ?)',
  );
  const cost = db
    .prepare<[], number | null>("SELECT sum(cost_nanos) FROM usage_record HAVING count(*) FILTER (WHERE exactness = 'no_price') = 0")
    .pluck();

  function embed(texts: readonly string[], purpose: 'index_embedding' | 'query_embedding'): Promise<Float32Array[]> {
    const attribution = { runId: null, purpose, conversationId: null, messageId: null, documentId: null };
    return embedder.embed(texts, { attribution, signal: new AbortController().signal });
  }

  return {
    vectorSpace: embedder.vectorSpace,
    async embedCollection({ entries }) {
      const all = [...entries.values()];
      for (let first = 0; first < all.length; first += textsPerCall) {
        const batch = all.slice(first, first + textsPerCall);
        const vectors = await embed(batch.map(embeddedTextOf), 'index_embedding');
        inTransaction(db, () => {
          for (const [index, entry] of batch.entries()) {
            const vector = vectors[index] ?? new Float32Array();
            insert.run(contentHashOf(entry), embedder.vectorSpace, vector.length, Buffer.from(vector.buffer));
          }
        });
      }
    },
    async embedQuestion(text) {
      return (await embed([text], 'query_embedding'))[0] ?? new Float32Array();
    },
    costNanos: () => cost.get() ?? null,
    async close() {
      await ledger.close();
      await tokenCounter.close();
    },
  };
}
