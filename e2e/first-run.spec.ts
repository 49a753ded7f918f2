import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { testKey, testKeyAt } from './pages/first-run.ts';
import { inspectorOf } from './pages/inspector.ts';
import { shellOf } from './pages/shell.ts';

test('two clicks lead to a cited answer that is free and says it is a demo', async ({ startTally }) => {
  const { page } = await startTally();
  const chat = chatPage(page);
  await page.getByRole('button', { name: 'Just show me' }).click();
  await page.getByRole('button', { name: 'When may I water with the hose?' }).click();
  const answer = await chat.answered();
  await expect(answer).toContainText('before 9 in the morning and after 7 in the evening');
  await expect(answer.getByRole('button', { name: /Open the receipt: free/ })).toBeVisible();
  await expect(answer.getByText('tally-demo', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Model: / })).toContainText('Demo');
  await answer
    .getByRole('button', { name: /^Source 1: / })
    .first()
    .click();
  await expect(inspectorOf(page).passage).toBeInViewport();

  await shellOf(page).goTo('Spend');
  await expect(page.getByRole('table', { name: 'Calls' })).toContainText('demo');
  await page.getByRole('button', { name: 'Cost', exact: true }).click();
  await expect(page.getByText('No money was spent on this in the period.')).toBeVisible();
});

test.describe('with a server that knows one key', () => {
  test.use({ modelOptions: { requireKey: testKey } });

  test('says that a key is wrong, keeps nothing of it and lets one correct it', async ({ startTally, model }) => {
    const { page } = await startTally();
    await testKeyAt(page, model.baseUrl, 'sk-wrong-0123456789abcdef');
    const complaint = page.getByRole('alert');
    await expect(complaint).toContainText('The provider did not accept the API key.');
    await expect(page.getByRole('textbox', { name: 'Base URL' })).toHaveValue(model.baseUrl);
    await page.getByRole('textbox', { name: /^API key/ }).fill(testKey);
    await page.getByRole('button', { name: 'Test and continue' }).click();
    await page.getByRole('button', { name: 'Start chatting' }).click();
    await chatPage(page).send('What is a ledger?');
    await expect(await chatPage(page).answered()).toContainText('You asked: What is a ledger?');

    await shellOf(page).goTo('Settings');
    await expect(page.getByText('Key until Tally closes')).toHaveCount(1);
    await expect(page.getByRole('button', { name: /^More for/ })).toHaveCount(1);
  });
});

test('offers a key of the environment and takes nothing unasked', async ({ startTally, model }) => {
  const { page } = await startTally({ OPENAI_API_KEY: testKey, OPENAI_BASE_URL: model.baseUrl });
  await expect(page.getByText('An API key was found on this computer')).toBeVisible();
  await expect(page.getByText(model.baseUrl)).toBeVisible();
  await page.getByRole('button', { name: 'Look around first' }).click();
  await shellOf(page).goTo('Settings');
  const offer = page.getByRole('button', { name: 'Use this key' });
  await expect(offer).toBeVisible();
  await expect(page.getByRole('button', { name: /^More for/ })).toHaveCount(0);
  expect(model.requests).toEqual([]);

  await offer.click();
  await expect(page.getByRole('button', { name: /^More for OpenAI/ })).toBeVisible();
  await expect(offer).toBeHidden();
});

test('lets one look around first, and says that only the demo would answer', async ({ startTally }) => {
  const { page } = await startTally();
  await page.getByRole('button', { name: 'Look around first' }).click();
  await expect(page.getByRole('heading', { name: 'What would you like to know?' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('This is the demo model.');
  for (const place of ['Documents', 'Spend', 'Settings'] as const) {
    await shellOf(page).goTo(place);
    await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
  }
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});
