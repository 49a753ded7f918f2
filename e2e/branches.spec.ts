import { createGate } from '../tests/fake-openai/start-fake-openai.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';

test('edits, answers with another model, goes through versions by keyboard, and takes a deletion back', async ({
  startConnected,
  model,
}) => {
  const { page } = await startConnected();
  const chat = chatPage(page);
  await chat.send('What is a ledger?');
  await chat.answered();

  await chat.lastAnswer().getByRole('button', { name: 'More for this answer' }).click();
  await page.getByRole('menuitem', { name: 'Answer again with…' }).click();
  await page.getByRole('combobox', { name: 'Search models' }).fill('gpt-4o');
  await page.getByRole('option', { name: /^gpt-4o(?![\w-])/ }).click();
  await expect(chat.lastAnswer().getByRole('group', { name: 'Versions' })).toContainText('2/2');
  await chat.answered();
  await expect(chat.lastAnswer()).toContainText('gpt-4o');
  expect(model.requestsOf('answer').map(({ body }) => body.model)).toEqual(['gpt-4o-mini', 'gpt-4o']);
  await chat.lastAnswer().getByRole('button', { name: 'Earlier version' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(chat.lastAnswer().getByRole('group', { name: 'Versions' })).toContainText('1/2');
  await expect(chat.lastAnswer().getByRole('button', { name: 'Later version' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(chat.lastAnswer().getByRole('group', { name: 'Versions' })).toContainText('2/2');

  await chat.questions.first().getByRole('button', { name: 'Edit question' }).click();
  await page.getByRole('textbox', { name: 'Edit question' }).fill('What is a journal?');
  await page.keyboard.press('Enter');
  await expect(chat.questions.first().getByRole('group', { name: 'Versions' })).toContainText('2/2');
  await chat.answered();
  await chat.questions.first().getByRole('button', { name: 'Delete question' }).click();
  await expect(chat.questions.first()).toContainText('What is a ledger?');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(chat.questions.first()).toContainText('What is a journal?');
});

test('compares two models on one question, each with its own stop and receipt, and goes on with one', async ({ startConnected, model }) => {
  const gate = createGate({ afterTokens: 1 });
  model.script({ answer: ({ body }) => (body.model === 'gpt-4o' ? { tokens: ['Right', ' answer'], gate } : { text: 'Left answer' }) });
  const { page } = await startConnected();
  const chat = chatPage(page);
  await page.getByRole('button', { name: 'Compare two models' }).click();
  await page.getByRole('combobox', { name: 'Search models' }).fill('gpt-4o');
  await page.getByRole('option', { name: /^gpt-4o(?![\w-])/ }).click();
  await chat.send('Which is better?');
  const sides = page.getByRole('region', { name: 'Two answers side by side' });
  await expect(sides.getByRole('article', { name: 'Answer' })).toHaveCount(2);
  const [left, right] = [sides.getByRole('article', { name: 'Answer' }).first(), sides.getByRole('article', { name: 'Answer' }).last()];
  await expect(left).toContainText('Left answer');
  await expect(left.getByRole('button', { name: /Open the receipt/ })).toBeVisible();
  await expect(right).toContainText('Right');
  await sides.getByRole('button', { name: 'Stop gpt-4o', exact: true }).click();
  await expect(right).toContainText('You stopped this answer.');
  await expect(right.getByRole('button', { name: /Open the receipt/ })).toBeVisible();

  await page.reload();
  await expect(sides.getByRole('article', { name: 'Answer' })).toHaveCount(2);
  await page.setViewportSize({ width: 800, height: 900 });
  await expect.poll(async () => ((await left.boundingBox())?.y ?? 0) < ((await right.boundingBox())?.y ?? 0)).toBe(true);
  await sides.getByRole('button', { name: 'Continue with this one' }).last().click();
  await expect(sides).toBeHidden();
  await expect(chat.lastAnswer()).toContainText('Right');
  model.script({});
  await chat.send('Why?');
  await expect(chat.answers.last()).toContainText('You asked: Why?');
  await expect(page.getByRole('button', { name: 'Model: gpt-4o', exact: true })).toBeVisible();
});
