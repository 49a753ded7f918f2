import type { Locator, Page } from 'playwright/test';
import { shellOf } from './shell.ts';

/** The bill beside Tally's book. */
export function billPage(page: Page) {
  return {
    async open(): Promise<void> {
      await shellOf(page).goTo('Spend');
      await page.getByRole('navigation', { name: 'Spend' }).getByRole('link', { name: 'Bill' }).click();
    },
    take: (name: string, text: string) =>
      page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) }),
    rowOf: (item: string): Locator => page.getByRole('row', { name: new RegExp(item) }),
    rows: page.getByRole('table', { name: 'Bill' }).locator('tbody tr'),
    files: page.getByRole('region', { name: 'Imported files' }),
    month: page.getByRole('combobox', { name: 'Month' }),
  };
}

/** Costs as OpenAI exports them: one row for each item, at the beginning of a UTC day in seconds. */
export function costsCsv(rows: readonly { readonly start: number; readonly dollars: string; readonly item: string }[]): string {
  const lines = rows.map(({ start, dollars, item }) => `${start},${dollars},usd,"${item}, input"`);
  return ['start_time,amount_value,amount_currency,line_item', ...lines, ''].join('\n');
}
