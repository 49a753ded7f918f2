import type { Transport } from '../../../shared/rpc/protocol.ts';
import { startHttpServer } from './http-server.ts';
import { launchBrowser } from './launch-browser.ts';
import { createSessions } from './sessions.ts';

const heartbeatMs = 30_000;
/** A used token presented again prints a new address at most this often. */
const freshUrlPauseMs = 10_000;
const defaultWindowGraceMs = 3_000;

export interface LoopbackOptions {
  /** The core that serves each connection. */
  readonly core: { accept(transport: Transport): void; close(): Promise<void> };
  readonly dataDir: string;
  readonly pageDir: string;
  /** 0: any free port. */
  readonly port: number;
  readonly isWindowWanted: boolean;
  readonly environment: NodeJS.ProcessEnv;
  readonly now: () => number;
  /** How long a page may take to come back before a closed window counts as the end. */
  readonly windowGraceMs?: number;
  /** Receives each line for the person at the terminal. */
  readonly print: (line: string) => void;
  /** The app window's process has ended, and the grace is over; `isEnd`: it was seen, and no page is left. */
  readonly onWindowGone: (isEnd: boolean) => void;
}

export interface LoopbackHost {
  readonly port: number;
  /** A fresh URL with its one-time token. */
  freshUrl(): string;
  /** Closes the window and every connection, then the core. */
  close(): Promise<void>;
}

/** Starts the host on 127.0.0.1, prints its URL and opens the window. Rejects with AppError PORT_TAKEN. */
export async function startLoopback(options: LoopbackOptions): Promise<LoopbackHost> {
  const { core, now, print } = options;
  const sessions = createSessions(now);
  let freshUrlPrintedAt = Number.NEGATIVE_INFINITY;
  let hasBeenSeen = false;

  const server = await startHttpServer({
    port: options.port,
    pageDir: options.pageDir,
    sessions,
    heartbeatMs,
    onTransport(transport) {
      hasBeenSeen = true;
      core.accept(transport);
    },
    onUsedToken() {
      if (now() - freshUrlPrintedAt < freshUrlPauseMs) return;
      freshUrlPrintedAt = now();
      printUrl();
    },
  });

  function freshUrl(): string {
    return `http://127.0.0.1:${server.port}/#token=${sessions.issueToken()}`;
  }

  function printUrl(): void {
    print(`Tally is running at ${freshUrl()}`);
  }

  printUrl();
  const window = options.isWindowWanted
    ? launchBrowser({ url: freshUrl(), dataDir: options.dataDir, environment: options.environment })
    : null;
  let graceTimer: NodeJS.Timeout | undefined;
  window?.onExit(() => {
    graceTimer = setTimeout(() => {
      // A window that never came up, or that handed over to a running browser, is no reason to stop.
      options.onWindowGone(hasBeenSeen && server.connectionCount() === 0);
    }, options.windowGraceMs ?? defaultWindowGraceMs);
  });

  return {
    port: server.port,
    freshUrl,
    async close() {
      clearTimeout(graceTimer);
      window?.close();
      await server.close();
      await core.close();
    },
  };
}
