import type { ImageSize } from '../../../../shared/read-image-header.ts';
import { estimateImageTokens } from './image-tokens.ts';
import { promptFrameOf } from './prompt-frame.ts';

/** One message of a prompt, as far as its tokens go. */
export interface CountedMessage {
  readonly role: string;
  readonly content: string;
  readonly name?: string;
  /** Sizes of the images it holds; left out: none. */
  readonly images?: readonly ImageSize[];
}

/** The tokens of a chat prompt, told apart; their sum is what the prompt is billed as. */
export interface ChatParts {
  /** Each message's own, in order, with what its role and its frame add. */
  readonly perMessage: readonly number[];
  /** What opens the reply. */
  readonly overhead: number;
}

export const tokensPerMessage = 3;
export const tokensPerName = 1;

/**
 * Tokens of a chat prompt: each message's role, content and name and three more, one more for a name, and what
 * opens the reply; images as they are estimated. Exact for plain text with GPT-3.5, GPT-4, GPT-4o and GPT-4.1; later models add instructions of their own.
 * Source: OpenAI Cookbook, How_to_count_tokens_with_tiktoken.ipynb, section 6.
 */
export async function countChatParts(
  messages: readonly CountedMessage[],
  modelId: string,
  countText: (text: string) => number | Promise<number>,
): Promise<ChatParts> {
  const perMessage: number[] = [];
  for (const { role, content, name, images = [] } of messages) {
    let count = tokensPerMessage + (await countText(role)) + (await countText(content));
    if (name !== undefined) count += tokensPerName + (await countText(name));
    for (const size of images) count += estimateImageTokens(modelId, size, null);
    perMessage.push(count);
  }
  return { perMessage, overhead: promptFrameOf(modelId).beforeReply };
}

/** The sum of the parts. */
export function totalOfParts({ perMessage, overhead }: ChatParts): number {
  return perMessage.reduce((sum, count) => sum + count, overhead);
}
