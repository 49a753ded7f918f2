import { promptOf, type FakeRequestBody } from './fake-request.ts';

/**
 * Cuts a text into this server's tokens: leading white space and up to eight characters of a word.
 * Joined they are the text again. Not any real model's rule, but exact, so that a bill can be checked to the token.
 */
export function fakeTokens(text: string): string[] {
  return text.match(/\s*\S{1,8}|\s+$/gu) ?? [];
}

/** Tokens of a chat prompt: three a message and three more, as OpenAI adds, plus the texts. */
export function fakePromptTokens(body: FakeRequestBody): number {
  return promptOf(body).reduce((sum, message) => sum + 3 + fakeTokens(message.text).length, 3);
}

/** Tokens of the texts of an embedding request. */
export function fakeInputTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + fakeTokens(text).length, 0);
}
