/** A gate that can be closed for a while. */
export interface Resumable {
  pause(): void;
  resume(): void;
  /** Resolves at once, or when it is resumed. */
  go(): Promise<void>;
}

/** Starts open, or paused. */
export function createResumable(isPaused: boolean): Resumable {
  let closed: { readonly opened: Promise<void>; readonly open: () => void } | null = null;
  const resumable: Resumable = {
    pause() {
      if (closed !== null) return;
      const { promise: opened, resolve: open } = Promise.withResolvers<void>();
      closed = { opened, open };
    },
    resume() {
      closed?.open();
      closed = null;
    },
    async go() {
      if (closed === null) return;
      await closed.opened;
      // It may have been paused again before those who wait got their turn.
      await resumable.go();
    },
  };
  if (isPaused) resumable.pause();
  return resumable;
}
