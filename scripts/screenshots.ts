// `npm run screenshots`: makes docs/screenshots from the built app on the sample data of `npm run demo`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright/test';
import { startLoopbackProcess } from '../e2e/hosts/loopback.ts';
import { fillProfile, type ProfileExtent } from './demo/fill-profile.ts';
import type { SampleLanguage } from './demo/read-talks.ts';
import { serveSampleModel } from './demo/serve-sample-model.ts';
import { provideBrowser } from './provide-browser.ts';
import { scenes, type Scene } from './screenshots/scenes.ts';
import { toWebp } from './screenshots/to-webp.ts';

const folder = path.resolve(import.meta.dirname, '../docs/screenshots');
const heightPx = 900;
/** A longer page is cut off: what comes further down is a list that goes on. */
const tallestPx = 1_750;

interface Profile {
  readonly dataDir: string;
  /** null: a folder without anything in it, as at the very first start. */
  readonly sampleServer: string | null;
}

/** Takes the pictures of one style, in one page: its address works once. */
async function shootAll(browser: Browser, profile: Profile, scenes: readonly Scene[]): Promise<void> {
  const [first] = scenes;
  if (first === undefined) return;
  const { look, widthPx, language } = first;
  const environment = { TZ: new Intl.DateTimeFormat().resolvedOptions().timeZone };
  const sample = profile.sampleServer === null ? {} : { sampleServer: profile.sampleServer };
  const { child, url } = await startLoopbackProcess({ dataDir: profile.dataDir, environment, ...sample });
  const viewport = { width: widthPx, height: heightPx };
  const locale = language === 'ja' ? 'ja-JP' : 'en-US';
  const context = await browser.newContext({ viewport, colorScheme: look, locale, reducedMotion: 'reduce' });
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.getByRole('main').waitFor();
    for (const scene of scenes) {
      await page.setViewportSize(viewport);
      await page.reload();
      await page.getByRole('main').waitFor();
      writeFileSync(path.join(folder, `${scene.name}.webp`), await toWebp(context, await shoot(page, scene)));
    }
  } finally {
    await context.close();
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }
}

async function shoot(page: Page, { name, prepare, isWholePage }: Scene): Promise<Buffer> {
  try {
    await prepare(page);
    if (isWholePage) await growToContent(page);
    // Nothing that is still being read: a place for it pulses until then.
    await page.waitForLoadState('networkidle');
    await page.locator('.animate-pulse').first().waitFor({ state: 'detached' });
    return await page.screenshot({ animations: 'disabled' });
  } catch (cause) {
    throw new Error(`${name} could not be taken.`, { cause });
  }
}

/** Makes the window as high as the longest thing that scrolls in it. As text: this file is not checked against a page's globals. */
async function growToContent(page: Page): Promise<void> {
  const hiddenPx: number = await page.evaluate(
    `Math.max(0, ...[...document.querySelectorAll('main, main *')]
      .filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowY))
      .map((element) => element.scrollHeight - element.clientHeight))`,
  );
  const { width } = page.viewportSize() ?? { width: heightPx };
  await page.setViewportSize({ width, height: Math.min(heightPx + hiddenPx, tallestPx) });
}

async function profileOf(dataDir: string, sampleServer: string, extent: ProfileExtent, language: SampleLanguage): Promise<Profile> {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  await fillProfile({ dataDir, language, now: Date.now(), timeZone, extent });
  return { dataDir, sampleServer };
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const chosen = scenes.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.startsWith(part)));
  if (wanted.length === 0) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const temporary = mkdtempSync(path.join(tmpdir(), 'tally-shots-'));
  // Nothing is asked while the pictures are taken.
  const server = await serveSampleModel(async () => new Response(null, { status: 503 }));
  const asRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({ executablePath: provideBrowser(), args: asRoot ? ['--no-sandbox'] : [] });
  try {
    for (const [key, ofProfile] of Map.groupBy(chosen, ({ extent, language }) => `${extent}-${language}`)) {
      const dataDir = path.join(temporary, key);
      mkdirSync(dataDir);
      const [{ extent, language } = { extent: null, language: 'en' }] = ofProfile;
      const profile = extent === null ? { dataDir, sampleServer: null } : await profileOf(dataDir, server.url, extent, language);
      for (const ofStyle of Map.groupBy(ofProfile, ({ look, widthPx }) => `${look} ${widthPx}`).values())
        await shootAll(browser, profile, ofStyle);
    }
  } finally {
    await browser.close();
    await server.close();
    rmSync(temporary, { recursive: true, force: true });
  }
}

await main();
