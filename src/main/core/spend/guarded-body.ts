import { AppError } from '../../../shared/rpc/errors.ts';

/** A reply's body, read under a watchdog and a cap. */
export interface GuardedBody {
  /**
   * The next bytes; null at the end. Throws AppError STREAM_STALLED when nothing comes for `patienceMs`,
   * REPLY_TOO_LARGE beyond the cap, and whatever the connection throws.
   */
  read(patienceMs: number): Promise<Uint8Array | null>;
  /** The rest, up to the end. Throws as `read` does. */
  readAll(patienceMs: number): Promise<Uint8Array<ArrayBuffer>>;
  /** From now on at most this many more bytes are read. */
  allowAtMost(bytes: number): void;
  /** Takes the last bytes of a reply that is complete, so that its connection can be used again. Never throws. */
  drain(patienceMs: number): Promise<void>;
  /** Closes the connection. Idempotent, never throws. */
  cancel(): void;
}

/** Guards a body. `maxBytes` caps the sum of everything read. */
export function guardBody(body: ReadableStream<Uint8Array> | null, maxBytes: number): GuardedBody {
  const reader = body?.getReader();
  let readBytes = 0;
  let limit = maxBytes;

  async function read(patienceMs: number): Promise<Uint8Array | null> {
    if (reader === undefined) return null;
    const { value, done } = await within(reader.read(), patienceMs);
    if (done) return null;
    readBytes += value.byteLength;
    if (readBytes > limit) throw new AppError('REPLY_TOO_LARGE', 'The reply is over the limit.', { data: { limit } });
    return value;
  }

  function cancel(): void {
    reader?.cancel().catch(() => {
      // It is broken already, which is as good as closed.
    });
  }

  return {
    read,
    cancel,
    allowAtMost(bytes) {
      limit = Math.min(limit, readBytes + bytes);
    },
    async drain(patienceMs) {
      try {
        while ((await read(patienceMs)) !== null);
      } catch {
        cancel();
      }
    },
    async readAll(patienceMs) {
      const chunks: Uint8Array[] = [];
      for (let chunk = await read(patienceMs); chunk !== null; chunk = await read(patienceMs)) chunks.push(chunk);
      return joinBytes(chunks);
    },
  };
}

/** Waits for a promise at most `patienceMs`. Throws AppError STREAM_STALLED after that. */
export async function within<T>(promise: Promise<T>, patienceMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stall = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError('STREAM_STALLED', 'The model server fell silent.', { data: { patienceMs } })), patienceMs);
  });
  // The loser of the race may still reject later, with nobody listening.
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, stall]);
  } finally {
    clearTimeout(timer);
  }
}

/** Chunks as one array. */
function joinBytes(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.byteLength;
  }
  return joined;
}
