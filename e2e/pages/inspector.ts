import type { Locator, Page } from 'playwright/test';

/** The panel with the receipt, the sources and the trace of one answer. */
export function inspectorOf(page: Page) {
  const panel = page.getByRole('complementary', { name: 'Details of the answer' });
  return {
    panel,
    openTab: (name: 'Receipt' | 'Sources' | 'Trace') => panel.getByRole('tab', { name: new RegExp(`^${name}`) }).click(),
    /** The line with what all calls come to. */
    total: panel.getByRole('heading', { name: 'Total' }).locator('..'),
    /** One call's part of the receipt. */
    call: (purpose: string): Locator => panel.getByText(purpose, { exact: true }).first(),
    /** The input tokens of one call. */
    inputOf: (purpose: string): Locator =>
      panel
        .getByText(purpose, { exact: true })
        .first()
        .locator('xpath=following::table[1]')
        .getByRole('row', { name: /^Input/ })
        .getByRole('cell')
        .first(),
    /** The line of one part of a call. */
    partOf: (purpose: string, part: string): Locator =>
      panel
        .getByText(purpose, { exact: true })
        .first()
        .locator('xpath=following::table[1]')
        .getByRole('rowheader')
        .filter({ hasText: part })
        .first(),
    passage: panel.locator('mark'),
    close: () => panel.getByRole('button', { name: 'Close details' }).click(),
  };
}
