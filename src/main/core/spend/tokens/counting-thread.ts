import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { CountReply, CountRequest } from './count-worker.ts';
import type { EncodingName } from './encoding-of-model.ts';

/** The thread holds its own copy of the ranks (some 40 MB), so it does not outlive the work by long. */
const idleMs = 30_000;

interface WaitingCount {
  readonly resolve: (count: number) => void;
  readonly reject: (error: Error) => void;
}

/** Counts long texts beside the main thread. */
export interface CountingThread {
  /** Rejects when the thread dies or cannot start; the next call starts a new one. */
  count(text: string, encoding: EncodingName): Promise<number>;
  /** Rejects what is still being counted and ends the thread. */
  close(): Promise<void>;
}

/** Starts no thread before the first text. An idle thread keeps the process from ending no longer than the counting itself. */
export function createCountingThread(): CountingThread {
  const waiting = new Map<number, WaitingCount>();
  let worker: Worker | null = null;
  let idleTimer: NodeJS.Timeout | undefined;
  let lastId = 0;

  function start(): Worker {
    const started = new Worker(workerFile());
    const fail = (error: Error): void => {
      if (worker === started) worker = null;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    // Our own thread's replies, typed in count-worker.ts.
    started.on('message', ({ id, count }: CountReply) => {
      waiting.get(id)?.resolve(count);
      waiting.delete(id);
      if (waiting.size === 0) rest(started);
    });
    started.once('error', fail);
    started.once('exit', () => {
      if (worker === started) fail(new Error('The counting thread ended.'));
    });
    return started;
  }

  function rest(resting: Worker): void {
    resting.unref();
    idleTimer = setTimeout(() => void close(), idleMs);
    idleTimer.unref();
  }

  async function close(): Promise<void> {
    clearTimeout(idleTimer);
    const closing = worker;
    worker = null;
    for (const { reject } of waiting.values()) reject(new Error('The counting thread was closed.'));
    waiting.clear();
    await closing?.terminate();
  }

  return {
    count(text, encoding) {
      clearTimeout(idleTimer);
      worker ??= start();
      worker.ref();
      lastId += 1;
      const request: CountRequest = { id: lastId, text, encoding };
      const counted = new Promise<number>((resolve, reject) => waiting.set(request.id, { resolve, reject }));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(request);
      return counted;
    },
    close,
  };
}

/** The thread's program: beside this file in the sources; in a build an entry of its own, beside the bundle or above its chunks. */
function workerFile(): URL {
  const places = ['./count-worker.ts', './count-worker.js', '../count-worker.js'].map((place) => new URL(place, import.meta.url));
  const file = places.find((place) => existsSync(place));
  if (!file) throw new Error('count-worker is missing from the build.');
  return file;
}
