import type { QuotePartKind } from '../../../shared/contract/quote.ts';
import type { RequestPart, RequestPartKind } from '../../../shared/contract/request-part.ts';
import { splitExactly } from '../../../shared/split-exactly.ts';
import type { TokenCounter } from '../spend/tokens/token-counter.ts';
import { countImages } from './count-images.ts';
import { passageBlock } from './prompt.ts';
import { countAnswer, type AnswerRequest } from './quote-calls.ts';

/** The parts of a quote that are in the request for the answer, as its receipt calls them. Passages and images are told apart there. */
const kinds: Partial<Record<QuotePartKind, RequestPartKind>> = {
  instructions: 'instructions',
  summary: 'summary',
  history: 'history',
  text: 'text',
  overhead: 'overhead',
};

/**
 * The parts of a request as it was sent, in its order; the sum is what the whole request has by our count. A passage has its share of
 * what all of them have, so that words which grow together where two meet are counted once.
 */
export async function countRequestParts(tokenCounter: TokenCounter, request: AnswerRequest): Promise<RequestPart[]> {
  const counted = await countAnswer(tokenCounter, request);
  const sources = request.sources ?? [];
  const alone = await Promise.all(sources.map((source) => tokenCounter.count(passageBlock(source), request.modelId)));
  const parts = counted.flatMap(({ kind, tokens }): RequestPart[] => {
    if (kind === 'passages') {
      const shares = splitExactly(tokens, alone) ?? [];
      return sources.map(({ ordinal }, index) => ({ kind: 'passage', tokens: shares[index] ?? 0, ordinal }));
    }
    if (kind === 'attachment') {
      return request.images.map((image, index) => ({ kind, tokens: countImages([image], request.modelId), ordinal: index + 1 }));
    }
    const own = kinds[kind];
    return own === undefined ? [] : [{ kind: own, tokens, ordinal: null }];
  });
  return parts.filter(({ tokens }) => tokens > 0);
}
