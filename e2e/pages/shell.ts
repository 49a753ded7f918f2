import type { Locator, Page } from 'playwright/test';

type HistoryAction = 'Pin' | 'Unpin' | 'Move to a folder…' | 'Archive' | 'Select' | 'Rename' | 'Export…' | 'Copy as Markdown' | 'Delete';

/** What surrounds every place: the sidebar with the history, and the way to each place. */
export function shellOf(page: Page) {
  const places = page.getByRole('navigation', { name: 'Places' });
  const history = page.getByRole('navigation', { name: 'Conversations' });
  async function openActions(title: string): Promise<void> {
    await history.getByRole('link', { name: title }).hover();
    await history.getByRole('button', { name: `Actions for ${title}` }).click();
  }
  return {
    history,
    conversation: (title: string): Locator => history.getByRole('link', { name: title }),
    /** Waits until it is there: what is written before would go into the chat that was open. */
    async newChat(): Promise<void> {
      await page.getByRole('button', { name: 'New chat', exact: true }).click();
      await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor();
    },
    goTo: (place: 'Documents' | 'Spend' | 'Library' | 'Settings') => places.getByRole('link', { name: new RegExp(`^${place}`) }).click(),
    openActions,
    /** Chooses from the menu of a conversation in the history. */
    async act(title: string, action: HistoryAction): Promise<void> {
      await openActions(title);
      await page.getByRole('menuitem', { name: action, exact: true }).click();
    },
    async search(words: string): Promise<void> {
      await page.keyboard.press('ControlOrMeta+K');
      await page.getByRole('combobox', { name: 'Search messages and actions…' }).fill(words);
    },
    /** A short notice in the corner. */
    notice: (text: string | RegExp): Locator => page.getByRole('listitem').filter({ has: page.getByText(text) }),
  };
}

/** The first sum of money in a part of the page, as it is drawn. */
export function amountIn(part: Locator): Locator {
  return part.getByText(/^([≈≥] )?\$/).first();
}

/** Every digit of an amount: what is shown when the pointer rests on it. */
export async function fullAmountOf(page: Page, amount: Locator): Promise<Locator> {
  await amount.hover();
  return page.locator('[data-base-ui-portal] .font-medium.tabular');
}
