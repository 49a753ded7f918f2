import { expect, test } from './fixtures.ts';
import type { RunningTally } from './hosts/host.ts';
import { chatPage } from './pages/chat.ts';
import { connectWithKey } from './pages/first-run.ts';
import { shellOf } from './pages/shell.ts';

/** Connects, and opens the dialog for a new budget. */
async function startAtNewBudget(startTally: () => Promise<RunningTally>, baseUrl: string) {
  const { page } = await startTally();
  await connectWithKey(page, baseUrl, 'gpt-4o-mini');
  const [chat, shell] = [chatPage(page), shellOf(page)];
  await shell.goTo('Spend');
  await page.getByRole('navigation', { name: 'Spend' }).getByRole('link', { name: 'Budgets' }).click();
  await page.getByRole('button', { name: 'Add a budget' }).click();
  return { page, chat, shell, dialog: page.getByRole('dialog', { name: 'New budget' }) };
}

test('a send that does not fit into a budget is refused with the numbers, sent once, and fits again under a higher limit', async ({
  startTally,
  model,
}) => {
  const { page, chat, shell, dialog } = await startAtNewBudget(startTally, model.baseUrl);
  await dialog.getByRole('textbox', { name: 'Limit in US dollars' }).fill('none');
  await expect(dialog).toContainText('Enter an amount such as 5 or 0.50.');
  await dialog.getByRole('textbox', { name: 'Limit in US dollars' }).fill('0.0001');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('progressbar', { name: 'Everything, per month' })).toHaveAttribute('aria-valuenow', '0');

  await shell.newChat();
  const strip = page.getByRole('alert').filter({ hasText: 'This send does not fit' });
  await chat.composer.fill('What is a ledger?');
  await expect(strip).toContainText(/needs up to ≈ \$0\.000\d+.*left are \$0\.0001 of \$0\.0001 \(Everything, per month\)/);
  await chat.composer.press('Enter');
  await expect(strip).toBeVisible();
  await expect(chat.composer).toHaveValue('What is a ledger?');
  expect(model.requestsOf('answer')).toHaveLength(0);

  await strip.getByRole('button', { name: 'Send once' }).click();
  await chat.answered();
  expect(model.requestsOf('answer')).toHaveLength(1);

  // Asked again, it is refused where no strip stands, and sent once from there.
  await chat.lastAnswer().getByRole('button', { name: 'More for this answer' }).click();
  await page.getByRole('menuitem', { name: 'Answer again with…' }).click();
  await page.getByRole('combobox', { name: 'Search models' }).fill('gpt-4o-mini');
  await page.getByRole('option', { name: /^gpt-4o-mini/ }).click();
  await page.getByRole('listitem').getByRole('button', { name: 'Send once' }).click();
  await expect(chat.lastAnswer().getByRole('group', { name: 'Versions' })).toContainText('2/2');
  await chat.answered();

  await chat.composer.fill('And a journal?');
  await strip.getByRole('button', { name: /^Raise the limit to \$/ }).click();
  await expect(strip).toBeHidden();
  await chat.composer.press('Enter');
  await expect(chat.answers).toHaveCount(2);
  await chat.answered();

  await shell.goTo('Spend');
  await expect(page.getByRole('progressbar', { name: 'Everything, per month' })).toBeVisible();
  await page.getByRole('link', { name: 'Change budgets' }).click();
  const log = page.getByRole('region', { name: 'Passed over and raised' });
  await expect(log.getByRole('listitem')).toHaveCount(3);
  await expect(log).toContainText('Sent once over the limit of $0.0001');
  await expect(log).toContainText('Limit raised from $0.0001 to');
});

test('a budget that stops is overridden by one click, which is written down, and is asked once about two models with both numbers', async ({
  startTally,
  model,
}) => {
  const { page, chat, shell, dialog } = await startAtNewBudget(startTally, model.baseUrl);
  await dialog.getByRole('textbox', { name: 'Limit in US dollars' }).fill('0.0001');
  await dialog.getByRole('combobox', { name: 'When a send does not fit' }).click();
  await page.getByRole('option', { name: /^Stop: / }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();

  await shell.newChat();
  await page.getByRole('button', { name: 'Compare two models' }).click();
  await page
    .getByRole('dialog', { name: 'Compare two models' })
    .getByRole('option', { name: /^gpt-4o(?![\w-])/ })
    .click();
  await chat.composer.fill('What is a ledger?');
  const strip = page.getByRole('alert').filter({ hasText: 'Stopped by your budget' });
  await expect(strip).toContainText(/needs up to ≈ \$0\.\d+.* \(gpt-4o-mini\) \+ ≈ \$0\.\d+.* \(gpt-4o\); left are \$0\.0001/);
  await chat.composer.press('Enter');
  await expect(strip).toBeVisible();
  expect(model.requestsOf('answer')).toHaveLength(0);

  await strip.getByRole('button', { name: 'Override once and send' }).click();
  await expect(chat.answers).toHaveCount(2);
  await expect(chat.answers.getByRole('button', { name: /Open the receipt/ })).toHaveCount(2);
  expect(model.requestsOf('answer')).toHaveLength(2);
  await shell.goTo('Spend');
  await page.getByRole('link', { name: 'Change budgets' }).click();
  await expect(page.getByRole('region', { name: 'Passed over and raised' })).toContainText(
    'Overrode once the limit that stops, of $0.0001',
  );
});
