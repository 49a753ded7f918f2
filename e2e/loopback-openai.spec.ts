import { createGate } from '../tests/fake-openai/start-fake-openai.ts';
import { expect, test as base } from './fixtures.ts';
import type { OpenAiStandIn } from './openai-stand-in.ts';
import { fullDollars } from './money.ts';
import { chatPage } from './pages/chat.ts';
import { inspectorOf } from './pages/inspector.ts';
import { amountIn } from './pages/shell.ts';
import { usualTitle } from './scripted-model.ts';
import { enterKey, withOpenAi } from './with-openai.ts';

const test = base.extend<{ openAi: OpenAiStandIn }>(withOpenAi);

test("knows OpenAI's prices to the last digit, cache and all, and what of them is exact", async ({ startTally, model, openAi }) => {
  model.script({ answer: { text: 'A book of accounts.', cachedTokens: 7 } });
  const { page } = await startTally({ ...openAi.proxy, ...openAi.trust });
  const [chat, inspector] = [chatPage(page), inspectorOf(page)];
  await enterKey(page);
  await page.getByRole('button', { name: 'Start chatting' }).click();
  await chat.send('What is a ledger, and what is it for in a firm?');
  await chat.answered();
  await expect(chat.title(usualTitle)).toBeVisible();
  await chat.openReceipt();
  await expect(inspector.total.getByText(fullDollars(model.billedNanos()), { exact: true })).toBeVisible();
  await expect(inspector.total).toContainText('all exact');
  await expect(inspector.panel.getByRole('row', { name: /^Your text from the cache 7 / })).toBeVisible();
  await expect(chat.total).toContainText('all exact');
  expect(new Set(openAi.asked)).toEqual(new Set(['api.openai.com:443']));

  model.script({ answer: { tokens: Array.from({ length: 40 }, (_, index) => ` word${index}`), gate: createGate({ afterTokens: 20 }) } });
  await chat.send('Count to forty.');
  await expect(chat.lastAnswer()).toContainText('word19');
  await chat.stop.click();
  await expect(amountIn(await chat.answered())).toHaveText(/^≈ \$/);
  await expect(amountIn(chat.total)).toHaveText(/^≈ \$/);
  await expect(chat.total).toContainText(/\d+% exact/);
});

test('says that a certificate is not trusted, and sends it no key', async ({ startTally, model, openAi }) => {
  const { page } = await startTally(openAi.proxy);
  await enterKey(page);
  await expect(page.getByRole('alert')).toContainText('A secure connection could not be made.');
  expect(openAi.asked.length).toBeGreaterThan(0);
  expect(model.requests).toEqual([]);
});
