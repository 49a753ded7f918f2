import { expect, test } from './fixtures.ts';
import { shellOf } from './pages/shell.ts';

const dayStart = Date.parse('2026-09-28T00:00:00Z') / 1_000;
const costs = `start_time,amount_value,amount_currency,line_item\n${dayStart},0.25,usd,"gpt-4o-mini, input"\n${dayStart},x,usd,"gpt-4o, input"\n`;

test('a bill is imported once, its difference is read, a broken file is refused, and a removed one is gone', async ({ startConnected }) => {
  const { page } = await startConnected();
  await shellOf(page).goTo('Spend');
  await page.getByRole('navigation', { name: 'Spend' }).getByRole('link', { name: 'Bill' }).click();
  await expect(page.getByRole('heading', { name: 'Hold Tally against your bill' })).toBeVisible();
  const take = (name: string, text: string) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await take('costs.csv', costs);
  const row = page.getByRole('row', { name: /gpt-4o-mini/ });
  await expect(row).toContainText('+$0.25');
  await expect(row).toContainText('Calls from elsewhere');
  const files = page.getByRole('region', { name: 'Imported files' });
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
