import { createGate } from '../tests/fake-openai/start-fake-openai.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';

const words = Array.from({ length: 60 }, (_, index) => ` word${index}`);

test('a reload in the middle of an answer loses none of it and asks nothing twice', async ({ startConnected, model }) => {
  const gate = createGate({ afterTokens: 20 });
  model.script({ answer: { tokens: words, gate } });
  const { page } = await startConnected();
  const chat = chatPage(page);
  await chat.send('Count to sixty.');
  await expect(chat.lastAnswer()).toContainText('word19');
  await page.reload();
  await expect(chat.lastAnswer()).toContainText('word19');
  await expect(chat.stop).toBeVisible();
  gate.open();
  await expect(await chat.answered()).toContainText(words.join('').trim());
  await expect(chat.answers).toHaveCount(1);
  expect(model.requestsOf('answer')).toHaveLength(1);
});

test('a draft and the place survive a reload', async ({ startConnected }) => {
  const { page } = await startConnected();
  const chat = chatPage(page);
  await chat.send('What is a ledger?');
  await chat.answered();
  await chat.composer.fill('Not sent yet');
  await page.reload();
  await expect(chat.lastAnswer()).toContainText('You asked: What is a ledger?');
  await expect(chat.composer).toHaveValue('Not sent yet');
});
