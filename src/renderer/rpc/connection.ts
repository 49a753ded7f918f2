import { create } from 'zustand';
import { createRpcClient, type RequestOptions } from '../../shared/rpc/client.ts';
import { AppError } from '../../shared/rpc/errors.ts';
import type { AppContract } from '../../shared/contract/index.ts';
import type { CallRoute, InputOf, ItemOf, OutputOf, StreamRoute } from '../../shared/rpc/define.ts';
import type { Transport } from '../../shared/rpc/protocol.ts';

type Client = ReturnType<typeof createRpcClient<AppContract>>;

/** `refused`: the session is over (Tally was started anew); only opening its new address helps. */
export type ConnectionState = 'connecting' | 'open' | 'reconnecting' | 'refused';

/** Thrown by an opener when trying again cannot help. */
export class ConnectionRefused extends Error {
  override readonly name = 'ConnectionRefused';
}

/** Whether the page can reach the core, for whoever shows it. */
export const useConnectionState = create<{ state: ConnectionState }>(() => ({ state: 'connecting' }));

/** Longest pause between two attempts to connect. */
const maxBackoffMs = 5_000;

let ready = Promise.withResolvers<Client>();

function setState(state: ConnectionState): void {
  useConnectionState.setState({ state });
}

/** How long to wait before attempt `attempt` (from 1): 200 ms, doubling, with a ceiling. */
export function backoffMs(attempt: number): number {
  return Math.min(maxBackoffMs, 200 * 2 ** (attempt - 1));
}

/**
 * Connects and stays connected: after a loss it opens again, ever more slowly, until `open` throws
 * ConnectionRefused. Calls made meanwhile wait. Run it once.
 */
export async function keepConnected(open: () => Promise<Transport>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const client = createRpcClient<AppContract>(await open());
      attempt = 0;
      const closed = new Promise<void>((resolve) => client.onClose(resolve));
      setState('open');
      ready.resolve(client);
      await closed;
      ready = Promise.withResolvers<Client>();
      setState('reconnecting');
    } catch (error) {
      if (error instanceof ConnectionRefused) {
        setState('refused');
        ready.promise.catch(() => undefined);
        ready.reject(new AppError('DISCONNECTED'));
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt)));
    }
  }
}

/** The core, as the page sees it. Errors are AppErrors; a call cut off by a lost connection throws DISCONNECTED. */
export const rpc = {
  async call<R extends CallRoute<AppContract>>(
    route: R,
    input: InputOf<AppContract[R]>,
    options?: RequestOptions,
  ): Promise<OutputOf<AppContract[R]>> {
    const client = await ready.promise;
    return client.call(route, input, options);
  },
  async *stream<R extends StreamRoute<AppContract>>(
    route: R,
    input: InputOf<AppContract[R]>,
    options: { readonly signal: AbortSignal },
  ): AsyncGenerator<ItemOf<AppContract[R]>> {
    const client = await ready.promise;
    yield* client.stream(route, input, options);
  },
};
