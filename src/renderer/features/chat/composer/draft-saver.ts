/** Keeps the newest of many values, not each of them. */
export interface DraftSaver<Value> {
  /** Saves it once nothing newer has come for a while. */
  later(value: Value): void;
  /** Saves at once what is still to be saved. */
  flush(): void;
}

/** `save` is called again with the same value at the next occasion when it rejects. */
export function createDraftSaver<Value>(save: (value: Value) => Promise<unknown>, delayMs: number): DraftSaver<Value> {
  let waiting: { readonly value: Value } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    if (waiting === null) return;
    const sent = waiting;
    waiting = null;
    save(sent.value).catch(() => (waiting ??= sent));
  }
  return {
    later(value) {
      waiting = { value };
      clearTimeout(timer);
      timer = setTimeout(flush, delayMs);
    },
    flush,
  };
}
