import { z } from 'zod';

/** Longest route name accepted, in characters. */
const maxRouteLength = 80;

const requestId = z.int().nonnegative();

/** What a page may send: start a call or a stream, or abort one. */
export const clientFrame = z.discriminatedUnion('type', [
  // JSON drops `undefined`, so a route without input arrives without the key: it has to be optional.
  z.strictObject({ type: z.literal('req'), id: requestId, route: z.string().max(maxRouteLength), input: z.unknown().optional() }),
  z.strictObject({ type: z.literal('cancel'), id: requestId }),
]);

export type ClientFrame = z.infer<typeof clientFrame>;

/** The one error shape that crosses the wire. `data` fills in the sentence the page shows for `code`. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly data?: Readonly<Record<string, string | number | boolean | null>>;
}

/** What the core may send: `ok` or `err` ends a call, `next`* then `end` or `err` is a stream. */
export type ServerFrame =
  | { readonly type: 'ok'; readonly id: number; readonly data?: unknown }
  | { readonly type: 'err'; readonly id: number; readonly error: WireError }
  | { readonly type: 'next'; readonly id: number; readonly data: unknown }
  | { readonly type: 'end'; readonly id: number };

/**
 * A duplex pipe of frames. Received frames are untrusted (`unknown`); the receiver parses them.
 * `bufferedBytes` is what has been sent but not yet taken by the other side, where the pipe can tell.
 */
export interface Transport {
  send(frame: ClientFrame | ServerFrame): void;
  onFrame(listener: (frame: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
  bufferedBytes?(): number;
}

// Kept apart so that the page can have the names without zod.
export * from './handshake.ts';
