/** Does so many things at once, begun in the order in which they were asked. What is already waiting is not added twice. */
export interface WorkQueue {
  add(id: string): void;
  /** Whether it is waiting or being worked on. */
  has(id: string): boolean;
  /** Forgets what waits; resolves when the work under way has ended. */
  close(): Promise<void>;
}

export interface WorkQueueOptions {
  readonly atOnce: number;
  /** Must not throw. Never runs twice at once for one id. */
  readonly work: (id: string) => Promise<void>;
  /** Called after each piece of work, once `has` no longer counts it. */
  readonly onDone: (id: string) => void;
}

/** A queue with nothing in it. */
export function createWorkQueue({ atOnce, work, onDone }: WorkQueueOptions): WorkQueue {
  const waiting = new Set<string>();
  const current = new Set<string>();
  const lanes = new Set<Promise<void>>();
  let busyCount = 0;
  let isClosed = false;

  /** The first that waits; what is being worked on already waits for its end. */
  function next(): string | undefined {
    for (const id of waiting) if (!current.has(id)) return id;
    return undefined;
  }

  async function runLane(): Promise<void> {
    busyCount += 1;
    for (let id = next(); id !== undefined; id = next()) {
      waiting.delete(id);
      current.add(id);
      await work(id);
      current.delete(id);
      onDone(id);
    }
    // In the same turn as the last look, so that nothing is added in between that nobody sees.
    busyCount -= 1;
  }

  return {
    add(id) {
      if (isClosed) return;
      waiting.add(id);
      if (busyCount >= atOnce) return;
      const lane = runLane().finally(() => lanes.delete(lane));
      lanes.add(lane);
    },
    has: (id) => current.has(id) || waiting.has(id),
    async close() {
      isClosed = true;
      waiting.clear();
      await Promise.all(lanes);
    },
  };
}
