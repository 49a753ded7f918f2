import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright/test';
import { conversationFileHead, filedConversation } from '../src/shared/contract/conversation-file.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { testKey } from './pages/first-run.ts';
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

/** A file as ChatGPT exports it: one conversation with two answers to its question, and one that is broken. */
function chatGptFile(): Buffer {
  const message = (role: string, text: string) => ({
    author: { role },
    create_time: 1_712_300_000,
    content: { content_type: 'text', parts: [text] },
    metadata: role === 'assistant' ? { model_slug: 'gpt-4o' } : {},
  });
  const mapping = {
    root: { parent: null, message: null },
    q: { parent: 'root', message: message('user', '灯台はいつ建てられましたか？') },
    a: { parent: 'q', message: message('assistant', '1912年に建てられました。') },
    b: { parent: 'q', message: message('assistant', 'In 1912.') },
  };
  const good = {
    conversation_id: 'c1',
    title: '港の灯台',
    create_time: 1_712_300_000,
    update_time: 1_712_300_500,
    current_node: 'a',
    mapping,
  };
  return Buffer.from(JSON.stringify([good, { title: 'Broken one', mapping: { a: { parent: 'a', message: message('user', 'x') } } }]));
}

test('imports from ChatGPT after a look, finds it, takes it back, and adds nothing twice', async ({ startConnected }) => {
  const { page } = await startConnected();
  const [chat, shell] = [chatPage(page), shellOf(page)];
  const dialog = page.getByRole('dialog', { name: 'Import conversations' });
  async function look(buffer: Buffer): Promise<void> {
    await shell.goTo('Settings');
    await page.getByRole('button', { name: 'Import…' }).click();
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles({ name: 'conversations.json', mimeType: 'application/json', buffer });
  }
  await look(Buffer.from('{"nothing": 1}'));
  await expect(dialog.getByText('This file holds no conversations that can be read.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await look(chatGptFile());
  await expect(dialog.getByText('1 new conversation', { exact: true })).toBeVisible();
  await expect(dialog.getByText('Broken one: its messages follow each other in a circle')).toBeVisible();
  await expect(shell.conversation('港の灯台')).toBeHidden();
  await dialog.getByRole('button', { name: 'Import 1 conversation' }).click();
  await shell.conversation('港の灯台').click();
  await expect(chat.lastAnswer()).toContainText('1912年に建てられました。');
  await expect(chat.lastAnswer()).toContainText('not counted by Tally');
  await expect(chat.lastAnswer().getByRole('group', { name: 'Versions' })).toContainText('1/2');
  await shell.search('灯台');
  await expect(page.getByRole('option', { name: /灯台はいつ/ })).toBeVisible();
  await page.keyboard.press('Escape');

  await look(chatGptFile());
  await expect(dialog.getByText('1 is already here and stays as it is.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: /^Import 0/ })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await shell.notice('1 conversation was imported.').getByRole('button', { name: 'Undo' }).click();
  await expect(shell.conversation('港の灯台')).toBeHidden();
});

test('a backup brings back what was deleted, in the same window, and holds no key', async ({ startConnected }) => {
  const { page } = await startConnected();
  const [chat, shell] = [chatPage(page), shellOf(page)];
  await chat.send('What is a ledger?');
  await chat.answered();
  await expect(chat.title(usualTitle)).toBeVisible();
  await shell.goTo('Settings');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Back up' }).click();
  const file = await (await download).path();
  expect(gunzipSync(readFileSync(file)).includes(testKey)).toBe(false);
  await shell.act(usualTitle, 'Delete');
  await expect(shell.conversation(usualTitle)).toBeHidden();

  const dialog = page.getByRole('dialog', { name: 'Restore from a backup' });
  async function choose(buffer: Buffer): Promise<void> {
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Choose a backup' }).click();
    await (await chooser).setFiles({ name: 'backup.db.gz', mimeType: 'application/gzip', buffer });
  }
  await page.getByRole('button', { name: 'Restore…' }).click();
  await choose(Buffer.from('something else'));
  await expect(dialog.getByText('This file is not a backup of Tally, or it is damaged.')).toBeVisible();
  await choose(readFileSync(file));
  await expect(dialog.getByText('1 conversation', { exact: false })).toBeVisible();
  await dialog.getByRole('button', { name: 'Replace and restore' }).click();
  await expect(shell.notice('The backup was restored.')).toContainText('before-restore-');
  await shell.conversation(usualTitle).click();
  await expect(chat.lastAnswer()).toContainText('You asked: What is a ledger?');
});
