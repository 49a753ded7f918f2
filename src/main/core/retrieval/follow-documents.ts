import { setTimeout as delay } from 'node:timers/promises';
import type { AppEvents } from '../events.ts';
import type { Logger } from '../ports.ts';
import type { Retriever } from './retrieve.ts';

/** After a start the page comes first; after a change others mostly follow. */
const defaultPauseMs = 1_500;

export interface FollowDocumentsDeps {
  readonly events: Pick<AppEvents, 'subscribe'>;
  readonly retriever: Pick<Retriever, 'loadAhead'>;
  /** Where a question would be embedded now; null when nowhere. */
  readonly vectorSpace: () => string | null;
  readonly log: Logger;
  readonly pauseMs?: number;
}

/**
 * Has the search load ahead of the first question: soon after the start, and again when documents have become ready or there is
 * another embedding model. One load at a time. Never throws: what was not loaded is loaded when it is searched. `close` ends it.
 */
export function followDocuments({ events, retriever, vectorSpace, log, pauseMs = defaultPauseMs }: FollowDocumentsDeps): {
  close(): Promise<void>;
} {
  const closing = new AbortController();
  const { signal } = closing;
  let isWanted = true;
  let running: Promise<void> | null;

  async function loadWhileWanted(): Promise<void> {
    while (isWanted) {
      try {
        await delay(pauseMs, undefined, { signal, ref: false });
        isWanted = false;
        const space = vectorSpace();
        if (space !== null) await retriever.loadAhead(space, signal);
      } catch (error) {
        if (signal.aborted) return;
        log.warn('retrieval.not_loaded_ahead', { reason: String(error) });
      }
    }
    // At once, with nothing in between: what is wanted from now on begins anew.
    running = null;
  }

  running = loadWhileWanted();
  const unsubscribe = events.subscribe((event) => {
    if (event.type !== 'providers.changed' && !(event.type === 'document.changed' && event.document.status === 'ready')) return;
    isWanted = true;
    running ??= loadWhileWanted();
  });

  return {
    async close() {
      unsubscribe();
      closing.abort();
      await running;
    },
  };
}
