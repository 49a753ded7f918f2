import { expect, test } from './fixtures.ts';
import { billPage, costsCsv } from './pages/bill.ts';

const dayStart = Date.parse('2026-09-28T00:00:00Z') / 1_000;
const costs = `start_time,amount_value,amount_currency,line_item\n${dayStart},0.25,usd,"gpt-4o-mini, input"\n${dayStart},x,usd,"gpt-4o, input"\n`;

test('a bill is imported once, its difference is read, a broken file is refused, and a removed one is gone', async ({ startConnected }) => {
  const { page } = await startConnected();
  const { open, take, rowOf, files } = billPage(page);
  await open();
  await expect(page.getByRole('heading', { name: 'Hold Tally against your bill' })).toBeVisible();
  await take('costs.csv', costs);
  const row = rowOf('gpt-4o-mini');
  await expect(row).toContainText('+$0.25');
  await expect(row).toContainText('Calls from elsewhere');
  await expect(files).toContainText('row 3: no amount');
  await take('again.csv', costs);
  await expect(page.getByText('again.csv was imported before. Nothing was changed.')).toBeVisible();
  await expect(files.getByRole('listitem')).toHaveCount(1);
  await take('notes.csv', 'a,b\n1,2\n');
  await expect(page.getByText('This file is no bill that Tally can read.')).toBeVisible();
  await expect(files.getByRole('listitem')).toHaveCount(1);
  await files.getByRole('button', { name: 'Remove costs.csv' }).click();
  await expect(page.getByRole('heading', { name: 'Hold Tally against your bill' })).toBeVisible();
});

test('ten thousand lines are drawn only where they are in sight, and a month can be chosen', async ({ startConnected }) => {
  const { page } = await startConnected();
  const bill = billPage(page);
  await bill.open();
  const days = Array.from({ length: 30 }, (_, index) => dayStart - 27 * 86_400 + index * 86_400);
  const item = (index: number) => `model-${String(index).padStart(3, '0')}`;
  const many = days.flatMap((start) =>
    Array.from({ length: 340 }, (_, index) => ({ start, dollars: `0.0${340 - index}`, item: item(index) })),
  );
  await bill.take('september.csv', costsCsv(many));
  await expect(bill.rows.first()).toContainText('model-');
  await expect(bill.files).toContainText('10,200 rows');
  expect(await bill.rows.count()).toBeLessThan(150);
  await bill.files.scrollIntoViewIfNeeded();
  await expect(bill.rows.last()).toContainText('Sep 1');
  expect(await bill.rows.count()).toBeLessThan(150);

  await bill.take('august.csv', costsCsv([{ start: dayStart - 40 * 86_400, dollars: '1.5', item: 'gpt-4o' }]));
  await bill.month.click();
  await page.getByRole('option', { name: /August 2026/ }).click();
  await expect(bill.rows).toHaveCount(1);
  await expect(bill.rows).toContainText('+$1.50');
});

test('a bill imported and a price set in one window are seen in another', async ({ startConnected }) => {
  const { page } = await startConnected();
  const opened = page.waitForEvent('popup');
  // A window that is opened from the page has its session.
  await page.evaluate('void window.open(location.href)');
  const other = await opened;
  await billPage(other).open();
  await expect(other.getByRole('heading', { name: 'Hold Tally against your bill' })).toBeVisible();
  await billPage(page).open();
  await billPage(page).take('costs.csv', costs);
  await expect(billPage(other).rowOf('gpt-4o-mini')).toContainText('+$0.25');

  await other.getByRole('link', { name: 'Prices' }).click();
  await other.getByRole('button', { name: 'Yours' }).click();
  await expect(other.getByText('You have set no price.')).toBeVisible();
  await page.getByRole('link', { name: 'Prices' }).click();
  await page.getByRole('button', { name: 'Set a price', exact: true }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Set a price' });
  await dialog.getByRole('combobox', { name: 'Model' }).fill('house-model');
  await dialog.getByRole('textbox', { name: 'Input', exact: true }).fill('3');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByRole('row').filter({ hasText: 'holds now' })).toContainText('$3.00');
});
