import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { defineConfig } from 'playwright/test';
import type { HostOptions } from './e2e/fixtures.ts';

/** Electron's binary is fetched on its first start; its package carries no such file before. */
function hasElectron(): boolean {
  const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  return existsSync(path.join(folder, 'path.txt'));
}

export default defineConfig<HostOptions>({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  // Each test starts a Tally, a model server and a browser of its own on two cores.
  workers: 2,
  fullyParallel: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'list',
  use: {
    actionTimeout: 15_000, // Recording every test costs a fifth of the time: `npx playwright test --trace retain-on-failure` when one fails.
    trace: 'off',
    locale: 'en-US',
    timezoneId: 'UTC',
  },
  projects: [
    { name: 'loopback', use: { host: 'loopback' } },
    ...(hasElectron() ? [{ name: 'electron', use: { host: 'electron' as const }, testIgnore: /loopback-.*\.spec\.ts/ }] : []),
  ],
});
