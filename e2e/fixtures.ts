import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, expect, test as base, type Browser } from 'playwright/test';
import { provideBrowser } from '../scripts/provide-browser.ts';
import type { FakeOpenAiOptions } from '../tests/fake-openai/start-fake-openai.ts';
import { startElectron } from './hosts/electron.ts';
import type { RunningTally } from './hosts/host.ts';
import { startLoopback } from './hosts/loopback.ts';
import { acceptOfferedKey, testKey } from './pages/first-run.ts';
import { startScriptedModel, type ScriptedModel } from './scripted-model.ts';

export interface HostOptions {
  host: 'loopback' | 'electron';
}

interface Options {
  /** How the test's model server is started. */
  modelOptions: FakeOpenAiOptions;
}

type Environment = Readonly<Record<string, string>>;

interface Fixtures {
  /** A folder of this test's own, removed afterwards. */
  dataDir: string;
  model: ScriptedModel;
  /** Starts Tally on the test's data folder; every one still running at the end is closed. A fault in a page's script fails the test. */
  startTally: (environment?: Environment) => Promise<RunningTally>;
  /** Starts Tally and goes through the first run with the test's model server, which is then a provider with embeddings. */
  startConnected: (environment?: Environment) => Promise<RunningTally>;
}

interface WorkerFixtures {
  /** The worker's browser, started when first asked for. */
  openBrowser: () => Promise<Browser>;
}

export const test = base.extend<Fixtures & HostOptions & Options, WorkerFixtures>({
  host: ['loopback', { option: true }],
  modelOptions: [{}, { option: true }],
  openBrowser: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs off this pattern
    async ({}, use) => {
      let browser: Promise<Browser> | undefined;
      const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      await use(() => (browser ??= chromium.launch({ executablePath: provideBrowser(), args })));
      await (await browser)?.close();
    },
    { scope: 'worker' },
  ],
  // eslint-disable-next-line no-empty-pattern -- as above
  dataDir: async ({}, use) => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-e2e-'));
    await use(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  },
  model: async ({ modelOptions }, use) => {
    const model = await startScriptedModel(modelOptions);
    await use(model);
    await model.close();
  },
  startTally: async ({ host, dataDir, openBrowser }, use) => {
    const running: RunningTally[] = [];
    const faults: Error[] = [];
    await use(async (environment = {}) => {
      const options = { dataDir, environment };
      const tally = host === 'electron' ? await startElectron(options) : await startLoopback(options, await openBrowser());
      tally.page.on('pageerror', (fault) => faults.push(fault));
      running.push(tally);
      return tally;
    });
    for (const tally of running) await tally.close();
    expect(faults).toEqual([]);
  },
  startConnected: async ({ startTally, model }, use) => {
    await use(async (environment = {}) => {
      const tally = await startTally({ OPENAI_API_KEY: testKey, OPENAI_BASE_URL: model.baseUrl, ...environment });
      await acceptOfferedKey(tally.page);
      return tally;
    });
  },
});

export { expect };
