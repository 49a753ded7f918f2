import type { Page } from 'playwright/test';

/** A running Tally with a window of it. */
export interface RunningTally {
  readonly page: Page;
  /** Ends it as a power cut would: SIGKILL, nothing is flushed. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Starts Tally on a data folder; what a host's starter takes. */
export interface StartOptions {
  readonly dataDir: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Where the model of a sample profile answers; missing: the profile is a real one. */
  readonly sampleServer?: string;
}
