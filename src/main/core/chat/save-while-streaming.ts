/** How long written text may wait before it is in the database: what a killed process can lose. */
const saveIntervalMs = 400;

/** Saves a growing text in pieces while it streams. */
export interface TextSaver {
  /** More text has come. Throws what the last save threw, so that a full disk ends the run instead of going unseen. */
  add(delta: string): void;
  /** Stops saving. What is left is not written: the settling transaction writes the whole text. */
  close(): void;
}

/** `append` is called at most every 400 ms with what has come since. */
export function createTextSaver(append: (delta: string) => void): TextSaver {
  let pending = '';
  let timer: NodeJS.Timeout | undefined;
  let failure: { readonly error: unknown } | null = null;

  function save(): void {
    timer = undefined;
    const delta = pending;
    pending = '';
    try {
      append(delta);
    } catch (error) {
      failure = { error };
    }
  }

  return {
    add(delta) {
      if (failure !== null) throw failure.error;
      pending += delta;
      timer ??= setTimeout(save, saveIntervalMs);
    },
    close() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
