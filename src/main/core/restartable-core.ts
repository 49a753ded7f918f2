import type { Transport } from '../../shared/rpc/protocol.ts';

export interface Core {
  /** Serves a page (or the terminal) until either side closes the transport. */
  accept(transport: Transport): void;
  /** Stops every run, settles it, and closes the database. */
  close(): Promise<void>;
}

/**
 * A core that can be opened anew on other data, as after a restore; meanwhile who wants to connect has to try again.
 * `open` gets what restarts it; `replaceData` runs while none is open. Rejects with what the first `open` does.
 */
export async function createRestartableCore(open: (restart: () => void) => Promise<Core>, replaceData: () => void): Promise<Core> {
  let current: Core | null = null;
  let restarting: Promise<void> | null = null;
  function restart(): void {
    restarting ??= reopen().finally(() => (restarting = null));
  }
  async function reopen(): Promise<void> {
    const closing = current;
    current = null;
    await closing?.close();
    replaceData();
    current = await open(restart);
  }
  current = await open(restart);
  return {
    accept: (transport) => (current === null ? transport.close() : current.accept(transport)),
    async close() {
      await restarting;
      await current?.close();
    },
  };
}
