import type { Locator, Page } from 'playwright/test';
import { shellOf } from './shell.ts';

/** What a person does to keep the history in order. */
export function organisingOf(page: Page) {
  const { history, act } = shellOf(page);
  const dialog = page.getByRole('dialog', { name: /to a folder$/ });
  const folder = (name: string): Locator => history.getByRole('heading', { level: 2 }).filter({ hasText: name });
  return {
    dialog,
    /** A folder in the history, with its name, how many are in it and what they cost. */
    folder,
    /** Shows what is in a folder, or no longer. */
    fold: (name: string) => folder(name).getByRole('button').first().click(),
    archive: page.getByRole('navigation', { name: 'Archived' }),
    openArchive: () => page.getByRole('button', { name: /^Archived/ }).click(),
    leaveArchive: () => page.getByRole('button', { name: 'Back to all conversations' }).click(),
    /** Moves a conversation to a folder that is there. */
    async moveTo(title: string, name: string): Promise<void> {
      await act(title, 'Move to a folder…');
      await dialog.getByRole('button', { name }).click();
    },
    /** Makes a folder with this conversation in it. */
    async moveToNew(title: string, name: string): Promise<void> {
      await act(title, 'Move to a folder…');
      await dialog.getByRole('textbox', { name: 'Name of a new folder' }).fill(name);
      await page.keyboard.press('Enter');
    },
    async actOnFolder(name: string, action: 'Rename' | 'Delete the folder'): Promise<void> {
      await history.getByRole('button', { name: `Actions for the folder ${name}` }).click();
      await page.getByRole('menuitem', { name: action }).click();
    },
    /** The titles in the history, from above. */
    titles: (): Promise<string[]> =>
      history.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('title') ?? '')),
  };
}
