import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createRpcServer, type RpcServer } from '../src/main/core/rpc/server.ts';
import type { Logger } from '../src/main/core/ports.ts';
import { startLoopback } from '../src/main/hosts/loopback/start.ts';
import { createRpcClient, type RpcClient } from '../src/shared/rpc/client.ts';
import { call, stream, type HandlersFor } from '../src/shared/rpc/define.ts';
import { AppError } from '../src/shared/rpc/errors.ts';
import { memoryPair } from '../src/shared/rpc/memory-transport.ts';
import type { Transport } from '../src/shared/rpc/protocol.ts';
import { messagePortPair, openSession, openSocketTransport } from './transports.ts';

const contract = {
  'numbers.add': call({ input: z.object({ a: z.number(), b: z.number().default(10) }), output: z.number() }),
  'nothing.happens': call({ input: z.void(), output: z.void() }),
  'errors.domain': call({ input: z.void(), output: z.void() }),
  'errors.internal': call({ input: z.void(), output: z.void() }),
  'errors.lying': call({ input: z.void(), output: z.number() }),
  'calls.hang': call({ input: z.void(), output: z.void() }),
  'numbers.count': stream({ input: z.object({ to: z.int() }), item: z.number() }),
  'numbers.forever': stream({ input: z.void(), item: z.number() }),
  'numbers.breakDown': stream({ input: z.void(), item: z.number() }),
};
type TestContract = typeof contract;

const secret = 'sk-secret-from-a-prompt';
type Logged = readonly [event: string, fields: string];

interface Bench {
  readonly client: RpcClient<TestContract>;
  readonly page: Transport;
  readonly logged: Logged[];
  /** Resolves when the handler of `route` has seen its signal abort or its iterator left. */
  readonly stopped: (route: string) => Promise<void>;
  close(): Promise<void>;
}

interface Serving {
  readonly server: RpcServer;
  readonly logged: Logged[];
  readonly stopped: (route: string) => Promise<void>;
}

