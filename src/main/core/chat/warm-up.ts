import { setTimeout as delay } from 'node:timers/promises';
import type { TokenCounter } from '../spend/tokens/token-counter.ts';

/** The page comes first. */
const pauseMs = 1_500;

export interface WarmUpDeps {
  readonly tokenCounter: Pick<TokenCounter, 'preload'>;
  /** Models whose tokens will be counted, in the order they are needed. */
  readonly countedModels: () => readonly string[];
}

/**
 * Loads, once the page is there, what the first question would otherwise wait for: the ranks tokens are counted with and the client
 * of the model server. Never throws: whatever was not loaded is loaded when it is needed. `close` ends it.
 */
export function warmUp(deps: WarmUpDeps): { close(): Promise<void> } {
  const closing = new AbortController();
  const { signal } = closing;
  const load = async (): Promise<void> => {
    await delay(pauseMs, undefined, { signal, ref: false });
    for (const model of deps.countedModels()) await deps.tokenCounter.preload(model, signal);
    await import('@langchain/openai');
  };
  const loading = load().catch(() => undefined);
  return {
    async close() {
      closing.abort();
      await loading;
    },
  };
}
