import type { AIMessageChunk } from '@langchain/core/messages';
import { listOf, objectOf, textOf } from '../spend/json-fields.ts';

/** What one piece of a streamed answer holds. */
export interface AnswerPiece {
  readonly text: string;
  /** Of the thinking, what the model lets see: all of it in Chat Completions, a summary in the Responses API. */
  readonly reasoning: string;
  /** The answer ended at its limit of tokens and is not whole. */
  readonly isCut: boolean;
}

/** Reads a chunk of either API as LangChain hands it on. */
export function readAnswerChunk(chunk: AIMessageChunk): AnswerPiece {
  const summary = listOf(chunk.content).map((item) => textOf(objectOf(item)?.reasoning) ?? '');
  const { finish_reason: finishReason, incomplete_details: incomplete } = chunk.response_metadata;
  return {
    text: chunk.text,
    reasoning: (textOf(chunk.additional_kwargs.reasoning_content) ?? '') + summary.join(''),
    isCut: finishReason === 'length' || objectOf(incomplete)?.reason === 'max_output_tokens',
  };
}
