import type { AIMessageChunk, BaseMessage } from '@langchain/core/messages';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { RunnableLambda, RunnablePassthrough, RunnableSequence, type Runnable, type RunnableConfig } from '@langchain/core/runnables';
import type { ChatOpenAI } from '@langchain/openai';
import type { RetrievalResult } from '../retrieval/retrieve.ts';
import type { AttachedImage } from '../../../shared/contract/images.ts';
import { withImageWords, withoutImageWords, type ImageUrlOf } from './image-content.ts';
import { answerMessages, condenseMessages, type Turn } from './prompt.ts';

/** What a run asks. */
export type ChainInput = {
  readonly systemPrompt: string;
  readonly question: string;
  readonly images: readonly AttachedImage[];
  readonly history: readonly Turn[];
  /** What is shown of the conversation for rewriting the question. */
  readonly condensed: readonly Turn[];
};

/** What the chain streams: each key once, as soon as it is known, and `answer` piece by piece. */
export type ChainOutput = ChainInput & {
  /** The question as it is searched for. */
  readonly standaloneQuestion: string;
  /** null when no documents are searched. */
  readonly retrieval: RetrievalResult | null;
  readonly answer: AIMessageChunk;
};

export interface ChainParts {
  /** Rewrites follow-up questions; null when there is nothing to rewrite or nothing to search. */
  readonly condenseModel: ChatOpenAI | null;
  /** Finds the passages; null when no documents are searched. */
  readonly retrieve: ((query: string) => Promise<RetrievalResult>) | null;
  readonly answerModel: ChatOpenAI;
  readonly imageUrlOf: ImageUrlOf;
}

/**
 * Condense the question -> retrieve -> answer, with the sources returned beside the answer. Callbacks given to
 * `.stream()` see every step.
 */
export function buildChain(parts: ChainParts): Runnable<ChainInput, Partial<ChainOutput>> {
  const condense = RunnableLambda.from<ChainInput, string>((input, config) => standaloneQuestion(parts.condenseModel, input, config));
  const retrieve = RunnableLambda.from<Pick<ChainOutput, 'standaloneQuestion'>, RetrievalResult | null>(
    async (input) => (await parts.retrieve?.(input.standaloneQuestion)) ?? null,
  );
  const assemble = RunnableLambda.from<ChainInput & Pick<ChainOutput, 'retrieval'>, BaseMessage[]>((input) =>
    answerMessages(input.systemPrompt, input.history, input.question, input.retrieval?.sources ?? null, {
      images: input.images,
      urlOf: parts.imageUrlOf,
    }),
  );
  return RunnableSequence.from<ChainInput, Partial<ChainOutput>>([
    RunnablePassthrough.assign({ standaloneQuestion: condense.withConfig({ runName: 'condense' }) }),
    RunnablePassthrough.assign({ retrieval: retrieve.withConfig({ runName: 'retrieve' }) }),
    RunnablePassthrough.assign({ answer: assemble.pipe(parts.answerModel).withConfig({ runName: 'answer' }) }),
  ]);
}

async function standaloneQuestion(model: ChatOpenAI | null, input: ChainInput, config: RunnableConfig): Promise<string> {
  if (model === null || input.condensed.length === 0) return input.question;
  const reply = await model
    .pipe(new StringOutputParser())
    .invoke(condenseMessages(input.condensed, withImageWords(input.question, input.images)), config);
  return withoutImageWords(reply.trim()) || input.question;
}
