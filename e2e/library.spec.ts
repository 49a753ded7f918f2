import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { shellOf } from './pages/shell.ts';

test('a prompt is filled in, an assistant begins a chat, and both come back from a file', async ({ startConnected, model }) => {
  const { page } = await startConnected();
  const [chat, shell] = [chatPage(page), shellOf(page)];
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Library' }).click();
  await page.getByRole('button', { name: 'New prompt' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('翻訳');
  await page.getByRole('textbox', { name: 'Text' }).fill('Translate {{text}} into {{language}}.');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'New assistant' }).click();
  const dialog = page.getByRole('dialog', { name: 'New assistant' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Contract reader');
  await dialog.getByRole('textbox', { name: 'Instructions' }).fill('You read contracts.');
  await dialog.getByRole('textbox', { name: 'Temperature' }).fill('3');
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Temperature' }).fill('0.2');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const json = readFileSync(await (await download).path(), 'utf8');
  await page.getByRole('button', { name: 'Remove 翻訳' }).click();
  await expect(page.getByText('No prompts yet')).toBeVisible();
  async function importFile(text: string): Promise<void> {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Import' }).click();
    await (await chooser).setFiles({ name: 'library.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  }
  await importFile('{"prompts": 1}');
  await expect(shell.notice('This file holds no prompts and assistants that can be read.')).toBeVisible();
  await importFile(json);
  await expect(shell.notice('1 entry was added.')).toContainText('1 was there already.');
  await expect(page.getByText('翻訳', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'New chat with…' }).click();
  await page.getByRole('menuitem', { name: 'Contract reader' }).click();
  await expect(page.getByRole('button', { name: 'Contract reader', pressed: true })).toBeVisible();
  await chat.composer.click();
  await page.keyboard.type('/翻');
  await page.keyboard.press('Enter');
  await page.keyboard.type('猫');
  await page.keyboard.press('Tab');
  await page.keyboard.type('English');
  await expect(chat.composer).toHaveValue('Translate 猫 into English.');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(await chat.answered()).toContainText('Translate 猫 into English.');
  await expect(page.getByRole('main').getByText('Contract reader')).toBeVisible();
  const [request] = model.requestsOf('answer');
  expect(request?.body).toMatchObject({ temperature: 0.2 });
  expect(JSON.stringify(request?.body.messages)).toContain('You read contracts.');

  // The next question of the same chat is asked in the same way.
  await chat.send('And into German?');
  await expect(chat.answers).toHaveCount(2);
  await chat.answered();
  expect(JSON.stringify(model.requestsOf('answer')[1]?.body)).toContain('You read contracts.');
});
