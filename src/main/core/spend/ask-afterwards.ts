import { setTimeout as delay } from 'node:timers/promises';
import type { AskProvider } from './ask-provider.ts';
import { hasFinalUsage } from './call-counts.ts';
import { generationIdOf } from './generation-id.ts';
import { listOf, objectOf, textOf, type JsonObject } from './json-fields.ts';
import type { Observation } from './observe-reply.ts';
import { readGeneration } from './read-generation.ts';
import type { OpenCall } from './open-call.ts';

export interface AskAfterwardsOptions {
  readonly ask: AskProvider;
  /** The request's body. */
  readonly body: JsonObject;
  /** The person lets the provider count a prompt, which sends it once more. */
  readonly mayCountInput: boolean;
  /** Waits before each attempt to look a generation up, which the provider books a little after it has ended. */
  readonly lookUpPausesMs: readonly number[];
  /** Ends the waits. */
  readonly signal: AbortSignal;
}

/** OpenRouter books a stopped generation within seconds. */
export const usualLookUpPausesMs: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000];

/**
 * What the provider can still be asked about a call that ended without its counts; null when there is nothing. The returned
 * function asks, and resolves with what was seen and learned; it never rejects. OpenRouter names the charge of a generation
 * (https://openrouter.ai/docs/api-reference/get-a-generation), OpenAI counts a prompt
 * (https://platform.openai.com/docs/api-reference/responses/input-tokens).
 */
export function askAfterwards(call: OpenCall, seen: Observation, options: AskAfterwardsOptions): (() => Promise<Observation>) | null {
  if (seen.reach !== 'sent' || call.endpoint === 'embeddings' || hasFinalUsage(call, seen)) return null;
  const { baseUrl } = call.attribution;
  const host = URL.parse(baseUrl)?.hostname ?? '';
  const generationId = generationIdOf(seen);
  if (host === 'openrouter.ai' && generationId !== null) {
    return () => lookUpGeneration(`${baseUrl}/generation?id=${encodeURIComponent(generationId)}`, seen, options);
  }
  const question = /(?:^|\.)api\.openai\.com$/u.test(host) && options.mayCountInput ? inputQuestion(options.body) : null;
  if (question === null || seen.usage?.inputTokens) return null;
  return () => countInput(`${baseUrl}/responses/input_tokens`, question, seen, options);
}

async function lookUpGeneration(url: string, seen: Observation, options: AskAfterwardsOptions): Promise<Observation> {
  for (const pauseMs of options.lookUpPausesMs) {
    await delay(pauseMs, undefined, { signal: options.signal }).catch(() => undefined);
    if (options.signal.aborted) break;
    const reply = await options.ask({ url, body: null });
    const usage = reply === null ? null : readGeneration(objectOf(reply.data) ?? {});
    if (usage !== null) return { ...seen, usage, isComplete: true };
  }
  return seen;
}

async function countInput(url: string, body: JsonObject, seen: Observation, { ask }: AskAfterwardsOptions): Promise<Observation> {
  const counted = (await ask({ url, body }))?.input_tokens;
  return typeof counted === 'number' && Number.isSafeInteger(counted) && counted > 0 ? { ...seen, inputCountedByProvider: counted } : seen;
}

/** The request as the counting endpoint takes it: the Responses API's own, or a chat of plain texts; null for any other. */
function inputQuestion(body: JsonObject): JsonObject | null {
  const { model, input, instructions, tools, messages } = body;
  if (input !== undefined)
    return { model, input, ...(instructions === undefined ? {} : { instructions }), ...(tools === undefined ? {} : { tools }) };
  const chat = listOf(messages).map((message) => {
    const fields = objectOf(message);
    return { role: textOf(fields?.role), content: textOf(fields?.content) };
  });
  const isPlain = tools === undefined && chat.length > 0 && chat.every(({ role, content }) => role !== null && content !== null);
  return isPlain ? { model, input: chat } : null;
}
