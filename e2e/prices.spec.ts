import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

  // From the list of what has no price, with the model filled in.
  await shell.goTo('Spend');
  await page.getByRole('button', { name: 'Set a price' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set a price' });
  await expect(dialog.getByRole('combobox', { name: 'Model' })).toHaveValue('house-model');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('Enter a price; 0 if it is free.');
  await dialog.getByRole('textbox', { name: 'Input', exact: true }).fill('2');
  await dialog.getByRole('textbox', { name: 'Output' }).fill('5,x');
  await expect(dialog).toContainText('Enter a number such as 0.15.');
  await dialog.getByRole('textbox', { name: 'Output' }).fill('5');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  const prices = page.getByRole('table', { name: 'Prices per million tokens' });
  const price = prices.getByRole('row').filter({ hasText: 'holds now' });
  await expect(price).toContainText('$2.00');
  await expect(price).toContainText('$5.00');
  // The answer and its title, each 1,000 tokens in and 100 out.
  const used = prices.getByRole('row').filter({ hasText: 'house-model' });
  await expect(used).toContainText('2 without a price');
  await price.getByRole('button', { name: 'Price 2 earlier calls…' }).click();
  const earlier = page.getByRole('dialog', { name: 'Price earlier calls of house-model' });
  await expect(earlier).toContainText('2 calls of');
  await expect(earlier).toContainText('$0.005');
  await earlier.getByRole('button', { name: 'Price 2 calls' }).click();
  await expect(used).toContainText('2 calls priced afterwards: $0.005');
  await expect(price.getByRole('button', { name: /earlier calls/ })).toBeHidden();
  await page.getByRole('navigation', { name: 'Spend' }).getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'priced afterwards' })).toHaveCount(2);
  await page.getByRole('link', { name: 'Prices' }).click();
  await used.getByRole('button', { name: 'Take the price off the earlier calls of house-model again' }).click();
  await expect(used).toContainText('2 without a price');
  await page.getByRole('searchbox', { name: 'Find a model or provider' }).fill('openrouter haiku');
  await expect(prices).toContainText('OpenRouter: list');
  await expect(prices).not.toContainText('house-model');

  await shell.newChat();
  await chat.send('And what do you cost?');
  // The answer and its title: 1,000 tokens in and 100 out each.
  await expect(await chat.answered()).toContainText('$0.005');

  await shell.goTo('Spend');
  await page.getByRole('link', { name: 'Prices' }).click();
  await price.getByRole('button', { name: /^Change the price of house-model from/ }).click();
  const change = page.getByRole('dialog', { name: 'Change the price' });
  await change.getByLabel('Holds from').fill('2026-01-31');
  await change.getByRole('button', { name: 'Save' }).click();
  await expect(price).toContainText('from Jan 31');
  await expect(price).toHaveCount(1);
  await page.getByRole('button', { name: 'Import or export your prices' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export yours as CSV' }).click();
  const exported = readFileSync(await (await download).path(), 'utf8');
  const changed = `${exported.replace(',2,', ',3,')}Nobody,,other-model,2026-01-01,1,,,1`;
  await page.getByLabel('Import prices…').setInputFiles({ name: 'prices.csv', mimeType: 'text/csv', buffer: Buffer.from(changed) });
  const preview = page.getByRole('dialog', { name: 'Import prices' });
  await expect(preview).toContainText('Changed: 1');
  await expect(preview).toContainText('Row 2: no provider of yours has this address or name.');
  await preview.getByRole('button', { name: 'Import 1 price' }).click();
  await expect(price).toContainText('$3.00');
  await price.getByRole('button', { name: /^Remove the price of house-model/ }).click();
  await expect(price).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(price).toBeVisible();
  await server.close();
});

test('reckons history at another model’s prices, and leaves it as it was', async ({ startConnected }) => {
  const { page } = await startConnected();
  const [chat, shell] = [chatPage(page), shellOf(page)];
  await chat.send('What is a ledger?');
  await chat.answered();
  await shell.goTo('Spend');
  const calls = page.getByRole('table', { name: 'Calls' });
  await expect(calls.getByRole('row')).not.toHaveCount(0);
  const before = await page.getByRole('main').textContent();
  await page.getByRole('link', { name: 'What if' }).click();
  await page.getByRole('combobox', { name: 'Model to compare with' }).click();
  await page.getByRole('combobox', { name: 'Find a model or provider' }).fill('o1-pro (OpenAI');
  await page.getByRole('option', { name: 'o1-pro (OpenAI)' }).click();
  const byModel = page.getByRole('table', { name: 'By model' });
  await expect(byModel.getByRole('row').nth(1)).toContainText('≈ $');
  await expect(page.getByRole('region', { name: 'What this takes for granted' })).toContainText('Prices of today');
  // Period and model are in the address.
  await page.getByRole('button', { name: '12 months' }).click();
  const byWeek = page.getByRole('table', { name: 'By week and model' });
  await expect(byWeek.getByRole('row').nth(1)).toContainText('gpt-4o-mini');
  await page.reload();
  await expect(byWeek.getByRole('row').nth(1)).toContainText('gpt-4o-mini');
  await page.getByRole('link', { name: 'Budgets' }).click();
  await page.goBack();
  await expect(page.getByRole('combobox', { name: 'Model to compare with' })).toContainText('o1-pro (OpenAI)');
  await page.getByRole('button', { name: 'Save these figures' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Figures as CSV' }).click();
  const saved = readFileSync(await (await download).path(), 'utf8').split('\r\n');
  expect(saved[0]).toBe('period,model,provider,kind,calls,costUsd,exactUsd,callsWithoutPrice,whatIfUsd');
  expect(saved[1]).toMatch(/^\d{4}-\d\d-\d\d,gpt-4o-mini,[^,]+,remote,\d+,0\.\d{9},0\.\d{9},0,0\.\d{9}$/);
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(calls.getByRole('row')).not.toHaveCount(0);
  await expect(page.getByRole('main')).toHaveText(before ?? '');
});

test('fetches a price list only when asked, shows what it changes, and goes back', async ({ startConnected }) => {
  const models = Array.from({ length: 2_000 }, (_, index) => ({
    id: `model-${index}`,
    match: { equals: `model-${index}` },
    prices: { input_mtok: 1 },
  }));
  const list = JSON.stringify([{ id: 'fresh', name: 'Fresh', api_pattern: 'https://fresh\\.example', models }]);
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end(asked === 1 ? list.slice(0, -5) : list);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // A TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const { page } = await startConnected({ TALLY_PRICE_LIST_URL: `http://127.0.0.1:${port}/data.json` });
  await shellOf(page).goTo('Spend');
  await page.getByRole('link', { name: 'Prices' }).click();
  const fetchList = page.getByRole('button', { name: `Fetch a newer one from 127.0.0.1:${port}` });
  await expect(fetchList).toBeVisible();
  expect(asked).toBe(0);
  await fetchList.click();
  await expect(page.getByRole('alert')).toContainText('Prices stay as they are.');
  await fetchList.click();
  const dialog = page.getByRole('dialog', { name: 'Price list update' });
  await expect(dialog).toContainText('New: 2,000');
  await dialog.getByRole('button', { name: 'Accept the list' }).click();
  await expect(page.getByText('The list in force was fetched on')).toBeVisible();
  await expect(page.getByRole('table')).toContainText('Fresh: list');
  await page.getByRole('button', { name: 'Back to the list that came with Tally' }).click();
  await expect(page.getByText('The list in force came with Tally')).toBeVisible();
  server.close();
});
