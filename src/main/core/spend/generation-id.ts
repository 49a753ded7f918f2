import type { Observation } from './observe-reply.ts';

/** OpenRouter's id of a generation, from the reply's headers or the reply itself; null where there is none. Its bills have it, too. */
export function generationIdOf({ requestId, replyId }: Pick<Observation, 'requestId' | 'replyId'>): string | null {
  return [requestId, replyId].find((id) => id?.startsWith('gen-')) ?? null;
}
