import { setTimeout as delay } from 'node:timers/promises';

/** Holds a streamed reply at a token, so that a test decides when it goes on instead of sleeping. */
export interface Gate {
  /** Resolves when the server has sent the tokens allowed so far and stands waiting. A new promise after each `step`. */
  reached(): Promise<void>;
  /** Lets `count` more tokens through. */
  step(count?: number): void;
  /** Lets everything through, now and later. */
  open(): void;
  /** For the server: resolves when token number `index` (from 0) may be sent. */
  pass(index: number): Promise<void>;
}

/** A gate that lets `afterTokens` tokens through and then waits for `step` or `open`. */
export function createGate(options: { readonly afterTokens?: number } = {}): Gate {
  const gate = { allowed: options.afterTokens ?? 0 };
  let arrived = Promise.withResolvers<void>();
  let moved = Promise.withResolvers<void>();
  const allow = (count: number): void => {
    gate.allowed += count;
    arrived = Promise.withResolvers();
    moved.resolve();
    moved = Promise.withResolvers();
  };
  return {
    reached: () => arrived.promise,
    step: (count = 1) => allow(count),
    open: () => allow(Number.POSITIVE_INFINITY),
    async pass(index) {
      while (index >= gate.allowed) {
        arrived.resolve();
        await moved.promise;
      }
    },
  };
}

/** A gate that lets tokens through at a steady rate, counted from the first one. */
export function createRateGate(tokensPerSecond: number): Gate {
  let startedAt: number | undefined;
  return {
    reached: () => Promise.resolve(),
    step: () => undefined,
    open: () => undefined,
    async pass(index) {
      startedAt ??= performance.now();
      const aheadMs = startedAt + (index * 1_000) / tokensPerSecond - performance.now();
      if (aheadMs > 1) await delay(aheadMs);
    },
  };
}
