import type { AppEvent } from '../../shared/contract/app.ts';

/** Tells whoever watches what changed. Emitting never throws into the emitter. */
export interface AppEvents {
  emit(event: AppEvent): void;
  /** Returns the function that stops listening. */
  subscribe(listener: (event: AppEvent) => void): () => void;
}

/** In-process events behind the `events.watch` route. */
export function createAppEvents(): AppEvents {
  const listeners = new Set<(event: AppEvent) => void>();
  return {
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
