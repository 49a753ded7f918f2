import { createGate, refusals } from '../tests/fake-openai/start-fake-openai.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';

test.use({ modelOptions: { models: ['gpt-5-mini', 'gpt-4o-mini', 'text-embedding-3-small'] } });

test('asks with what is set for the chat, shows the thinking, and sends without what a model refuses', async ({
  startConnected,
  model,
}) => {
  const { page } = await startConnected();
  const chat = chatPage(page);
  const asking = page.getByRole('dialog', { name: 'How this chat is asked' });
  await chat.chooseModel('gpt-5-mini');
  await page.getByRole('button', { name: 'How this chat is asked' }).click();
  await expect(asking.getByRole('textbox', { name: 'Temperature' })).toBeHidden();
  await asking.getByRole('textbox', { name: 'Instructions' }).fill('簿記の言葉で答えてください。');
  await asking.getByRole('textbox', { name: 'Answer, at most' }).fill('0');
  await expect(asking.getByText('A whole number from 1 to 1,000,000.')).toBeVisible();
  await asking.getByRole('textbox', { name: 'Answer, at most' }).fill('4,000');
  await asking.getByRole('combobox', { name: 'Reasoning effort' }).click();
  await page.getByRole('option', { name: 'Low' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'How this chat is asked: 3 things set' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'How this chat is asked: 3 things set' })).toBeVisible();
  await expect(page.getByRole('button', { name: /gpt-5-mini/ })).toBeVisible();
  await chat.composer.fill('元帳とは何ですか。');
  await expect(page.getByText('answer up to')).toBeVisible();

  const gate = createGate({ afterTokens: 3 });
  model.script({ answer: { reasoning: 'まず 言葉の 意味を 考えます。', tokens: ['勘定を', '記録する', '帳簿です。'], gate } });
  await chat.send('元帳とは何ですか。');
  const thinking = page.getByRole('button', { name: /^Thinking…/ });
  await thinking.click();
  await expect(page.getByRole('region', { name: 'Thoughts of the model' })).toContainText('まず');
  gate.open();
  await expect(await chat.answered()).toContainText('勘定を記録する帳簿です。');
  await expect(page.getByRole('button', { name: /^Thought for/ })).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('region', { name: 'Thoughts of the model' })).toContainText('意味を');
  expect(model.requestsOf('answer')[0]?.body).toMatchObject({
    reasoning_effort: 'low',
    max_completion_tokens: 4_000,
    messages: [{ content: '簿記の言葉で答えてください。' }, { content: '元帳とは何ですか。' }],
  });

  await page.reload();
  await expect(page.getByRole('button', { name: /^Thought for/ })).toHaveAttribute('aria-expanded', 'false');
  model.script({
    answer: ({ body }) => ('reasoning_effort' in body ? refusals.parameterUnsupported('reasoning_effort') : { text: 'はい。' }),
  });
  await chat.send('もう一度お願いします。');
  await expect(chat.lastAnswer()).toContainText('It is the reasoning effort.');
  await chat.lastAnswer().getByRole('button', { name: 'Send without an effort' }).click();
  await expect(chat.lastAnswer()).toContainText('はい。');
  await expect(page.getByRole('button', { name: 'How this chat is asked: 2 things set' })).toBeVisible();
  expect(JSON.stringify(model.requestsOf('answer').at(-1)?.body)).not.toContain('まず');
});
