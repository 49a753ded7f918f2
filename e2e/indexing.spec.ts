import type { Page } from 'playwright/test';
import { seededRandom } from '../tests/seeded-random.ts';
import { expect, test } from './fixtures.ts';
import { documentsPage, type SampleFile } from './pages/documents.ts';
import { shellOf } from './pages/shell.ts';

const sectionCount = 20;
/** As many files as the longest stall is measured with; 5,000 for the figures in the documentation. */
const folderFileCount = Number(process.env['TALLY_E2E_FOLDER_FILES'] ?? 400);

function words(random: () => number, count: number): string {
  return Array.from({ length: count }, () => `w${Math.floor(random() * 9_999)}`).join(' ');
}

/** A file of twenty sections, each a passage of its own; one paragraph can be another. */
function essay(changed: string | null = null): SampleFile {
  const random = seededRandom(5);
  const sections = Array.from({ length: sectionCount }, (_, index) => {
    const paragraph = words(random, 60);
    return `## Section ${index}\n\n${index === 11 && changed !== null ? changed : paragraph}`;
  });
  return { name: 'essay.md', mimeType: 'text/markdown', buffer: Buffer.from(sections.join('\n\n')) };
}

async function askFrom(page: Page, limit: string): Promise<void> {
  await shellOf(page).goTo('Settings');
  await page.getByRole('combobox', { name: 'Don’t ask below' }).click();
  await page.getByRole('option', { name: limit }).click();
  await expect(page.getByRole('combobox', { name: 'Don’t ask below' })).toContainText(limit);
}

test('asks before it spends, stands still when paused, and sends only a paragraph that changed', async ({ startConnected, model }) => {
  const { page } = await startConnected();
  const documents = documentsPage(page);
  const quote = page.getByRole('region', { name: 'Index by meaning?' });
  await askFrom(page, 'Always ask');
  await shellOf(page).goTo('Documents');
  await documents.add(essay());
  await expect(documents.row('essay.md')).toContainText('Waiting for your yes');
  await expect(quote).toContainText(/1 file · [\d,]+ tokens · /);
  await expect(quote).toContainText('$');
  expect(model.requestsOf('embedding')).toEqual([]);

  const held = Promise.withResolvers<undefined>();
  model.script({ embedding: () => held.promise });
  await quote.getByRole('button', { name: 'Index', exact: true }).click();
  await expect(documents.row('essay.md')).toContainText(`Embedding 0 of ${sectionCount}`);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused, 1 file to go')).toBeVisible();
  held.resolve(undefined);
  // The batch under way is paid for, so it is taken; no other one is sent.
  await expect(documents.row('essay.md')).toContainText(`Embedding 16 of ${sectionCount}`);
  expect(model.requestsOf('embedding')).toHaveLength(1);

  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(documents.row('essay.md')).toContainText('Ready');
  expect(model.requestsOf('embedding')).toHaveLength(2);

  await documents.add(essay(words(seededRandom(6), 60)));
  await quote.getByRole('button', { name: 'Index', exact: true }).click();
  await expect(documents.row('essay.md')).toContainText('Ready');
  await expect(quote).toBeHidden();
  expect(model.requestsOf('embedding')).toHaveLength(3);
  expect(model.requestsOf('embedding').at(-1)?.body.input).toHaveLength(1);
});

/** Notes, from now on, how long the window was kept from drawing and from input. As text: this file is not checked against a page's globals. */
async function watchStalls(page: Page): Promise<() => Promise<{ longestTaskMs: number; longestFrameGapMs: number }>> {
  await page.evaluate(`(() => {
    const stalls = (window.stalls = { longestTaskMs: 0, longestFrameGapMs: 0 });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) stalls.longestTaskMs = Math.max(stalls.longestTaskMs, duration);
    }).observe({ type: 'longtask' });
    let last = performance.now();
    const frame = (now) => {
      stalls.longestFrameGapMs = Math.max(stalls.longestFrameGapMs, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  })()`);
  return () => page.evaluate('window.stalls');
}

test('takes in a large folder while the window goes on answering', async ({ startConnected }, testInfo) => {
  test.setTimeout(240_000 + folderFileCount * 400);
  const random = seededRandom(8);
  const files = Array.from({ length: folderFileCount }, (_, index) => ({
    path: `${Math.floor(index / 100)}/note-${index}.md`,
    text: `# Note ${index}\n\n${words(random, 120)}\n\n## More\n\n${words(random, 120)}\n`,
  }));
  const { page } = await startConnected();
  const documents = documentsPage(page);
  // More than 5,000 files cost.
  await askFrom(page, '$1.00');
  await shellOf(page).goTo('Documents');
  await documents.answerFolderDialog('notes', files);
  const stallsNow = await watchStalls(page);
  await documents.openFolderDialog();
  // `waitFor` and not `expect`, which writes down the whole page, in the page, each time it has to wait.
  await page.getByText(/^Indexing, /).waitFor();
  const timeout = 120_000 + folderFileCount * 200;
  const search = page.getByRole('searchbox', { name: 'Find by name' });
  await search.pressSequentially('note-1.md');
  await documents.row('notes/0/note-1.md').getByText('Ready').waitFor({ timeout });
  await expect(search).toHaveValue('note-1.md');
  await search.fill('');
  await page.getByText(`${folderFileCount.toLocaleString('en')} documents`).waitFor({ timeout });
  await page.getByText(/^Indexing, /).waitFor({ state: 'hidden', timeout });
  const stalls = await stallsNow();
  const text = `${folderFileCount} files: longest task (of 50 ms or more) ${stalls.longestTaskMs.toFixed(0)} ms, longest gap between frames ${stalls.longestFrameGapMs.toFixed(0)} ms`;
  testInfo.annotations.push({ type: 'stalls', description: text });
  await testInfo.attach('stalls', { body: text, contentType: 'text/plain' });
  process.stdout.write(`${text}\n`);
});
