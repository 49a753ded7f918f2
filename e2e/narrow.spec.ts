import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { documentsPage } from './pages/documents.ts';
import { inspectorOf } from './pages/inspector.ts';
import { shellOf } from './pages/shell.ts';
import { usualTitle } from './scripted-model.ts';

/** Nothing reaches beyond the window, so nothing has to be looked for sideways. */
async function expectToFit(page: Page): Promise<void> {
  const beyond = await page.evaluate(`Array.from(document.querySelectorAll('button, a, input, textarea, h1'))
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0)
    .filter((element) => { const { left, right } = element.getBoundingClientRect(); return right > innerWidth + 1 || left < -1; })
    .filter((element) => !element.closest('.sr-only, [class*="overflow-x-auto"]') && !element.classList.contains('sr-only'))
    .map((element) => element.outerHTML.slice(0, 120))`);
  expect(beyond).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
}

for (const width of [720, 480]) {
  test(`every place is within reach at ${width} pixels`, async ({ startConnected }) => {
    const { page } = await startConnected();
    await page.setViewportSize({ width, height: 800 });
    const [chat, inspector, shell, documents] = [chatPage(page), inspectorOf(page), shellOf(page), documentsPage(page)];
    const openSidebar = () => page.getByRole('button', { name: 'Open sidebar' }).click();
    await chat.send('What is a ledger?');
    await chat.answered();
    await expect(chat.title(usualTitle)).toBeVisible();
    await expectToFit(page);
    await chat.openReceipt();
    await expect(inspector.total).toBeInViewport();
    await expectToFit(page);
    await inspector.close();
    await expect(inspector.panel).toBeHidden();

    await openSidebar();
    await shell.goTo('Documents');
    await expect(shell.history).toBeHidden();
    await documents.add({ name: 'notes.md', mimeType: 'text/markdown', buffer: Buffer.from('Buy rope.') });
    await expect(documents.row('notes.md')).toContainText('Ready');
    await documents.act('notes.md', 'Remove');
    await expect(documents.row('notes.md')).toBeHidden();
    await expectToFit(page);

    await openSidebar();
    await shell.goTo('Spend');
    await expect(page.getByRole('table', { name: 'Calls' })).toBeVisible();
    await expectToFit(page);

    await openSidebar();
    await shell.goTo('Settings');
    await page.getByRole('button', { name: 'Add provider' }).click();
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Cancel' })).toBeInViewport();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await expectToFit(page);

    await openSidebar();
    await shell.act(usualTitle, 'Rename');
    await page.getByRole('textbox', { name: 'Title' }).fill('Narrow');
    await page.keyboard.press('Enter');
    await shell.conversation('Narrow').click();
    await expect(chat.title('Narrow')).toBeVisible();
    await expect(shell.history).toBeHidden();
    await openSidebar();
    await shell.conversation('Narrow').click();
    await expect(shell.history).toBeHidden();
    await openSidebar();
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(page.getByRole('combobox', { name: 'Search messages and actions…' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(shell.history).toBeHidden();
    await page.getByRole('button', { name: 'New chat' }).click();
    await expect(page.getByRole('heading', { name: 'What would you like to know?' })).toBeVisible();
  });
}