function serve(): Serving {
  const logged: Logged[] = [];
  const stops = new Map<string, PromiseWithResolvers<void>>();
  const stopOf = (route: string): PromiseWithResolvers<void> => {
    const known = stops.get(route) ?? Promise.withResolvers<void>();
    stops.set(route, known);
    return known;
  };
  const record = (event: string, fields: unknown): void => void logged.push([event, JSON.stringify(fields ?? {})]);
  const log: Logger = { info: record, warn: record, error: record };
  const handlers: HandlersFor<TestContract> = {
    'numbers.add': ({ a, b }) => a + b,
    'nothing.happens': () => undefined,
    'errors.domain': () => {
      throw new AppError('RATE_LIMITED', 'Too fast.', { data: { retryAfterMs: 1_000 } });
    },
    'errors.internal': () => {
      throw new Error(secret);
    },
    // A handler whose row type lies, as an SQL row can.
    'errors.lying': () => 'not a number' as unknown as number,
    'calls.hang': async (_, { signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      stopOf('calls.hang').resolve();
      throw signal.reason;
    },
    'numbers.count': async function* ({ to }) {
      for (let n = 1; n <= to; n += 1) yield n;
    },
    'numbers.forever': async function* () {
      try {
        for (let n = 1; ; n += 1) {
          yield n;
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        stopOf('numbers.forever').resolve();
      }
    },
    'numbers.breakDown': async function* () {
      yield 1;
      throw new AppError('STREAM_STALLED');
    },
  };
  const server = createRpcServer({ contract, handlers, log, validateOutput: true, limits: { maxRunning: 4 } });
  return { server, logged, stopped: (route) => stopOf(route).promise };
}

async function openMemory(): Promise<Bench> {
  return benchOver(memoryPair());
}

async function openMessagePort(): Promise<Bench> {
  return benchOver(messagePortPair());
}

function benchOver({ page, core }: { page: Transport; core: Transport }): Bench {
  const { server, logged, stopped } = serve();
  server.accept(core);
  const client = createRpcClient<TestContract>(page);
  return { client, page, logged, stopped, close: async () => server.close() };
}

async function openLoopback(): Promise<Bench> {
  const { server, logged, stopped } = serve();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-transport-'));
  const host = await startLoopback({
    core: { accept: (transport) => server.accept(transport), close: async () => server.close() },
    dataDir,
    pageDir: dataDir,
    port: 0,
    isWindowWanted: false,
    environment: {},
    now: Date.now,
    print: () => undefined,
    onWindowGone: () => undefined,
  });
  const token = new URL(host.freshUrl()).hash.replace('#token=', '');
  const page = await openSocketTransport(host.port, await openSession(host.port, token));
  const client = createRpcClient<TestContract>(page);
  async function close(): Promise<void> {
    await host.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return { client, page, logged, stopped, close };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

const hosts = [
  ['memory', openMemory],
  ['MessagePort', openMessagePort],
  ['WebSocket of the loopback host', openLoopback],
] as const;

describe.each(hosts)('the contract over %s', (_, open) => {
  let bench: Bench;
  afterEach(() => bench.close());

  it('answers a call, fills in defaults and returns nothing for void', async () => {
    bench = await open();
    await expect(bench.client.call('numbers.add', { a: 1, b: 2 })).resolves.toBe(3);
    await expect(bench.client.call('numbers.add', { a: 1 })).resolves.toBe(11);
    await expect(bench.client.call('nothing.happens')).resolves.toBeUndefined();
  });

  it('carries a domain error with its code and data', async () => {
    bench = await open();
    await expect(bench.client.call('errors.domain')).rejects.toMatchObject({ code: 'RATE_LIMITED', data: { retryAfterMs: 1_000 } });
  });

  it('names the wrong field of an input and keeps its value out', async () => {
    bench = await open();
    const input = { a: secret } as unknown as { a: number };
    const error: unknown = await bench.client.call('numbers.add', input).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'INVALID_INPUT', data: { field: 'a' } });
    expect(String(error)).not.toContain(secret);
  });

  it('knows no inherited name as a route', async () => {
    bench = await open();
    for (const route of ['__proto__', 'constructor', 'toString', 'no.such']) {
      await expect(bench.client.call(route as 'nothing.happens')).rejects.toMatchObject({ code: 'UNKNOWN_ROUTE' });
    }
  });

  it('lets nothing out of an unexpected error, neither to the page nor into the log', async () => {
    bench = await open();
    const error: unknown = await bench.client.call('errors.internal').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'INTERNAL' });
    expect(String(error)).not.toContain(secret);
    expect(bench.logged.map(([event]) => event)).toEqual(['rpc.handler_failed']);
    expect(JSON.stringify(bench.logged)).not.toContain(secret);
  });

  it('checks what a handler returns when asked to', async () => {
    bench = await open();
    await expect(bench.client.call('errors.lying')).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(bench.logged.map(([event]) => event)).toEqual(['rpc.output_invalid']);
  });

  it('streams items in order to the end, and to the error that ends them', async () => {
    bench = await open();
    await expect(collect(bench.client.stream('numbers.count', { to: 500 }))).resolves.toEqual(
      Array.from({ length: 500 }, (__, i) => i + 1),
    );
    const seen: number[] = [];
    const broken = (async () => {
      for await (const n of bench.client.stream('numbers.breakDown')) seen.push(n);
    })();
    await expect(broken).rejects.toMatchObject({ code: 'STREAM_STALLED' });
    expect(seen).toEqual([1]);
  });

  it('cancels a call by its signal, in the core too', async () => {
    bench = await open();
    const controller = new AbortController();
    const hanging = bench.client.call('calls.hang', undefined, { signal: controller.signal });
    controller.abort();
    await expect(hanging).rejects.toMatchObject({ code: 'CANCELLED' });
    await bench.stopped('calls.hang');
    expect(bench.logged).toEqual([]);
  });

  it('cancels a stream that is left early', async () => {
    bench = await open();
    for await (const n of bench.client.stream('numbers.forever')) if (n === 3) break;
    await bench.stopped('numbers.forever');
    await expect(bench.client.call('numbers.add', { a: 1 })).resolves.toBe(11);
  });

  it('rejects everything pending when the connection is lost, and stops it in the core', async () => {
    bench = await open();
    const closed = new Promise<void>((resolve) => bench.client.onClose(resolve));
    const hanging = expect(bench.client.call('calls.hang')).rejects.toMatchObject({ code: 'DISCONNECTED' });
    const streaming = expect(collect(bench.client.stream('numbers.forever'))).rejects.toMatchObject({ code: 'DISCONNECTED' });
    await bench.client.call('nothing.happens');
    await bench.close();
    await Promise.all([closed, hanging, streaming, bench.stopped('calls.hang'), bench.stopped('numbers.forever')]);
    await expect(bench.client.call('nothing.happens')).rejects.toMatchObject({ code: 'DISCONNECTED' });
  });

  it.each([
    ['an unknown type', { type: 'shutdown', id: 1 }],
    ['an extra key', { type: 'cancel', id: 1, extra: true }],
    ['no object', 'hello'],
    ['an endless route', { type: 'req', id: 1, route: 'x'.repeat(1_000) }],
  ])('closes the connection on a malformed frame: %s', async (__, frame) => {
    bench = await open();
    const closed = new Promise<void>((resolve) => bench.page.onClose(resolve));
    bench.page.send(frame as never);
    await closed;
  });

  it('refuses more requests at a time than it may run, and recovers', async () => {
    bench = await open();
    const controller = new AbortController();
    const hanging = Array.from({ length: 4 }, () =>
      bench.client.call('calls.hang', undefined, { signal: controller.signal }).catch(() => undefined),
    );
    await expect(bench.client.call('nothing.happens')).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    controller.abort();
    await Promise.all(hanging);
    await bench.stopped('calls.hang');
    await expect.poll(() => bench.client.call('numbers.add', { a: 1 }).catch(() => null)).toBe(11);
  });
});

describe('the types of a client', () => {
  it('follow the contract', () => {
    // Never called: compiling is the test.
    const calls = async (client: RpcClient<TestContract>): Promise<unknown> => {
      // @ts-expect-error no such route
      await client.call('numbers.subtract', {});
      // @ts-expect-error a stream is not a call
      await client.call('numbers.count', { to: 1 });
      // @ts-expect-error a call is not a stream
      client.stream('numbers.add', { a: 1 });
      // @ts-expect-error a wrong input
      await client.call('numbers.add', { a: '1' });
      // @ts-expect-error an input is needed
      await client.call('numbers.add');
      // @ts-expect-error a Date is not JSON
      call({ input: z.void(), output: z.date() });
      // @ts-expect-error a handler is missing
      const handlers: HandlersFor<TestContract> = { 'nothing.happens': () => undefined };
      const sum: number = await client.call('numbers.add', { a: 1 });
      return [handlers, sum];
    };
    expect(calls).toBeTypeOf('function');
  });
});
