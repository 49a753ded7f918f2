import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { conversationFileHead, filedConversation } from '../src/shared/contract/conversation-file.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { shellOf } from './pages/shell.ts';
import { usualTitle } from './scripted-model.ts';

/** What is saved by what `act` does. */
async function savedBy(page: Page, act: () => Promise<void>): Promise<{ name: string; text: string }> {
  const download = page.waitForEvent('download');
  await act();
  const file = await download;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

test('exports the branch that is shown as Markdown, and every branch as JSON', async ({ startConnected }) => {
  const { page } = await startConnected();
  const [chat, shell] = [chatPage(page), shellOf(page)];
  await chat.send('What is a ledger?');
  await chat.answered();
  await expect(chat.title(usualTitle)).toBeVisible();
  await chat.questions.first().getByRole('button', { name: 'Edit question' }).click();
  await page.getByRole('textbox', { name: 'Edit question' }).fill('仕訳帳とは何ですか？');
  await page.keyboard.press('Enter');
  await expect(chat.questions.first().getByRole('group', { name: 'Versions' })).toContainText('2/2');
  await chat.answered();

  await shell.act(usualTitle, 'Export…');
  const dialog = page.getByRole('dialog', { name: 'Export conversation' });
  await dialog.getByRole('switch', { name: 'With costs' }).click();
  const markdown = await savedBy(page, () => dialog.getByRole('button', { name: 'Save file' }).click());
  expect(markdown.name).toBe(`${usualTitle}.md`);
  expect(markdown.text).toContain(`# ${usualTitle}`);
  expect(markdown.text).toContain('仕訳帳とは何ですか？');
  expect(markdown.text).not.toContain('What is a ledger?');
  expect(markdown.text).toMatch(/^Cost: ≈ \$0\.0\d+ \(1 call · 1 estimated\)$/m);
  await expect(dialog).toBeHidden();

  await page.getByRole('main').getByRole('button', { name: 'Export this conversation' }).click();
  await dialog.getByRole('button', { name: 'JSON' }).click();
  await expect(dialog.getByRole('switch', { name: 'With costs' })).toBeHidden();
  const json = await savedBy(page, () => dialog.getByRole('button', { name: 'Save file' }).click());
  expect(json.name).toBe(`${usualTitle}.json`);
  const file: { conversations?: unknown[] } = JSON.parse(json.text);
  expect(conversationFileHead.safeParse(file).success).toBe(true);
  const { messages } = filedConversation.parse(file.conversations?.[0]);
  expect(messages.filter(({ role }) => role === 'user').map(({ text }) => text)).toEqual(['What is a ledger?', '仕訳帳とは何ですか？']);
  expect(messages.flatMap(({ calls }) => calls.map(({ purpose }) => purpose))).toEqual(['answer', 'title', 'answer']);

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.keyboard.press('ControlOrMeta+K');
  await page.getByRole('combobox', { name: 'Search messages and actions…' }).fill('Copy this conversation');
  await page.keyboard.press('Enter');
  await expect(shell.notice('Conversation copied as Markdown')).toBeVisible();
  const copied = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(copied).toContain('仕訳帳とは何ですか？');
  expect(copied).not.toContain('Cost:');
});
