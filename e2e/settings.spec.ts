import { startFakeOpenAi } from '../tests/fake-openai/start-fake-openai.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { testKey } from './pages/first-run.ts';
import { shellOf } from './pages/shell.ts';

test('adds a second provider, tests it in words, and chats with either', async ({ startConnected }) => {
  const other = await startFakeOpenAi({
    models: ['other-model'],
    reply: ({ method }) => (method === 'POST' ? { text: 'The other one speaks.' } : undefined),
  });
  const { page } = await startConnected();
  const [chat, shell] = [chatPage(page), shellOf(page)];
  await shell.goTo('Settings');
  await page.getByRole('button', { name: 'Add provider' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a provider' });
  await dialog.getByRole('combobox', { name: 'Service' }).click();
  await page.getByRole('option', { name: 'OpenAI-compatible' }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Second');
  const address = dialog.getByRole('textbox', { name: 'Base URL' });
  await address.fill('http://example.com/v1');
  await dialog.getByRole('textbox', { name: /^API key/ }).fill(testKey);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('Plain http would send your key for all to read.');
  await address.fill(other.baseUrl);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog).toBeHidden();

  const card = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'More for Second' }) });
  await card.getByRole('button', { name: 'Test connection' }).click();
  await expect(card).toContainText(/It works: 1 model, answered in /);
  expect(await page.content()).not.toContain(testKey);

  await shell.newChat();
  await chat.chooseModel('other-model');
  await chat.send('Who speaks?');
  await expect(await chat.answered()).toContainText('The other one speaks.');
  await chat.chooseModel('gpt-4o-mini');
  await chat.send('And who now?');
  await expect(chat.answers).toHaveCount(2);
  await expect(await chat.answered()).toContainText('You asked: And who now?');

  await other.close();
  await shell.goTo('Settings');
  await card.getByRole('button', { name: 'Test connection' }).click();
  await expect(card.getByRole('alert')).toContainText('The provider could not be reached.');
});

test('changes language and theme of the whole window at once and for good', async ({ startConnected }) => {
  const { page } = await startConnected();
  await shellOf(page).goTo('Settings');
  const html = page.locator('html');
  await page.getByRole('combobox', { name: 'Appearance' }).click();
  await page.getByRole('option', { name: 'Dark' }).click();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: '日本語' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '設定' })).toBeVisible();
  await expect(page.getByRole('button', { name: '新しいチャット' })).toBeVisible();
  await expect(html).toHaveAttribute('lang', 'ja');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: '設定' })).toBeVisible();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await expect(html).toHaveAttribute('lang', 'ja');
});

test('says where keys are kept, and keeps them through a restart once a passphrase is set', async ({
  startConnected,
  startTally,
  model,
}) => {
  const first = await startConnected();
  await shellOf(first.page).goTo('Settings');
  await expect(first.page.getByText('Keys are never written as plain text, to logs, exports or backups.')).toBeVisible();
  await expect(first.page.getByText('keys stay in memory and are forgotten when Tally closes')).toBeVisible();
  await first.page.getByRole('button', { name: 'Set a passphrase' }).click();
  const dialog = first.page.getByRole('dialog', { name: 'Set a passphrase' });
  await dialog.getByRole('textbox', { name: 'New passphrase' }).fill('correct horse battery');
  await dialog.getByRole('textbox', { name: 'Once more' }).fill('correct horse battery');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(first.page.getByText('Keys are encrypted with your passphrase.').first()).toBeVisible();
  await first.close();

  const { page } = await startTally();
  const [chat, shell] = [chatPage(page), shellOf(page)];
  await chat.send('Is it locked?');
  await expect(chat.lastAnswer().getByRole('alert')).toContainText('Your API keys are locked.');
  await chat.lastAnswer().getByRole('button', { name: 'Open settings' }).click();
  await page.getByRole('textbox', { name: 'Passphrase' }).fill('wrong horse battery');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText('This is not the right passphrase.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Passphrase' }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('button', { name: 'Change passphrase' })).toBeVisible();
  await shell.newChat();
  await chat.send('Is it open?');
  await expect(await chat.answered()).toContainText('You asked: Is it open?');
  expect(model.requestsOf('answer')).toHaveLength(1);
});
