import { promptOf } from '../tests/fake-openai/fake-request.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';

test('sends the last turns that were chosen, says so where the history is cut, and remembers it', async ({ startConnected, model }) => {
  const { page } = await startConnected();
  const chat = chatPage(page);
  const asking = page.getByRole('dialog', { name: 'How this chat is asked' });
  const mark = page.getByRole('note').filter({ hasText: 'left out' });
  async function ask(text: string): Promise<string[]> {
    model.script({ answer: { text: `Noted: ${text}` } });
    await chat.send(text);
    await expect(page.getByText(`Noted: ${text}`, { exact: true })).toBeVisible();
    await chat.answered();
    return promptOf(model.requestsOf('answer').at(-1)?.body ?? {}).map(({ text: sent }) => sent);
  }
  async function sendTurns(count: string): Promise<void> {
    await page.getByRole('button', { name: /^How this chat is asked/ }).click();
    await asking.getByRole('textbox', { name: 'History sent' }).fill(count);
    await page.keyboard.press('Escape');
    await expect(asking).toBeHidden();
  }

  for (const text of ['one', 'two', 'three']) await ask(text);
  await expect(mark).toHaveCount(0);
  await sendTurns('2');
  await expect(mark).toHaveText('2 older messages are left out: you chose to send the last 2 turns.');
  await chat.composer.fill('four');
  await page.getByRole('button', { name: /^This send/ }).click();
  await expect(page.getByRole('dialog', { name: 'What this send is made of' })).toContainText('you chose to send the last 2 turns');
  await page.keyboard.press('Escape');
  expect(await ask('four')).toEqual(['two', 'Noted: two', 'three', 'Noted: three', 'four']);

  await page.reload();
  await expect(mark).toHaveText('4 older messages are left out: you chose to send the last 2 turns.');
  await sendTurns('0');
  await expect(mark).toHaveText('8 older messages are left out: you chose to send each question alone.');
  expect(await ask('five')).toEqual(['five']);
  await sendTurns('');
  await expect(mark).toHaveCount(0);
  expect(await ask('six')).toHaveLength(11);
});
