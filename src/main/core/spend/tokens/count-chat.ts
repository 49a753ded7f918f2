/** One message of a prompt, as far as its tokens go. */
export interface CountedMessage {
  readonly role: string;
  readonly content: string;
  readonly name?: string;
}

/** The tokens of a chat prompt, told apart; their sum is what the prompt is billed as. */
export interface ChatParts {
  /** Each message's own, in order, with what its role and its frame add. */
  readonly perMessage: readonly number[];
  /** What opens the reply. */
  readonly overhead: number;
}

const tokensPerMessage = 3;
const tokensPerName = 1;
const tokensBeforeReply = 3;

/**
 * Tokens of a chat prompt of plain text: each message's role, content and name and three more, one more for a name, and three
 * that open the reply. Exact for GPT-3.5, GPT-4 and GPT-4o; later models add instructions of their own.
 * Source: OpenAI Cookbook, How_to_count_tokens_with_tiktoken.ipynb, section 6.
 */
export async function countChatParts(
  messages: readonly CountedMessage[],
  countText: (text: string) => number | Promise<number>,
): Promise<ChatParts> {
  const perMessage: number[] = [];
  for (const { role, content, name } of messages) {
    let count = tokensPerMessage + (await countText(role)) + (await countText(content));
    if (name !== undefined) count += tokensPerName + (await countText(name));
    perMessage.push(count);
  }
  return { perMessage, overhead: tokensBeforeReply };
}

/** The sum of the parts. */
export function totalOfParts({ perMessage, overhead }: ChatParts): number {
  return perMessage.reduce((sum, count) => sum + count, overhead);
}
