import type { z } from 'zod';
import { errorLogFields } from '../../../shared/error-log-fields.ts';
import { clientFrame } from '../../../shared/rpc/client-frame.ts';
import type { CallDefinition, Contract, HandlersFor, RequestContext, StreamDefinition } from '../../../shared/rpc/define.ts';
import { AppError, toWireError } from '../../../shared/rpc/errors.ts';
import type { ServerFrame, Transport } from '../../../shared/rpc/protocol.ts';
import type { Logger } from '../ports.ts';
import { whenDrained } from './when-drained.ts';

export interface RpcLimits {
  /** Most requests one connection may have running; streams count too. */
  readonly maxRunning: number;
  /** A stream pauses while its connection holds more than this unsent. */
  readonly maxBufferedBytes: number;
}

export interface RpcServerOptions<C extends Contract> {
  readonly contract: C;
  readonly handlers: HandlersFor<C>;
  readonly log: Logger;
  /** Parses what handlers return, too: for tests and development, where a lying row type should be found. */
  readonly validateOutput?: boolean;
  readonly limits?: Partial<RpcLimits>;
}

export interface RpcServer {
  /** Serves a connection until either side closes it. */
  readonly accept: (transport: Transport) => void;
  /** Closes every connection and aborts what runs on them. */
  readonly close: () => void;
}

const defaultLimits: RpcLimits = { maxRunning: 64, maxBufferedBytes: 1024 * 1024 };

/** How the server sees any handler: the contract has tied each to its route's types. */
type AnyHandler = (input: unknown, context: RequestContext) => unknown;

interface Connection {
  readonly transport: Transport;
  send(frame: ServerFrame): void;
}

/** One request after its route was found and its input parsed. */
interface Request {
  readonly id: number;
  readonly route: string;
  readonly definition: CallDefinition | StreamDefinition;
  readonly input: unknown;
}

/** Serves a contract over any number of transports. Inputs are always parsed; only an AppError's content leaves. */
export function createRpcServer<C extends Contract>(options: RpcServerOptions<C>): RpcServer {
  const { contract, log, validateOutput = false } = options;
  const limits = { ...defaultLimits, ...options.limits };
  // Each handler takes its own route's parsed input; `find` below hands it exactly that.
  const handlers = options.handlers as unknown as Readonly<Record<string, AnyHandler>>;
  const connections = new Set<() => void>();

  function parseRequest(id: number, route: string, input: unknown): Request {
    const definition = Object.hasOwn(contract, route) ? contract[route] : undefined;
    if (definition === undefined) throw new AppError('UNKNOWN_ROUTE', 'No such route.');
    const parsed = definition.input.safeParse(input);
    if (!parsed.success) throw invalidInput(parsed.error);
    return { id, route, definition, input: parsed.data };
  }

  function checked(schema: z.ZodType, value: unknown, route: string): unknown {
    if (!validateOutput) return value;
    const parsed = schema.safeParse(value);
    if (parsed.success) return value;
    log.error('rpc.output_invalid', { route, field: fieldOf(parsed.error) });
    throw new AppError('INTERNAL', 'A handler returned what its contract does not allow.');
  }

  function handle(request: Request, signal: AbortSignal): unknown {
    return handlers[request.route]?.(request.input, { signal });
  }

  /** Sends the items and returns the frame that ends the request. */
  async function runStream(request: Request, item: z.ZodType, signal: AbortSignal, connection: Connection): Promise<ServerFrame> {
    const { id, route } = request;
    // A stream's handler returns an async iterable; HandlersFor has made sure of that.
    const iterator = (handle(request, signal) as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await nextUnlessAborted(iterator, signal);
        if (next === null || next.done === true) return { type: 'end', id };
        connection.send({ type: 'next', id, data: checked(item, next.value, route) });
        await whenDrained(connection.transport, limits.maxBufferedBytes, signal);
      }
    } finally {
      // The request keeps its slot until the handler has let go.
      await iterator.return?.();
    }
  }

  async function run(request: Request, signal: AbortSignal, connection: Connection): Promise<ServerFrame> {
    const { definition, id, route } = request;
    if (definition.kind === 'stream') return runStream(request, definition.item, signal, connection);
    const data = checked(definition.output, await handle(request, signal), route);
    return data === undefined ? { type: 'ok', id } : { type: 'ok', id, data };
  }

  function accept(transport: Transport): void {
    const running = new Map<number, AbortController>();
    let isClosed = false;

    function disconnect(): void {
      if (isClosed) return;
      isClosed = true;
      connections.delete(disconnect);
      for (const controller of running.values()) controller.abort();
      transport.close();
    }

    function send(frame: ServerFrame): void {
      if (!isClosed) transport.send(frame);
    }

    function failure(id: number, route: string, thrown: unknown): ServerFrame {
      if (!(thrown instanceof AppError)) log.error('rpc.handler_failed', { route, ...errorLogFields(thrown) });
      return { type: 'err', id, error: toWireError(thrown) };
    }

    async function answer(request: Request, signal: AbortSignal): Promise<void> {
      const { id, route } = request;
      // "Cancelled" is read from the signal: what an aborted call throws differs from library to library.
      const last = await run(request, signal, { send, transport }).catch((thrown: unknown) =>
        signal.aborted ? null : failure(id, route, thrown),
      );
      running.delete(id);
      send(signal.aborted || last === null ? failure(id, route, new AppError('CANCELLED')) : last);
    }

    function receive(received: unknown): void {
      if (isClosed) return;
      const frame = clientFrame.safeParse(received);
      if (!frame.success || (frame.data.type === 'req' && running.has(frame.data.id))) {
        log.warn('rpc.malformed_frame');
        return disconnect();
      }
      const { data } = frame;
      if (data.type === 'cancel') return running.get(data.id)?.abort();
      if (running.size >= limits.maxRunning) return send(failure(data.id, '-', new AppError('TOO_MANY_REQUESTS')));
      let request: Request;
      try {
        request = parseRequest(data.id, data.route, data.input);
      } catch (thrown) {
        return send(failure(data.id, '-', thrown));
      }
      const controller = new AbortController();
      running.set(data.id, controller);
      void answer(request, controller.signal);
    }

    connections.add(disconnect);
    transport.onClose(disconnect);
    transport.onFrame(receive);
  }

  return {
    accept,
    close() {
      for (const disconnect of connections) disconnect();
    },
  };
}

/** Names the first wrong field and never its value. */
function invalidInput(error: z.ZodError): AppError {
  const field = fieldOf(error);
  return new AppError('INVALID_INPUT', `The field "${field}" is not valid.`, { data: { field } });
}

function fieldOf(error: z.ZodError): string {
  const path = error.issues[0]?.path ?? [];
  return path.map(String).join('.').slice(0, 100) || 'input';
}

/** The iterator's next result, or null as soon as `signal` aborts, even when the handler does not heed it. */
function nextUnlessAborted(iterator: AsyncIterator<unknown>, signal: AbortSignal): Promise<IteratorResult<unknown> | null> {
  const { promise, resolve, reject } = Promise.withResolvers<IteratorResult<unknown> | null>();
  const abort = (): void => resolve(null);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  iterator.next().then(resolve, reject);
  return promise.finally(() => signal.removeEventListener('abort', abort));
}
