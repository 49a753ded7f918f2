import type { Page } from 'playwright/test';
import { makePdf } from '../tests/sample-files/pdf-files.ts';
import { expect, test } from './fixtures.ts';
import { aboutDollars } from './money.ts';
import { chatPage } from './pages/chat.ts';
import { documentsPage } from './pages/documents.ts';
import { connectWithKey } from './pages/first-run.ts';
import { inspectorOf } from './pages/inspector.ts';
import { amountIn, fullAmountOf, shellOf } from './pages/shell.ts';
import { usualTitle } from './scripted-model.ts';

const lease = [
  ['Lease agreement', 'The flat has four rooms and a cellar.', 'The rent is 900 euros and due on the third working day.'],
  ['Deposit', 'The landlord keeps the deposit for at most six months after the keys were handed back.'],
  ['Repairs', 'The landlord pays for repairs of the heating. The tenant pays for broken window panes.'],
];
const firstQuestion = 'How long may the landlord keep the deposit?';
const followUp = 'And who pays when the heating breaks?';
const rewritten = 'Who pays for repairs of the heating?';

async function addLease(page: Page, stateWhenRead: string): Promise<void> {
  const documents = documentsPage(page);
  await shellOf(page).goTo('Documents');
  await documents.add({ name: 'lease.pdf', mimeType: 'application/pdf', buffer: await makePdf(lease) });
  await expect(documents.row('lease.pdf')).toContainText(stateWhenRead);
}

/** The amount of today's bar, from the table beside the chart, with every digit. */
async function expectToday(page: Page, nanos: number): Promise<void> {
  await shellOf(page).goTo('Spend');
  await page.getByRole('button', { name: 'As a table' }).click();
  const total = page.getByRole('row').filter({ has: page.getByRole('columnheader', { name: 'Total' }) });
  await expect(total).toBeVisible();
  const today = page.getByRole('row').nth(1).getByRole('cell').last();
  await expect(await fullAmountOf(page, amountIn(today))).toHaveText(aboutDollars(nanos));
}

test('cites the right page, and every figure agrees with the bill of the model server', async ({ startConnected, model }) => {
  const { page } = await startConnected();
  const [chat, inspector, shell] = [chatPage(page), inspectorOf(page), shellOf(page)];
  await addLease(page, 'Ready');
  const indexingNanos = model.billedNanos();
  expect(model.requestsOf('embedding')).toHaveLength(1);
  expect(indexingNanos).toBeGreaterThan(0);
  await expectToday(page, indexingNanos);

  await shell.newChat();
  await chat.send(firstQuestion);
  const answer = await chat.answered();
  await expect(chat.title(usualTitle)).toBeVisible();
  const firstNanos = model.billedNanos() - indexingNanos;
  await answer.getByRole('button', { name: 'Source 1: lease.pdf, p. 2' }).click();
  await expect(inspector.panel).toContainText('p. 2');
  await expect(inspector.passage).toBeInViewport();
  await expect(inspector.passage).toContainText('at most six months');
  await inspector.openTab('Receipt');
  await expect(inspector.total.getByText(aboutDollars(firstNanos), { exact: true })).toBeVisible();
  for (const purpose of ['Question embedded', 'Answer', 'Title']) await expect(inspector.call(purpose)).toBeVisible();

  model.script({ condense: { text: rewritten } });
  await chat.send(followUp);
  await expect(chat.answers).toHaveCount(2);
  const second = await chat.answered();
  const secondNanos = model.billedNanos() - indexingNanos - firstNanos;
  await expect(second.getByRole('button', { name: 'Source 1: lease.pdf, p. 3' })).toBeVisible();
  expect(JSON.stringify(model.requestsOf('embedding').at(-1)?.body)).toContain(rewritten);
  await chat.openReceipt();
  await expect(inspector.total.getByText(aboutDollars(secondNanos), { exact: true })).toBeVisible();
  await expect(inspector.call('Question rewritten')).toBeVisible();
  await inspector.openTab('Trace');
  await expect(inspector.panel.getByText(rewritten)).toBeVisible();

  const conversationTotal = await fullAmountOf(page, amountIn(chat.total));
  await expect(conversationTotal).toHaveText(aboutDollars(firstNanos + secondNanos));
  const shownTotal = await amountIn(chat.total).innerText();
  await expect(shell.conversation(usualTitle).getByText(shownTotal, { exact: true })).toBeVisible();
  await expectToday(page, indexingNanos + firstNanos + secondNanos);
});

test('finds passages by their words where no model makes vectors', async ({ startTally, model }) => {
  const { page } = await startTally();
  const chat = chatPage(page);
  await connectWithKey(page, model.baseUrl, 'gpt-4o-mini');
  await addLease(page, 'Keywords only');
  await shellOf(page).newChat();
  await chat.send(firstQuestion);
  await expect((await chat.answered()).getByRole('button', { name: 'Source 1: lease.pdf, p. 2' })).toBeVisible();
  expect(model.requestsOf('embedding')).toEqual([]);
});
