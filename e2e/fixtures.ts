import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from 'playwright/test';
import { startFakeOpenAi, type FakeOpenAi } from '../tests/fake-openai/start-fake-openai.ts';
import { startElectron } from './hosts/electron.ts';
import type { RunningTally } from './hosts/host.ts';
import { startLoopback } from './hosts/loopback.ts';

export interface HostOptions {
  host: 'loopback' | 'electron';
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
