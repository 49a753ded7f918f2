import type { BaseMessageChunk } from '@langchain/core/messages';
import { ChatOpenAICompletions, type OpenAIClient } from '@langchain/openai';
import { reasoningTextOf } from '../spend/reasoning-text.ts';

/** LangChain's Chat Completions, which knows thinking by one of its three names only, taught the other two. */
export class ReasoningCompletions extends ChatOpenAICompletions {
  protected override _convertCompletionsDeltaToBaseMessageChunk(
    delta: Record<string, unknown>,
    rawResponse: OpenAIClient.Chat.Completions.ChatCompletionChunk,
    defaultRole?: OpenAIClient.Chat.ChatCompletionRole,
  ): BaseMessageChunk {
    const reasoning = reasoningTextOf(delta);
    const known = reasoning === '' ? delta : { ...delta, reasoning_content: reasoning };
    return super._convertCompletionsDeltaToBaseMessageChunk(known, rawResponse, defaultRole);
  }
}
