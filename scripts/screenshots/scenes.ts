import type { Page } from 'playwright/test';
import type { ProfileExtent } from '../demo/fill-profile.ts';
import type { SampleLanguage } from '../demo/read-talks.ts';

/** One picture: what is there, how it looks, and where to go. */
export interface Scene {
  /** File name without its ending. */
  readonly name: string;
  /** null: the very first start. */
  readonly extent: ProfileExtent | null;
  readonly language: SampleLanguage;
  readonly look: 'light' | 'dark';
  readonly widthPx: number;
  /** The window grows until nothing is left to scroll to. */
  readonly isWholePage: boolean;
  readonly prepare: (page: Page) => Promise<void>;
}

type Style = Pick<Scene, 'language' | 'look' | 'widthPx'>;

const [wide, narrow] = [1_440, 800];
const styles = {
  light: { language: 'en', look: 'light', widthPx: wide },
  dark: { language: 'en', look: 'dark', widthPx: wide },
  narrow: { language: 'en', look: 'light', widthPx: narrow },
  'narrow-dark': { language: 'en', look: 'dark', widthPx: narrow },
  ja: { language: 'ja', look: 'light', widthPx: wide },
} as const satisfies Record<string, Style>;
type StyleName = keyof typeof styles;

/** Goes to a place by its address. As text: this file is not checked against a page's globals. */
async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
}

/** Goes to a place and waits for its heading. */
function at(hash: string): Scene['prepare'] {
  return async (page) => {
    await goTo(page, hash);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
  };
}

const leases = /^(?:Rent increases in the lease|賃料の値上げの条件)/;

/** Opens the conversation about the lease. */
async function openLease(page: Page): Promise<void> {
  // Where there is no room, the list is a drawer.
  if ((page.viewportSize()?.width ?? wide) < 900) await page.keyboard.press('Control+b');
  await page.getByRole('link', { name: leases }).first().click();
  await page.getByRole('article').last().waitFor();
}

/** Opens the conversation that begins with an image. */
async function openImage(page: Page): Promise<void> {
  await page
    .getByRole('link', { name: /^(?:Electricity over the year|1年間の電気使用量)/ })
    .first()
    .click();
  await page.getByRole('article').last().waitFor();
  await page.getByRole('article').getByRole('img').first().waitFor();
}

async function openLeaseReceipt(page: Page): Promise<void> {
  await openLease(page);
  await page.keyboard.press('Control+.');
  await page.getByRole('tab').first().waitFor();
}

async function openSource(page: Page): Promise<void> {
  await openLease(page);
  await page.getByRole('article').last().getByRole('button').filter({ hasText: /^\d$/ }).first().click();
  await page.getByRole('tab').first().waitFor();
}

async function openPdfSource(page: Page): Promise<void> {
  await openSource(page);
  await page.locator('aside canvas').first().waitFor();
}

/** Every receipt of the conversation about the lease. */
async function openReceipts(page: Page): Promise<void> {
  await openLease(page);
  const hash = new URL(page.url()).hash;
  await at(hash.replace('#/chat/', '#/receipts/'))(page);
  await page.getByRole('table').first().waitFor();
}

async function sortByCost(page: Page): Promise<void> {
  await openLease(page);
  await page.getByRole('button', { name: /Newest first|新しい順/ }).click();
  await page.getByRole('menuitem', { name: /^(?:Dearest first|費用の高い順)$/ }).click();
  await page.getByRole('menu').waitFor({ state: 'hidden' });
}

function searchFor(word: string): Scene['prepare'] {
  return async (page) => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(word);
    await page.getByRole('option').nth(1).waitFor();
  };
}

async function spendByMonth(page: Page): Promise<void> {
  await at('#/spend')(page);
  await page.getByRole('button', { name: /^(?:All time|全期間)$/ }).click();
}

async function compareAll(page: Page): Promise<void> {
  await at('#/spend/whatIf')(page);
  await page.getByRole('button', { name: /^(?:12 months|12か月)$/ }).click();
  await page.getByRole('combobox').first().click();
  await page.keyboard.type('gpt-5.4-mini (OpenAI');
  await page.getByRole('option').first().click();
  await page.getByRole('table').first().waitFor();
}

function scene(name: string, style: StyleName, prepare: Scene['prepare'], more: Partial<Scene> = {}): Scene {
  return { name: `${name}-${style}`, extent: 'year', isWholePage: false, ...styles[style], prepare, ...more };
}

const everyStyle = ['light', 'dark', 'narrow', 'ja'] as const;
const spendStyles = ['light', 'dark', 'narrow', 'narrow-dark', 'ja'] as const;
const whole = { isWholePage: true };

/** Every picture of the documentation. */
export const scenes: readonly Scene[] = [
  ...everyStyle.map((style) => scene('first-run', style, async () => undefined, { extent: null })),
  ...everyStyle.map((style) => scene('chat', style, openLease)),
  ...everyStyle.map((style) => scene('receipt', style, openLeaseReceipt)),
  ...(['light', 'dark', 'ja'] as const).map((style) => scene('image', style, openImage)),
  scene('source', 'light', openPdfSource),
  scene('source', 'ja', openSource),
  ...(['light', 'narrow-dark', 'ja'] as const).map((style) => scene('receipts', style, openReceipts, whole)),
  scene('search', 'light', searchFor('Kyoto')),
  scene('search', 'ja', searchFor('京都')),
  ...everyStyle.map((style) => scene('documents', style, at('#/documents'))),
  ...spendStyles.map((style) => scene('spend-year', style, spendByMonth, whole)),
  ...spendStyles.map((style) => scene('spend-day', style, at('#/spend'), { ...whole, extent: 'today' })),
  ...spendStyles.map((style) => scene('spend-empty', style, at('#/spend'), { extent: 'nothing' })),
  ...(['light', 'ja'] as const).flatMap((style) => [
    scene('budgets', style, at('#/spend/budgets')),
    scene('prices', style, at('#/spend/prices')),
    scene('what-if', style, compareAll, whole),
    scene('bill', style, at('#/spend/bill')),
    scene('library', style, at('#/library')),
  ]),
  ...(['light', 'dark', 'ja'] as const).map((style) => scene('settings', style, at('#/settings'))),
  // Last, since the order stays as it was chosen.
  ...(['light', 'ja'] as const).map((style) => scene('history-by-cost', style, sortByCost)),
];
