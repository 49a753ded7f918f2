import { aboutDollars } from './money.ts';
import { chatPage } from './pages/chat.ts';
import { connectWithKey } from './pages/first-run.ts';
import { inspectorOf } from './pages/inspector.ts';
import { expect, test } from './fixtures.ts';
import { usualTitle } from './scripted-model.ts';

test('connects with a key, asks, and shows what the answer cost', async ({ startTally, model }) => {
  const { page } = await startTally();
  await connectWithKey(page, model.baseUrl, 'gpt-4o');
  const chat = chatPage(page);
  await chat.send('What is a ledger?');
  const answer = await chat.answered();
  await expect(answer).toContainText('You asked: What is a ledger?');
  expect(model.requestsOf('answer').map(({ body }) => body.model)).toEqual(['gpt-4o']);
  await expect(chat.title(usualTitle)).toBeVisible();
  await chat.openReceipt();
  await expect(inspectorOf(page).total.getByText(aboutDollars(model.billedNanos()), { exact: true })).toBeVisible();
});
