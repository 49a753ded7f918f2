/** An answer that has ended, however it did. */
export interface EndedAnswer {
  readonly conversationId: string;
  /** The conversation's; empty where it has none. */
  readonly title: string;
}

const listeners = new Set<(ended: EndedAnswer) => void>();

/** Calls `listener` for each answer that ends from now on, also one that began and ended faster than the list of conversations follows. */
export function onEndedAnswer(listener: (ended: EndedAnswer) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Passes on what the core says has ended. */
export function tellOfEnd(ended: EndedAnswer): void {
  for (const listener of listeners) listener(ended);
}
