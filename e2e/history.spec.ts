import type { Message } from '../src/shared/contract/chat.ts';
import { startTestCore } from '../tests/core/start-test-core.ts';
import { expect, test } from './fixtures.ts';
import { aboutDollars } from './money.ts';
import { chatPage } from './pages/chat.ts';
import { amountIn, fullAmountOf, shellOf } from './pages/shell.ts';
import { usualTitle, type ScriptedModel } from './scripted-model.ts';

test('renames a conversation and keeps the name', async ({ startConnected }) => {
  const { page } = await startConnected();
  const [chat, shell] = [chatPage(page), shellOf(page)];
  await chat.send('What is a ledger?');
  await expect(chat.title(usualTitle)).toBeVisible();
  await shell.act(usualTitle, 'Rename');
  const field = page.getByRole('textbox', { name: 'Title' });
  await field.fill('Bookkeeping');
  await field.press('Enter');
  await expect(shell.conversation('Bookkeeping')).toBeVisible();
  await expect(chat.title('Bookkeeping')).toBeVisible();
  await page.reload();
  await expect(chat.title('Bookkeeping')).toBeVisible();
});

test('deletes with a way back, and for good without touching what was spent', async ({ startConnected, startTally, model }) => {
  const first = await startConnected();
  const [chat, shell] = [chatPage(first.page), shellOf(first.page)];
  await chat.send('What is a ledger?');
  await expect(chat.title(usualTitle)).toBeVisible();
  await shell.act(usualTitle, 'Delete');
  await expect(shell.conversation(usualTitle)).toBeHidden();
  await expect(chat.answers).toHaveCount(0);
  await shell.notice(`Deleted “${usualTitle}”`).getByRole('button', { name: 'Undo' }).click();
  await expect(chat.lastAnswer()).toContainText('You asked: What is a ledger?');

  await shell.act(usualTitle, 'Delete');
  await expect(shell.notice(`Deleted “${usualTitle}”`)).toBeVisible();
  await first.close();
  const { page } = await startTally();
  await expect(page.getByText('Your conversations will be listed here')).toBeVisible();
  await shellOf(page).goTo('Spend');
  const calls = page.getByRole('table', { name: 'Calls' });
  await expect(calls.getByText('Removed conversation')).toHaveCount(2);
  const total = page.getByRole('definition').filter({ has: page.getByText('≈ $') });
  await expect(await fullAmountOf(page, amountIn(total))).toHaveText(aboutDollars(model.billedNanos()));
});

test('finds a message by its words, in Japanese too, and jumps to it', async ({ startTally, dataDir, model }) => {
  await fillLongConversation(dataDir, model);
  const { page } = await startTally();
  const shell = shellOf(page);
  await shell.conversation(usualTitle).click();
  const early = page.getByText('Question 3 about the harbour', { exact: true });
  await expect(page.getByText('Question 24 about the harbour', { exact: true })).toBeInViewport();
  await expect(early).toBeHidden();

  await shell.search('question 3 harbour');
  await page.getByRole('option', { name: /Question 3 about the harbour/ }).click();
  await expect(early).toBeInViewport();

  await shell.search('灯台');
  const hit = page.getByRole('option', { name: /港の灯台/ });
  await expect(hit.getByText('灯台', { exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('港の灯台は1912年に建てられました。')).toBeInViewport();

  await shell.search('zeppelin');
  await expect(page.getByText('Nothing found for “zeppelin”.')).toBeVisible();
});

/** Fills a folder with one conversation far longer than a window, by the routes a page uses. */
async function fillLongConversation(dataDir: string, model: ScriptedModel): Promise<void> {
  const paragraph = 'The harbour is deep and the tide is slow. '.repeat(12);
  model.script({
    answer: ({ body }) => ({ text: body.messages?.length === 25 ? '港の灯台は1912年に建てられました。' : paragraph }),
  });
  const core = await startTestCore({ dataDir });
  const ref = await core.addModel(model.baseUrl);
  let last: Message | undefined;
  for (let number = 1; number <= 24; number += 1) {
    const { runId } = await core.send(`Question ${number} about the harbour`, ref, last === undefined ? {} : { after: last });
    last = await core.finish(runId);
  }
  await core.close();
}
