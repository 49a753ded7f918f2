// `npm run screenshots`: makes docs/screenshots from the built app, with a fake model server behind it.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright/test';
import { startLoopbackProcess } from '../e2e/hosts/loopback.ts';
import { provideBrowser } from './provide-browser.ts';
import { fillDataDir, startSampleModel } from './screenshots/fill-data-dir.ts';

const folder = path.resolve(import.meta.dirname, '../docs/screenshots');
const wide = { width: 1440, height: 900 };
const narrow = { width: 800, height: 900 };

interface Look {
  readonly name: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark';
  readonly locale: 'en-US' | 'ja-JP';
}

const looks: readonly Look[] = [
  { name: 'light', viewport: wide, colorScheme: 'light', locale: 'en-US' },
  { name: 'dark', viewport: wide, colorScheme: 'dark', locale: 'en-US' },
  { name: 'narrow', viewport: narrow, colorScheme: 'light', locale: 'en-US' },
  { name: 'ja', viewport: wide, colorScheme: 'light', locale: 'ja-JP' },
];

/** Opens the app as it looks to one person. Each look needs an address of its own: its token works once. */
async function withPage(browser: Browser, dataDir: string, look: Look, visit: (page: Page) => Promise<void>): Promise<void> {
  const { child, url } = await startLoopbackProcess({ dataDir, environment: {} });
  const { viewport, colorScheme, locale } = look;
  const context = await browser.newContext({ viewport, colorScheme, locale, reducedMotion: 'reduce' });
  try {
    const page = await context.newPage();
    await page.goto(url);
    await visit(page);
  } finally {
    await context.close();
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }
}

async function shoot(page: Page, name: string): Promise<void> {
  // Nothing that is still being read: a place for it pulses until then.
  await page.locator('main .animate-pulse').first().waitFor({ state: 'detached' });
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
}

async function shootPlaces(page: Page, look: string, conversationId: string): Promise<void> {
  await page.getByRole('main').waitFor();
  await goTo(page, `#/chat/${conversationId}`);
  await page.getByRole('article').last().waitFor();
  await shoot(page, `chat-${look}`);
  await page.keyboard.press('Control+.');
  await page.getByRole('tab').first().waitFor();
  await shoot(page, `receipt-${look}`);
  await page.keyboard.press('Control+.');
  for (const place of ['documents', 'spend', 'settings']) {
    await goTo(page, `#/${place}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await shoot(page, `${place}-${look}`);
  }
}

/** Goes to a place by its address. As text: this file is not checked against a page's globals. */
async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
}

async function main(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [filled, empty] = [mkdtempSync(path.join(tmpdir(), 'tally-shots-')), mkdtempSync(path.join(tmpdir(), 'tally-shots-'))];
  const model = await startSampleModel();
  const asRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({ executablePath: provideBrowser(), args: asRoot ? ['--no-sandbox'] : [] });
  try {
    const conversationId = await fillDataDir(filled, model);
    for (const look of looks) {
      await withPage(browser, empty, look, async (page) => {
        await page.getByRole('heading', { level: 1 }).waitFor();
        await shoot(page, `first-run-${look.name}`);
      });
      await withPage(browser, filled, look, (page) => shootPlaces(page, look.name, conversationId));
    }
  } finally {
    await browser.close();
    await model.close();
    for (const dir of [filled, empty]) rmSync(dir, { recursive: true, force: true });
  }
}

await main();
