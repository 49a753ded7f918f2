import type { AppEvent } from '../../../shared/contract/app.ts';
import type { AppEvents } from '../events.ts';

/** Most events a watcher may lag behind. Events only say what to ask for anew, so dropping the oldest costs a refresh at most. */
const maxQueued = 1_000;

/** The events from now on, until the signal aborts. Subscribes when it is first iterated. */
export async function* watchEvents(events: AppEvents, signal: AbortSignal): AsyncIterable<AppEvent> {
  const queue: AppEvent[] = [];
  let wake = Promise.withResolvers<void>();
  const unsubscribe = events.subscribe((event) => {
    queue.push(event);
    if (queue.length > maxQueued) queue.shift();
    wake.resolve();
  });
  const leave = (): void => wake.resolve();
  signal.addEventListener('abort', leave);
  try {
    while (!signal.aborted) {
      const event = queue.shift();
      if (event !== undefined) {
        yield event;
        continue;
      }
      await wake.promise;
      wake = Promise.withResolvers<void>();
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', leave);
  }
}
