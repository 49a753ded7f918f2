/** What a page may send: start a call or a stream, or abort one. `client-frame.ts` parses it. */
export type ClientFrame =
  | { readonly type: 'req'; readonly id: number; readonly route: string; readonly input?: unknown }
  | { readonly type: 'cancel'; readonly id: number };

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
