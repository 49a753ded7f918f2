import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { column, lineByLine, makeLaidOutPdf } from '../tests/sample-files/laid-out-pdf.ts';
import { makePdf, makeShiftJisPdf } from '../tests/sample-files/pdf-files.ts';
import { makeScannedPdf } from '../tests/sample-files/scanned-pdf.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { documentsPage } from './pages/documents.ts';
import { inspectorOf } from './pages/inspector.ts';
import { shellOf } from './pages/shell.ts';

const question = 'How long may the landlord keep the deposit?';
const depositPage = ['Deposit', 'The deposit is two months of rent. The landlord may keep it for at most six months.'];
const depositColumns = [
  ['The deposit is two months of rent, and', 'is paid before the keys are handed out.', 'It lies at a bank of the city. The land-'],
  ['lord may keep it for at most six months', 'after the keys were handed back, and not', 'a day longer than it takes to settle up.'],
];
/** Nine pages; the seventh answers the question, the eighth has one word of it. */
const lease = Array.from({ length: 9 }, (_, index) => {
  if (index === 6) return depositPage;
  if (index === 7) return ['Keys', 'The deposit for a spare key is ten euros.'];
  return [`Chapter ${index + 1}`, `What is agreed on matter ${index + 1}.`];
});

/** The same lease as a printer sets it: a running head, page numbers, and a seventh page drawn line by line across two columns. */
function makePrintedLease(): Promise<Buffer> {
  return makeLaidOutPdf(
    lease.map((texts, index) => {
      const [left = [], right = []] = index === 6 ? depositColumns : [texts];
      const edges = [
        { x: 50, y: 40, text: 'Lease of the flat in the north' },
        { x: 290, y: 815, text: String(index + 1) },
      ];
      return { lines: [...edges, ...lineByLine(column(50, 200, left), column(320, 200, right))] };
    }),
  );
}

async function ask(page: Page, file: { name: string; buffer: Buffer }, text: string): Promise<Locator> {
  const documents = documentsPage(page);
  await shellOf(page).goTo('Documents');
  await documents.add({ ...file, mimeType: 'application/pdf' });
  await expect(documents.row(file.name)).toContainText('Ready');
  await shellOf(page).newChat();
  await chatPage(page).send(text);
  return chatPage(page).answered();
}

/** Every address the page asks for from now on. */
function watchRequests(page: Page): URL[] {
  const asked: URL[] = [];
  page.on('request', (request) => asked.push(new URL(request.url())));
  page.on('websocket', (socket) => asked.push(new URL(socket.url())));
  return asked;
}

/** The share of each marked line's picture that is ink: none, where the mark and what is printed lie apart. */
function inkUnderMarks(page: Page): Promise<number[]> {
  // As text: this file is not checked against a page's globals.
  return page.evaluate(`Array.from(document.querySelectorAll('.pdf-marked'), (line) => {
    const canvas = line.closest('.pdf-page').querySelector('canvas');
    const [box, page] = [line.getBoundingClientRect(), canvas.getBoundingClientRect()];
    const ratio = canvas.width / page.width;
    const place = [box.x - page.x, box.y - page.y, box.width, box.height].map((px) => Math.round(px * ratio));
    const pixels = canvas.getContext('2d').getImageData(...place).data;
    return pixels.filter((value, index) => index % 4 === 0 && value < 128).length / (pixels.length / 4);
  })`);
}

test('a citation opens its page as printed, with the passage marked, and nothing is asked of another place', async ({
  startConnected,
  model,
}) => {
  const { page } = await startConnected();
  const { host } = new URL(page.url());
  const asked = watchRequests(page);
  model.script({ answer: { text: 'At most six months [1], says the lease [9].' } });
  const answer = await ask(page, { name: 'lease.pdf', buffer: await makePrintedLease() }, question);
  const inspector = inspectorOf(page);
  const citation = answer.getByRole('button', { name: 'Source 1: lease.pdf, p. 7' });
  await expect(answer.getByRole('button', { name: 'Source 9 was not given' })).toBeVisible();

  await citation.focus();
  await expect(page.locator('[data-base-ui-portal]').getByText('The deposit is two months of rent, and')).toBeVisible();
  await citation.click();
  const pages = inspector.panel.getByRole('region', { name: 'lease.pdf, page 7' });
  await expect(pages).toBeVisible();
  await expect(inspector.panel.getByText('7 / 9')).toBeVisible();
  const lines = inspector.passage.locator('.pdf-marked');
  await expect(lines).toHaveText(depositColumns.flat());
  for (const line of await lines.all()) await expect(line).toBeInViewport();
  const ink = await inkUnderMarks(page);
  expect(ink).toHaveLength(depositColumns.flat().length);
  expect(Math.min(...ink)).toBeGreaterThan(0.05);

  await inspector.panel.getByRole('button', { name: 'Larger' }).click();
  await expect(inspector.panel.getByRole('status', { name: /^Size/ })).not.toHaveText('100%');
  await expect(lines.last()).toBeInViewport();
  await inspector.panel.getByRole('button', { name: 'Next page' }).click();
  await expect(inspector.panel.getByText('The deposit for a spare key is ten euros.')).toBeVisible();
  await expect(inspector.passage).toHaveCount(0);

  await inspector.panel.getByRole('button', { name: 'Text', exact: true }).click();
  await expect(inspector.passage).toBeInViewport();
  await expect(inspector.passage).toContainText('at most six months');
  expect(new Set(asked.map((url) => url.host))).toEqual(new Set([host]));
});

