import { AppError } from '../../../shared/rpc/errors.ts';
import type { CallAttribution, Ledger } from '../spend/ledger.ts';
import { asAppError } from './as-app-error.ts';
import { batchTexts } from './batch-texts.ts';
import { clientConfiguration, noKey } from './client-configuration.ts';
import { keyedFetch } from './keyed-fetch.ts';
import { vectorSpaceOf, type MeteredEmbedder } from './provider-clients.ts';

export interface EmbedderDeps {
  readonly ledger: Ledger;
  readonly key: string | null;
  /** The provider's part of the attribution, the embedding model included. */
  readonly provider: Pick<CallAttribution, 'providerId' | 'providerName' | 'providerKind' | 'baseUrl' | 'requestedModel'>;
}

/** Embeds texts through one provider's model, booked batch by batch. */
export function createEmbedder(deps: EmbedderDeps): MeteredEmbedder {
  const { ledger, key, provider } = deps;
  const modelId = provider.requestedModel;
  return {
    vectorSpace: vectorSpaceOf({ providerId: provider.providerId, modelId }),
    async embed(texts, { attribution, signal }) {
      if (texts.length === 0) return [];
      const { OpenAIEmbeddings } = await import('@langchain/openai');
      const call = ledger.meter({ ...attribution, ...provider });
      const client = new OpenAIEmbeddings({
        model: modelId,
        apiKey: noKey,
        // The ledger's fetch repeats what is worth repeating, and does not sleep through a stop.
        maxRetries: 0,
        stripNewLines: false,
        batchSize: texts.length,
        // Base64 is the packages' default and saves bytes, but many compatible servers ignore or misread it.
        encodingFormat: 'float',
        configuration: clientConfiguration(provider.baseUrl, keyedFetch(call.fetch, key, signal)),
      });
      try {
        const vectors: Float32Array[] = [];
        for (const batch of batchTexts(texts)) {
          const reply = await client.embedDocuments([...batch]);
          vectors.push(...reply.map(toUnitVector));
        }
        assertUniform(vectors, texts.length);
        return vectors;
      } catch (error) {
        throw asAppError(isMisread(error) ? badReply() : error, { signal, modelId });
      } finally {
        await call.settled();
      }
    },
  };
}

/** The vector at length one, so that a dot product is the cosine. Throws AppError EMPTY_REPLY when it is not one. */
function toUnitVector(values: readonly number[]): Float32Array {
  // Loops, since there are thousands of numbers in each of many vectors: methods with functions take several times as long.
  let square = 0;
  for (const value of values) square += value * value;
  const length = Math.sqrt(square);
  if (values.length === 0 || !Number.isFinite(length) || length === 0) throw badReply();
  const vector = new Float32Array(values);
  for (let index = 0; index < vector.length; index += 1) vector[index] = (vector[index] ?? 0) / length;
  return vector;
}

function assertUniform(vectors: readonly Float32Array[], count: number): void {
  const dimensions = vectors[0]?.length;
  if (vectors.length !== count || vectors.some((vector) => vector.length !== dimensions)) throw badReply();
}

/** LangChain reads the reply without looking: a short or misshapen one ends in a TypeError of its own. */
function isMisread(error: unknown): boolean {
  return error instanceof TypeError && error.cause === undefined && /undefined|null|iterable|not a function/.test(error.message);
}

function badReply(): AppError {
  return new AppError('EMPTY_REPLY', 'The reply holds no usable vectors.');
}
