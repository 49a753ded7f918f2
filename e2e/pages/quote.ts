import type { Locator, Page } from 'playwright/test';

/** What stands under the composer about the next send, and the panel with its parts. */
export function quoteOf(page: Page) {
  const line = page.getByRole('button', { name: /% of the window$/ });
  const panel = page.getByRole('dialog', { name: 'What this send is made of' });
  return {
    line,
    open: () => line.click(),
    part: (name: string): Locator => panel.getByRole('rowheader', { name }),
    /** What the request for the answer has, as it is written there. */
    async inputTokens(): Promise<string> {
      const [used = ''] = (await panel.getByText(/^[\d,]+ of [\d,]+ tokens$/).innerText()).split(' ');
      return used;
    },
  };
}