test('tells passages that were cited from those that were only given, and shows how they were found', async ({ startConnected, model }) => {
  const { page } = await startConnected();
  model.script({ answer: { text: 'At most six months [1].' } });
  await ask(page, { name: 'lease.pdf', buffer: await makePdf(lease) }, question);
  const inspector = inspectorOf(page);
  await chatPage(page).openReceipt();
  await inspector.openTab('Sources');
  const cited = inspector.panel.getByRole('region', { name: 'Cited in the answer' });
  const onlyGiven = inspector.panel.getByRole('region', { name: 'Given to the model, but not cited' });
  await expect(cited.getByRole('button')).toHaveCount(1);
  await expect(cited.getByRole('button')).toContainText('p. 7');
  await expect(onlyGiven.getByRole('button').first()).toContainText('lease.pdf');

  await inspector.openTab('Trace');
  const byWords = inspector.panel.getByRole('region', { name: 'By words' });
  const byMeaning = inspector.panel.getByRole('region', { name: 'By meaning' });
  const together = inspector.panel.getByRole('region', { name: 'Together' });
  await expect(byWords.getByRole('button').first()).toContainText('p. 7');
  await expect(byMeaning.getByRole('button').first()).toContainText('lease.pdf');
  await expect(together.getByText('left out: better ones took the places').first()).toBeVisible();
  await expect(inspector.panel.getByText('Question embedded')).toBeVisible();
  await together.getByRole('button', { name: 'Open source 1: lease.pdf, p. 7' }).click();
  await expect(inspector.passage).toContainText('at most six months');
});

test('shows the text where the pages cannot be drawn, and says so', async ({ startConnected, dataDir, model }) => {
  const { page } = await startConnected();
  model.script({ answer: { text: 'At most six months [1].' } });
  const answer = await ask(page, { name: 'lease.pdf', buffer: await makePdf(lease) }, question);
  rmSync(path.join(dataDir, 'documents'), { recursive: true });
  await answer.getByRole('button', { name: 'Source 1: lease.pdf, p. 7' }).click();
  const { panel, passage } = inspectorOf(page);
  await expect(panel.getByText('The pages of this file could not be drawn. This is its text.')).toBeVisible();
  await expect(passage).toBeInViewport();
  await expect(passage).toContainText('at most six months');
});

test('draws text in a font the PDF does not bring, from what Tally comes with', async ({ startConnected, model }) => {
  const { page } = await startConnected();
  const asked = watchRequests(page);
  model.script({ answer: { text: '六か月です［1］。' } });
  // 敷金は六か月以内に返します。
  const shiftJis = Buffer.from('957e8be082cd985a82a98c8e88c893e082c995d482b582dc82b78142', 'hex');
  const answer = await ask(page, { name: 'lease-ja.pdf', buffer: makeShiftJisPdf(shiftJis) }, '敷金はいつ返しますか');
  await answer.getByRole('button', { name: 'Source 1: lease-ja.pdf, p. 1' }).click();
  const { passage } = inspectorOf(page);
  await expect(passage).toHaveText('敷金は六か月以内に返します。');
  expect(Math.min(...(await inkUnderMarks(page)))).toBeGreaterThan(0.02);
  expect(asked.map((url) => url.pathname)).toContainEqual(expect.stringMatching(/90ms-RKSJ-H.*\.bcmap$/));
});

test('marks a line of a scanned page that lies on its side', async ({ startConnected, model }) => {
  const { page } = await startConnected();
  model.script({ answer: { text: 'Six months [1].' } });
  const line = 'The landlord may keep the deposit for at most six months.';
  const answer = await ask(page, { name: 'scan.pdf', buffer: await makeScannedPdf(line) }, question);
  await answer.getByRole('button', { name: 'Source 1: scan.pdf, p. 1' }).click();
  await expect(inspectorOf(page).passage).toHaveText(line);
  expect(Math.min(...(await inkUnderMarks(page)))).toBeGreaterThan(0.95);
});
