import type { ColourReply, ColourRequest } from './highlight-worker.ts';

/** Longest wait for one reply. Compiling the patterns of a language takes a second on a slow computer; code made to be slow takes for ever. */
const patienceMs = 5_000;

interface Waiting {
  readonly resolve: (reply: ColourReply | null) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

let worker: Worker | undefined;
const waiting = new Map<number, Waiting>();

function settle(block: number, reply: ColourReply | null): void {
  const asked = waiting.get(block);
  if (asked === undefined) return;
  clearTimeout(asked.timer);
  waiting.delete(block);
  asked.resolve(reply);
}

/** Ends a worker that does not answer; the next request starts another. */
function giveUp(): void {
  worker?.terminate();
  worker = undefined;
  for (const block of waiting.keys()) settle(block, null);
}

function start(): Worker {
  const started = new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' });
  started.addEventListener('message', ({ data }: MessageEvent<ColourReply>) => settle(data.block, data));
  started.addEventListener('error', giveUp);
  return started;
}

/** Colours the code of a block beside the page's own thread; null when that took too long. One request a block at a time. */
export function colourInWorker(request: ColourRequest): Promise<ColourReply | null> {
  return new Promise((resolve) => {
    waiting.set(request.block, { resolve, timer: setTimeout(giveUp, patienceMs) });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
    (worker ??= start()).postMessage(request);
  });
}
