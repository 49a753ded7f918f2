import type { Failure } from '../../../shared/contract/chat.ts';
import { failureOf } from '../providers/describe-failure.ts';
import type { RankedCandidate } from './choose-sources.ts';
import type { PassageReader } from './passage-reader.ts';
import type { SearchAssistant } from './retrieve.ts';

/** Passages that are ranked again: more would cost more and change little at the top. */
export const rerankedPassages = 20;

/** What came of asking, and why not where it failed. */
interface Assisted<T> {
  readonly result: T;
  readonly failure: Failure | null;
}

/** Other queries for the question; none when they were not wanted or could not be had. Rejects only with the signal's reason. */
export async function furtherQueries(
  assistant: SearchAssistant | undefined,
  query: string,
  signal: AbortSignal,
): Promise<Assisted<readonly string[]>> {
  if (!assistant?.furtherQueries) return { result: [], failure: null };
  return orUnassisted(assistant.furtherQueries(query), [], 'multi_query', signal);
}

/** The best passages in the order the assistant gives them, the others after them as they were. */
export async function rankedAgain(
  assistant: SearchAssistant | undefined,
  { query, ranked }: { readonly query: string; readonly ranked: readonly RankedCandidate[] },
  passages: Pick<PassageReader, 'textBetween'>,
  signal: AbortSignal,
): Promise<Assisted<readonly RankedCandidate[]>> {
  if (!assistant?.rerank || ranked.length < 2) return { result: ranked, failure: null };
  const first = ranked.slice(0, rerankedPassages);
  const reordering = assistant.rerank(query, textsOf(first, passages)).then((order) => {
    const chosen = order.flatMap((place) => first[place] ?? []);
    return [...chosen, ...first.filter((passage) => !chosen.includes(passage)), ...ranked.slice(rerankedPassages)];
  });
  return orUnassisted(reordering, ranked, 'rerank', signal);
}

/** What an assistant is shown of the best passages. */
export function textsOf(ranked: readonly RankedCandidate[], passages: Pick<PassageReader, 'textBetween'>): string[] {
  return ranked
    .slice(0, rerankedPassages)
    .map(({ documentId, startOffset, endOffset }) => passages.textBetween(documentId, startOffset, endOffset));
}

async function orUnassisted<T>(work: Promise<T>, otherwise: T, step: string, signal: AbortSignal): Promise<Assisted<T>> {
  try {
    return { result: await work, failure: null };
  } catch (error) {
    signal.throwIfAborted();
    const failure = failureOf(error, { signal });
    return { result: otherwise, failure: { ...failure, data: { ...failure.data, step } } };
  }
}
