/** Does one thing at a time, in the order in which it was asked. What is already waiting is not added twice. */
export interface SerialQueue {
  add(id: string): void;
  /** Whether it is waiting or being worked on. */
  has(id: string): boolean;
  /** Forgets what waits; resolves when the work under way has ended. */
  close(): Promise<void>;
}

/** `work` must not throw. `onDone` is called after each piece of work, once `has` no longer counts it. */
export function createSerialQueue(work: (id: string) => Promise<void>, onDone: (id: string) => void): SerialQueue {
  const waiting = new Set<string>();
  let current: string | null = null;
  let running: Promise<void> | null = null;
  let isClosed = false;

  async function run(): Promise<void> {
    for (const id of waiting) {
      waiting.delete(id);
      current = id;
      await work(id);
      current = null;
      onDone(id);
    }
    running = null;
  }

  return {
    add(id) {
      if (isClosed) return;
      waiting.add(id);
      running ??= run();
    },
    has: (id) => current === id || waiting.has(id),
    async close() {
      isClosed = true;
      waiting.clear();
      await running;
    },
  };
}
