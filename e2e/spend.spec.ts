import { readFileSync } from 'node:fs';
import type { Download } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { shellOf } from './pages/shell.ts';

const title = 'What is a ledger?';

async function textOf(download: Download): Promise<string> {
  return readFileSync(await download.path(), 'utf8');
}

test('leads from the chart to the calls, to the message and back, and out as a file', async ({ startConnected }) => {
  const { page } = await startConnected();
  const [chat, shell] = [chatPage(page), shellOf(page)];
  await chat.send(title);
  await chat.answered();
  await shell.goTo('Spend');
  await page.getByRole('button', { name: 'As a table' }).click();
  const figures = page.getByRole('table', { name: 'Cost by day and model' });
  await figures.getByRole('row').nth(1).getByRole('button').first().click();
  const calls = page.getByRole('table', { name: 'Calls' });
  await expect(page.getByRole('button', { name: 'All calls of the period' })).toBeVisible();
  const chosen = page.url();
  await calls.getByRole('link').first().click();
  await expect(chat.lastAnswer()).toBeInViewport();
  await page.goBack();
  await expect(page).toHaveURL(chosen);
  await expect(page.getByRole('button', { name: 'All calls of the period' })).toBeVisible();

  const save = async (item: string): Promise<string> => {
    await page.getByRole('button', { name: 'Export, print or delete' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: item }).click();
    return textOf(await download);
  };
  expect((await save('Calls of the period as CSV')).split('\r\n')[0]).toMatch(/^startedAt,localDay,.*costUsd,costNanos,exactness/);
  expect(JSON.parse(await save('Calls of the period as JSON'))).toContainEqual(expect.objectContaining({ purpose: 'answer' }));
});

test('deletes spend history only as told, and leaves the conversations', async ({ startConnected }) => {
  const { page } = await startConnected();
  const [chat, shell] = [chatPage(page), shellOf(page)];
  await chat.send(title);
  await chat.answered();
  await shell.goTo('Spend');
  await page.getByRole('button', { name: 'Export, print or delete' }).click();
  await page.getByRole('menuitem', { name: 'Delete spend history…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete spend history' });
  const confirm = dialog.getByRole('button', { name: /^Delete \d+ calls?$/ });
  await expect(confirm).toBeDisabled();
  const count = /\d+/.exec((await confirm.textContent()) ?? '')?.[0] ?? '';
  await dialog.getByRole('textbox', { name: /the number of calls/ }).fill(count);
  await confirm.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Nothing has been spent')).toBeVisible();
  await expect(shell.history.getByRole('link')).toHaveCount(1);
});
