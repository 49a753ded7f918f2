import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, type Page } from 'playwright/test';
import { startFakeOpenAi, type FakeOpenAi } from '../tests/fake-openai/start-fake-openai.ts';
import { startElectron } from './hosts/electron.ts';
import { startLoopback } from './hosts/loopback.ts';

export interface HostOptions {
  host: 'loopback' | 'electron';
}

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
}

interface Fixtures {
  /** A folder of this test's own, removed afterwards. */
  dataDir: string;
  model: FakeOpenAi;
  /** Starts Tally on the test's data folder; every one still running at the end is closed. */
  startTally: (environment?: Readonly<Record<string, string>>) => Promise<RunningTally>;
}

export const test = base.extend<Fixtures & HostOptions>({
  host: ['loopback', { option: true }],
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs off this pattern
  dataDir: async ({}, use) => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-e2e-'));
    await use(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  model: async ({}, use) => {
    const model = await startFakeOpenAi();
    await use(model);
    await model.close();
  },
  startTally: async ({ host, dataDir }, use) => {
    const running: RunningTally[] = [];
    await use(async (environment = {}) => {
      const start = host === 'electron' ? startElectron : startLoopback;
      const tally = await start({ dataDir, environment });
      running.push(tally);
      return tally;
    });
    for (const tally of running) await tally.close();
  },
});

export { expect } from 'playwright/test';
