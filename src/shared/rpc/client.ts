import type { CallRoute, Contract, InputOf, ItemOf, OutputOf, StreamRoute } from './define.ts';
import { AppError, fromWireError } from './errors.ts';
import type { ServerFrame, Transport } from './protocol.ts';

export interface RequestOptions {
  /** Aborting cancels the request in the core and rejects here with CANCELLED. */
  readonly signal?: AbortSignal;
}

/** Those of `R` whose input may be left out. */
type WithoutInput<C extends Contract, R extends string> = { [K in R]: undefined extends InputOf<C[K]> ? K : never }[R];

/** The core as its caller sees it: routes, inputs and results come from the contract. Every error is an AppError. */
export interface RpcClient<C extends Contract> {
  /** Rejects with the core's error, CANCELLED or DISCONNECTED. */
  call<R extends WithoutInput<C, CallRoute<C>>>(route: R, input?: undefined, options?: RequestOptions): Promise<OutputOf<C[R]>>;
  call<R extends CallRoute<C>>(route: R, input: InputOf<C[R]>, options?: RequestOptions): Promise<OutputOf<C[R]>>;
  /** Starts when it is iterated, once each time; leaving the loop early cancels it in the core. */
  stream<R extends WithoutInput<C, StreamRoute<C>>>(route: R, input?: undefined, options?: RequestOptions): AsyncIterable<ItemOf<C[R]>>;
  stream<R extends StreamRoute<C>>(route: R, input: InputOf<C[R]>, options?: RequestOptions): AsyncIterable<ItemOf<C[R]>>;
  /** Calls `listener` once when the connection is gone; at once when it is gone already. */
  onClose(listener: () => void): void;
  close(): void;
}

type Reply = Exclude<ServerFrame, { type: 'err' }>;

/** What becomes of the frames of one request. */
interface Pending {
  receive(reply: Reply): void;
  fail(error: AppError): void;
}

/** A client over an open transport. It validates nothing of the contract: the core does. */
export function createRpcClient<C extends Contract>(transport: Transport): RpcClient<C> {
  const pending = new Map<number, Pending>();
  const closeListeners = new Set<() => void>();
  let lastId = 0;
  let isClosed = false;

  function handleClose(): void {
    if (isClosed) return;
    isClosed = true;
    const cutOff = [...pending.values()];
    pending.clear();
    for (const request of cutOff) request.fail(new AppError('DISCONNECTED'));
    for (const listener of closeListeners) listener();
    closeListeners.clear();
  }

  function close(): void {
    transport.close();
    handleClose();
  }

  /** Sends the request and returns what ends it: `finish(true)` also tells the core to stop. */
  function start(route: string, input: unknown, signal: AbortSignal | undefined, request: Pending): (isCancelled: boolean) => void {
    const id = (lastId += 1);
    const abort = (): void => {
      finish(true);
      request.fail(new AppError('CANCELLED'));
    };
    const finish = (isCancelled: boolean): void => {
      signal?.removeEventListener('abort', abort);
      if (pending.delete(id) && isCancelled) transport.send({ type: 'cancel', id });
    };
    if (isClosed || signal?.aborted === true) {
      request.fail(new AppError(isClosed ? 'DISCONNECTED' : 'CANCELLED'));
      return finish;
    }
    pending.set(id, {
      receive(reply) {
        if (reply.type !== 'next') finish(false);
        request.receive(reply);
      },
      fail(error) {
        finish(false);
        request.fail(error);
      },
    });
    signal?.addEventListener('abort', abort, { once: true });
    transport.send(input === undefined ? { type: 'req', id, route } : { type: 'req', id, route, input });
    return finish;
  }

  function call(route: string, input: unknown, options: RequestOptions = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      start(route, input, options.signal, {
        receive: (reply) => resolve(reply.type === 'ok' ? reply.data : undefined),
        fail: reject,
      });
    });
  }

  async function* stream(route: string, input: unknown, options: RequestOptions = {}): AsyncGenerator {
    const items: unknown[] = [];
    let outcome: 'open' | 'ended' | AppError = 'open';
    let wake = (): void => undefined;
    const finish = start(route, input, options.signal, {
      receive(reply) {
        if (reply.type === 'next') items.push(reply.data);
        else outcome = 'ended';
        wake();
      },
      fail(error) {
        outcome = error;
        wake();
      },
    });
    try {
      for (;;) {
        while (items.length > 0) yield items.shift();
        // Set from the callbacks above, which the compiler does not see.
        const now = outcome as 'open' | 'ended' | AppError;
        if (now === 'ended') return;
        if (now !== 'open') throw now;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      finish(true);
    }
  }

  transport.onFrame((received) => {
    const frame = toServerFrame(received);
    // Not the core on the other side, or not one we understand: nothing that follows can be trusted.
    if (frame === null) return close();
    const request = pending.get(frame.id);
    if (frame.type === 'err') request?.fail(fromWireError(frame.error));
    else request?.receive(frame);
  });
  transport.onClose(handleClose);

  function onClose(listener: () => void): void {
    if (isClosed) listener();
    else closeListeners.add(listener);
  }

  // The contract ties each route to its types; on the wire they are all `unknown`.
  return { call, stream, onClose, close } as RpcClient<C>;
}

const replyTypes: ReadonlySet<unknown> = new Set(['ok', 'err', 'next', 'end']);

/** The core is trusted with what is inside; this only keeps a wrong peer or a broken pipe out. */
function toServerFrame(received: unknown): ServerFrame | null {
  if (typeof received !== 'object' || received === null) return null;
  if (!('type' in received) || !replyTypes.has(received.type)) return null;
  if (!('id' in received) || typeof received.id !== 'number') return null;
  if (received.type === 'err') {
    const error = 'error' in received ? received.error : null;
    if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string') return null;
  }
  // Checked above as far as the client relies on it.
  return received as ServerFrame;
}
