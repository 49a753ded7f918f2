import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { documentsPage } from './pages/documents.ts';
import { shellOf } from './pages/shell.ts';

/** Pastes a file, as copying one in a file manager does. */
async function pasteFile(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(`{
    const data = new DataTransfer();
    data.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}, { type: 'text/plain' }));
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }`);
}

test('a Japanese question is converted, limited to one document with @, and survives a restart', async ({ startConnected, startTally }) => {
  const first = await startConnected();
  const [chat, shell] = [chatPage(first.page), shellOf(first.page)];
  await shell.goTo('Documents');
  const sample = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  await documentsPage(first.page).add(sample('賃貸契約.txt', '賃料は月額9万円です。'), sample('garage.txt', '車庫の賃料は月額1万円です。'));
  await expect(documentsPage(first.page).row('garage.txt')).toContainText('Ready');
  await shell.newChat();
  await chat.composer.click();

  // The input method has the keys: its Enter takes a conversion and must not send.
  const ime = await first.page.context().newCDPSession(first.page);
  await ime.send('Input.imeSetComposition', { text: 'ちんりょう', selectionStart: 5, selectionEnd: 5 });
  for (const type of ['rawKeyDown', 'keyUp'] as const) {
    await ime.send('Input.dispatchKeyEvent', { type, key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 });
  }
  await ime.send('Input.insertText', { text: '賃料は？' });
  await expect(chat.composer).toHaveValue('賃料は？');
  await expect(chat.questions).toHaveCount(0);

  await first.page.keyboard.type('＠賃貸');
  const places = first.page.getByRole('listbox', { name: 'Search only in' });
  await expect(places.getByRole('option')).toHaveText(['賃貸契約.txtDocument']);
  await first.page.keyboard.press('Enter');
  await expect(chat.composer).toHaveValue('賃料は？');
  const chips = first.page.getByRole('list', { name: 'Searched for this question only' });
  await expect(chips).toContainText('賃貸契約.txt');
  // Leaving hides the page, which keeps what the pause would have kept.
  await first.page.goto('about:blank');
  await first.page.goBack();
  await expect(chips).toContainText('賃貸契約.txt');
  await first.close();

  const { page } = await startTally();
  const again = chatPage(page);
  await expect(again.composer).toHaveValue('賃料は？');
  await expect(page.getByRole('list', { name: 'Searched for this question only' })).toContainText('賃貸契約.txt');
  await again.composer.press('Enter');
  await expect(again.questions.first()).toContainText('Searched in 賃貸契約.txt');
  await expect(again.composer).toHaveValue('');
});

test('keys do what they are set to, ↑ edits the last question, and a pasted file becomes a document', async ({ startConnected, model }) => {
  const { page } = await startConnected();
  const [chat, shell] = [chatPage(page), shellOf(page)];
  await shell.goTo('Settings');
  await page.getByRole('combobox', { name: 'Send a question with' }).click();
  await page.getByRole('option', { name: 'Ctrl ↵' }).click();
  await shell.newChat();
  await chat.composer.fill('One');
  await chat.composer.press('Enter');
  await page.keyboard.type('two');
  await expect(chat.composer).toHaveValue('One\ntwo');
  await chat.composer.press('Control+Enter');
  await chat.answered();
  await expect(chat.composer).toHaveValue('');

  await chat.composer.press('ArrowUp');
  const editor = page.getByRole('textbox', { name: 'Edit question' });
  await expect(editor).toBeFocused();
  await editor.press('Escape');
  await expect(chat.composer).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await editor.fill('One, two, three');
  await editor.press('Control+Enter');
  await expect(chat.questions.last()).toContainText('2/2');
  await expect(chat.answers.last()).toContainText('You asked: One, two, three');
  expect(model.requestsOf('answer')).toHaveLength(2);

  await chat.composer.click();
  await pasteFile(page, 'notes.txt', 'Buy rope.');
  await expect(page.getByRole('list', { name: 'Documents added just now' })).toContainText('notes.txt');
});
