import { startFakeOpenAi } from '../tests/fake-openai/start-fake-openai.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { connectWithKey } from './pages/first-run.ts';
import { shellOf } from './pages/shell.ts';

test('gives a model without a price one, for the calls that follow', async ({ startTally }) => {
  const usage = { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 };
  const server = await startFakeOpenAi({
    models: ['house-model'],
    reply: ({ method }) => (method === 'POST' ? { text: 'Made in house.', usage } : undefined),
  });
  const { page } = await startTally();
  const [chat, shell] = [chatPage(page), shellOf(page)];
  await connectWithKey(page, server.baseUrl, 'house-model');
  await chat.send('Who made you?');
  await expect(await chat.answered()).toContainText('no price');

  await shell.goTo('Settings');
  const prices = page.getByRole('region', { name: 'Prices' });
  const unpriced = prices.getByRole('listitem').filter({ hasText: 'house-model' });
  await expect(unpriced).toContainText('calls without a price');
  await unpriced.getByRole('button', { name: 'Set a price' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set a price' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('Enter a price; 0 if it is free.');
  await dialog.getByRole('textbox', { name: 'Input', exact: true }).fill('2');
  await dialog.getByRole('textbox', { name: 'Output' }).fill('5,x');
  await expect(dialog).toContainText('Enter a number such as 0.15.');
  await dialog.getByRole('textbox', { name: 'Output' }).fill('5');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  const price = prices.getByRole('listitem').filter({ hasText: '$2.00 / 1M in · $5.00 / 1M out' });
  await expect(price).toBeVisible();
  await expect(prices).not.toContainText('without a price');

  await shell.newChat();
  await chat.send('And what do you cost?');
  // The answer and its title: 1,000 tokens in and 100 out each.
  await expect(await chat.answered()).toContainText('$0.005');

  await shell.goTo('Settings');
  await price.getByRole('button', { name: 'Remove the price of house-model' }).click();
  await expect(price).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(price).toBeVisible();
  await server.close();
});
