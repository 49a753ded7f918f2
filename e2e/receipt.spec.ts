import { readFileSync } from 'node:fs';
import { makePdf } from '../tests/sample-files/pdf-files.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { documentsPage } from './pages/documents.ts';
import { inspectorOf } from './pages/inspector.ts';
import { shellOf } from './pages/shell.ts';

interface CopiedAmount {
  readonly costNanos: number;
}
interface CopiedReceipt {
  readonly total: CopiedAmount;
  readonly calls: readonly {
    readonly purpose: string;
    readonly inputTokens: number;
    readonly amount: CopiedAmount;
    readonly lines: readonly { readonly kind: string; readonly cache: string; readonly tokens: number; readonly amount: CopiedAmount }[];
  }[];
}

const lease = [
  ['Lease agreement', 'The flat has four rooms and a cellar.', 'The rent is 900 euros and due on the third working day.'],
  ['Deposit', 'The landlord keeps the deposit for at most six months after the keys were handed back.'],
];

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

test('the receipt tells the parts of the request, which add up to what the server billed, and can be copied', async ({
  startConnected,
  model,
}) => {
  const { page } = await startConnected();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const [chat, inspector, shell, documents] = [chatPage(page), inspectorOf(page), shellOf(page), documentsPage(page)];
  const copied = (): Promise<string> => page.evaluate<string>('navigator.clipboard.readText()');
  await shell.goTo('Documents');
  await documents.add({ name: 'lease.pdf', mimeType: 'application/pdf', buffer: await makePdf(lease) });
  await expect(documents.row('lease.pdf')).toContainText('Ready');
  const indexingNanos = model.billedNanos();
  await shell.newChat();
  await chat.send('How long may the landlord keep the deposit?');
  await chat.answered();
  const before = model.billedNanos();
  model.script({ answer: { tokens: ['Six ', 'months.'], cachedTokens: 20, reasoningTokens: 7 } });
  await chat.send('And what is the rent?');
  await expect(chat.answers).toHaveCount(2);
  await chat.answered();
  await chat.openReceipt();
  for (const part of ['Instructions', 'Earlier turns', '[1] lease.pdf', 'Your text', 'Reasoning', 'Answer']) {
    await expect(inspector.partOf('Answer', part)).toBeVisible();
  }
  await expect(inspector.panel.getByText('Saved by the cache')).toBeVisible();

  await page.getByRole('button', { name: 'Copy as JSON' }).click();
  await expect.poll(copied).toContain('"lines"');
  // Written by the app; what is relied on is compared below.
  const receipt = JSON.parse(await copied()) as CopiedReceipt;
  expect(receipt.total.costNanos).toBe(model.billedNanos() - before);
  expect(sum(receipt.calls.map(({ amount }) => amount.costNanos))).toBe(receipt.total.costNanos);
  for (const { amount, lines, inputTokens } of receipt.calls) {
    expect(sum(lines.map((line) => line.amount.costNanos))).toBe(amount.costNanos);
    const input = lines.filter(({ kind }) => !['output', 'answer', 'reasoning'].includes(kind));
    expect(sum(input.map(({ tokens }) => tokens))).toBe(inputTokens);
  }
  const answer = receipt.calls.find(({ purpose }) => purpose === 'answer');
  expect(sum(answer?.lines.filter(({ cache }) => cache === 'read').map(({ tokens }) => tokens) ?? [])).toBe(20);

  await page.getByRole('button', { name: 'Copy as text' }).click();
  await expect.poll(copied).toMatch(/\[1\] lease\.pdf, p\. \d/u);
  expect(await copied()).toMatch(/Total: (?:≈ )?\$\d/u);

  // All receipts of the conversation: they add up to everything the server billed, title included.
  await page.getByRole('button', { name: 'Receipts of this conversation' }).click();
  const receipts = page.getByRole('main');
  await expect(receipts.getByRole('heading', { level: 3, name: 'And what is the rent?' })).toBeVisible();
  const download = page.waitForEvent('download');
  await receipts.getByRole('button', { name: 'Save as Markdown' }).click();
  const markdown = readFileSync(await (await download).path(), 'utf8');
  const conversationNanos = model.billedNanos() - indexingNanos;
  expect(markdown).toMatch(/^\| Total \| (?:≈ )?\$(?<total>[\d.]+) \|/mu);
  expect(Math.round(Number(/^\| Total \| (?:≈ )?\$(?<total>[\d.]+)/mu.exec(markdown)?.groups?.['total']) * 1e9)).toBe(conversationNanos);
  expect(markdown).toContain('\\[1\\] lease.pdf');
  await receipts.getByRole('link', { name: 'And what is the rent?' }).click();
  await expect(chat.answers).toHaveCount(2);
  await chat.openReceipt();

  // Nothing is cut off where the panel is narrow.
  await page.setViewportSize({ width: 360, height: 700 });
  const overflow = await inspector.panel.evaluate((panel) => panel.scrollWidth - panel.clientWidth);
  expect(overflow).toBe(0);
});
