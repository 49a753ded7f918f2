import { countChatParts, totalOfParts, type ChatParts, type CountedMessage } from './count-chat.ts';
import { countRequest, type CountableRequest, type RequestCount } from './count-request.ts';
import { createCountingThread } from './counting-thread.ts';
import { encodingOfModel, type EncodingName } from './encoding-of-model.ts';
import { encodingNamed, preloadEncoding } from './encoding.ts';

/** From here on a text is counted in a thread of its own: shorter ones take a few milliseconds. In UTF-16 code units. */
const longTextLength = 20_000;

/** Counts tokens on this computer, exactly for OpenAI's encodings; for other makers' models the nearest of them is used. */
export interface TokenCounter {
  /** Tokens of a text. Long texts do not block the calling thread. */
  count(text: string, modelId: string): Promise<number>;
  /** The same, never on the calling thread, not even to load an encoding; for thousands of texts in the background. */
  countAside(text: string, modelId: string): Promise<number>;
  /** Tokens of a chat prompt, with what each message adds. */
  countChat(messages: readonly CountedMessage[], modelId: string): Promise<number>;
  /** The same, message by message. */
  countChatParts(messages: readonly CountedMessage[], modelId: string): Promise<ChatParts>;
  /** Tokens of a request's input, from its body. */
  countRequest(request: CountableRequest): Promise<RequestCount>;
  /** Tokens of a short text, at once. Blocks for as long as counting takes, the first time 0.2 s longer. */
  countSync(text: string, modelId: string): number;
  encodingOf(modelId: string): EncodingName;
  /** Loads what counting for a model needs, little by little. Rejects with the signal's reason when it aborts meanwhile. */
  preload(modelId: string, signal: AbortSignal): Promise<void>;
  /** Ends the counting thread. Counts still waiting for it are finished here. */
  close(): Promise<void>;
}

/** A counter that loads an encoding when it is first needed. */
export function createTokenCounter(): TokenCounter {
  const thread = createCountingThread();

  function countSync(text: string, modelId: string): number {
    return encodingNamed(encodingOfModel(modelId)).count(text);
  }

  async function count(text: string, modelId: string): Promise<number> {
    return text.length < longTextLength ? countSync(text, modelId) : countAside(text, modelId);
  }

  function countAside(text: string, modelId: string): Promise<number> {
    // A count that fails would leave a call without a cost, which is worse than a slow one.
    return thread.count(text, encodingOfModel(modelId)).catch(() => countSync(text, modelId));
  }

  return {
    count,
    countAside,
    countChat: async (messages, modelId) => totalOfParts(await countChatParts(messages, modelId, (text) => count(text, modelId))),
    countChatParts: (messages, modelId) => countChatParts(messages, modelId, (text) => count(text, modelId)),
    countRequest(request) {
      // Many short texts together are a long one.
      let length = 0;
      return countRequest(request, (text) => {
        length += text.length;
        return length < longTextLength ? count(text, request.model) : countAside(text, request.model);
      });
    },
    countSync,
    encodingOf: encodingOfModel,
    preload: (modelId, signal) => preloadEncoding(encodingOfModel(modelId), signal),
    close: () => thread.close(),
  };
}
