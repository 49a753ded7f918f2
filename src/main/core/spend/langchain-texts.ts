import type { BaseMessage, UsageMetadata } from '@langchain/core/messages';
import type { ChatGenerationChunk, GenerationChunk, LLMResult } from '@langchain/core/outputs';
import type { ImageSize } from '../../../shared/read-image-header.ts';
import type { CountedMessage } from './tokens/count-chat.ts';
import { sizeOfDataUrl } from './tokens/image-size.ts';
import { listOf, objectOf, textOf } from './json-fields.ts';

/** LangChain's name of a sender -> the role that goes to the provider. */
const rolesByType: Readonly<Record<string, string>> = {
  human: 'user',
  ai: 'assistant',
  system: 'system',
  tool: 'tool',
  developer: 'developer',
};

/** A prompt's messages as they are counted. */
export function messageTexts(messages: readonly BaseMessage[]): CountedMessage[] {
  return messages.map((message) => ({
    role: rolesByType[message.type] ?? message.type,
    content: message.text,
    images: imageSizesIn(message.content),
  }));
}

/** Of the images given as data URLs; those elsewhere have no size yet. */
function imageSizesIn(content: BaseMessage['content']): ImageSize[] {
  return listOf(content).flatMap((part) => sizeOfDataUrl(textOf(objectOf(objectOf(part)?.image_url)?.url) ?? '') ?? []);
}

/** All that one chunk adds to the output: text, visible reasoning, names and arguments of tool calls. */
export function writtenIn(token: string, chunk: GenerationChunk | ChatGenerationChunk | undefined): string {
  const message = objectOf(chunk !== undefined && 'message' in chunk ? chunk.message : null);
  const reasoning = textOf(objectOf(message?.additional_kwargs)?.reasoning_content) ?? '';
  const calls = listOf(message?.tool_call_chunks).map((call) => {
    const fields = objectOf(call);
    return (textOf(fields?.name) ?? '') + (textOf(fields?.args) ?? '');
  });
  return reasoning + token + calls.join('');
}

/** The usage the provider reported, from the message itself; null when there is none. */
export function usageMetadataOf(output: LLMResult): UsageMetadata | null {
  const generation = output.generations[0]?.[0];
  const message = objectOf(generation !== undefined && 'message' in generation ? generation.message : null);
  const usage = objectOf(message?.usage_metadata);
  if (typeof usage?.input_tokens !== 'number' || typeof usage.output_tokens !== 'number') return null;
  // The two counts that matter are numbers; the details are optional and LangChain's own.
  return usage as unknown as UsageMetadata;
}
