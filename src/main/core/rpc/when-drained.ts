import type { Transport } from '../../../shared/rpc/protocol.ts';

/** A transport has no event for it, so we look again this often. */
const pollMs = 10;

/** Resolves once the transport holds at most `maxBytes` unsent, or `signal` aborts. */
export async function whenDrained(transport: Transport, maxBytes: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (transport.bufferedBytes?.() ?? 0) > maxBytes) {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
