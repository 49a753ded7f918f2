import type { Page } from 'playwright/test';
import { refusals, startFakeOpenAi, type FakeReply } from '../tests/fake-openai/start-fake-openai.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { testKey } from './pages/first-run.ts';
import { shellOf } from './pages/shell.ts';

const words = Array.from({ length: 20 }, (_, index) => ` word${index}`);

interface Failing {
  readonly name: string;
  readonly reply: FakeReply;
  /** What happened, and what of it is said besides. */
  readonly says: readonly string[];
  readonly offers: 'Try again' | 'Choose another model' | 'Open settings';
}

const refused: readonly Failing[] = [
  { name: 'a wrong key', reply: refusals.wrongKey(), says: ['The provider did not accept the API key.'], offers: 'Open settings' },
  {
    name: 'an unknown model',
    reply: refusals.modelNotFound('gpt-4o-mini'),
    says: ['The provider does not know this model.', 'Model: gpt-4o-mini.'],
    offers: 'Choose another model',
  },
  {
    name: 'an empty account',
    reply: refusals.quotaExceeded(),
    says: ['The account with the provider has no credit left.'],
    offers: 'Choose another model',
  },
  {
    name: 'a text too long',
    reply: refusals.contextTooLong(8_192, 9_000),
    says: ['This is too long for the model.', '9,000 tokens were to be sent; the limit is 8,192.'],
    offers: 'Choose another model',
  },
  {
    name: 'a rate limit',
    reply: refusals.rateLimited(3_600),
    says: ['The provider asks us to slow down.', 'try again in'],
    offers: 'Try again',
  },
  { name: 'a web page', reply: { fault: 'html' }, says: ['The reply was not what a model sends.'], offers: 'Open settings' },
  {
    name: 'an error as JSON',
    reply: { fault: 'json-error' },
    says: ['The provider answered with an error.', 'The provider says: “The server had an error'],
    offers: 'Try again',
  },
];

const brokenOff: readonly Failing[] = [
  {
    name: 'an end without a reason',
    reply: { fault: 'fin-without-done' },
    says: ['The answer broke off before its end.'],
    offers: 'Try again',
  },
  { name: 'an end in a line', reply: { fault: 'half-line' }, says: ['The answer broke off before its end.'], offers: 'Try again' },
  {
    name: 'an error in the stream',
    reply: { fault: 'error-event' },
    says: ['The provider reported an error in the middle of the answer.'],
    offers: 'Try again',
  },
];

/** Nothing a person should not have to see: no stack, no placeholder left open, no key. */
async function expectClean(page: Page): Promise<void> {
  const text = await page.locator('body').innerText();
  expect(text).not.toMatch(/undefined|\[object|NaN|\bat .+:\d+:\d+|\bError:|\{\{/);
  expect(await page.content()).not.toContain(testKey);
}

test('says why a question was refused, keeps it, and offers what helps', async ({ startConnected, model }) => {
  const { page } = await startConnected();
  const chat = chatPage(page);
  for (const { name, reply, says, offers } of refused) {
    await test.step(name, async () => {
      model.script({ answer: reply });
      await shellOf(page).newChat();
      await chat.send(`Asked into ${name}`);
      const complaint = chat.lastAnswer().getByRole('alert');
      for (const sentence of says) await expect(complaint).toContainText(sentence);
      await expect(complaint.getByRole('button')).toHaveText([offers]);
      await expect(chat.questions.getByText(`Asked into ${name}`)).toBeVisible();
      await expect(chat.composer).toHaveValue('');
      await expectClean(page);
    });
  }
});

test('keeps what had arrived of an answer that broke off, and asks again beside it', async ({ startConnected, model }) => {
  const { page } = await startConnected();
  const chat = chatPage(page);
  for (const { name, reply, says, offers } of brokenOff) {
    await test.step(name, async () => {
      model.script({ answer: { tokens: words, faultAfterTokens: 10, ...reply } });
      await shellOf(page).newChat();
      await chat.send(`Asked into ${name}`);
      const answer = await chat.answered();
      for (const sentence of says) await expect(answer).toContainText(sentence);
      await expect(answer).toContainText('word9');
      await expectClean(page);
      model.script({ answer: { tokens: words } });
      await answer.getByRole('button', { name: offers }).click();
      await expect(chat.lastAnswer()).toContainText('word19');
      await chat.lastAnswer().getByRole('button', { name: 'Earlier version' }).click();
      await expect(chat.lastAnswer()).toContainText(says[0] ?? '');
    });
  }
});

test('reads on after an event that is no JSON', async ({ startConnected, model }) => {
  model.script({ answer: { tokens: words, fault: 'malformed-event' } });
  const { page } = await startConnected();
  const chat = chatPage(page);
  await chat.send('Asked into noise');
  await expect(await chat.answered()).toContainText(words.join('').trim());
  await expectClean(page);
});

test('says that nothing answers, and asks again once something does', async ({ startConnected, model }) => {
  const { page } = await startConnected();
  const chat = chatPage(page);
  await model.close();
  await chat.send('Is anybody there?');
  const complaint = chat.lastAnswer().getByRole('alert');
  await expect(complaint).toContainText('The provider could not be reached.');
  await expect(complaint).toContainText('Nothing answers at this address.');
  await expectClean(page);
  const again = await startFakeOpenAi({ port: Number(new URL(model.baseUrl).port) });
  await complaint.getByRole('button', { name: 'Try again' }).click();
  await expect(chat.lastAnswer()).toContainText('You asked: Is anybody there?');
  await again.close();
});

test('leads from a model that is gone to one that answers', async ({ startConnected, model }) => {
  model.script({ answer: ({ body }) => (body.model === 'gpt-4o-mini' ? refusals.modelNotFound('gpt-4o-mini') : {}) });
  const { page } = await startConnected();
  const chat = chatPage(page);
  await chat.send('Who is there?');
  await chat.lastAnswer().getByRole('button', { name: 'Choose another model' }).click();
  await page.getByRole('option', { name: /^gpt-4o\b(?!-)/ }).click();
  await chat.lastAnswer().getByRole('button', { name: 'Answer again' }).click();
  await expect(chat.lastAnswer()).toContainText('You asked: Who is there?');
});
