import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { documentsPage } from './pages/documents.ts';
import { connectWithKey } from './pages/first-run.ts';
import { inspectorOf } from './pages/inspector.ts';
import { quoteOf } from './pages/quote.ts';
import { shellOf } from './pages/shell.ts';

const handbook = 'Travel by train is repaid within ten days. Taxis are repaid after nine in the evening only.';
const question = 'When are taxis repaid?';

test('quotes while typing, and the answer then takes exactly the input that was quoted', async ({ startTally, model }) => {
  // The server counts nothing, so the receipt has what was counted from the request that left.
  const uncounted = { fault: 'no-usage' } as const;
  model.script({ answer: { ...uncounted, text: 'After nine.' }, condense: { ...uncounted, text: question }, title: uncounted });
  const { page } = await startTally();
  await connectWithKey(page, model.baseUrl, 'gpt-4o-mini');
  const [chat, quote, inspector, shell] = [chatPage(page), quoteOf(page), inspectorOf(page), shellOf(page)];
  await shell.goTo('Documents');
  await documentsPage(page).add({ name: 'handbook.txt', mimeType: 'text/plain', buffer: Buffer.from(handbook) });
  await expect(documentsPage(page).row('handbook.txt')).toContainText('Keywords only');
  await shell.newChat();
  await expect(quote.line).toBeHidden();

  for (const expectedParts of [
    ['Passages from documents', 'Naming the conversation'],
    ['Earlier messages', 'Rewriting the question'],
  ]) {
    await chat.composer.fill(question);
    await expect(quote.line).toContainText(/This send [≈≥] \$0\.0/);
    await quote.open();
    for (const part of expectedParts) await expect(quote.part(part)).toBeVisible();
    const inputTokens = await quote.inputTokens();
    await page.keyboard.press('Escape');
    const asked = model.requestsOf('answer').length;
    await chat.composer.press('Enter');
    await expect(chat.answers).toHaveCount(asked + 1);
    await chat.answered();
    await chat.openReceipt();
    await expect(inspector.inputOf('Answer')).toHaveText(inputTokens);
    await inspector.close();
    await expect(quote.line).not.toContainText('This send');
  }
});

test('keeps up with someone who types on, and is gone with the text', async ({ startConnected }) => {
  const { page } = await startConnected();
  const [chat, quote] = [chatPage(page), quoteOf(page)];
  await chat.composer.pressSequentially('What is a ledger, and why do some people keep two of them?', { delay: 15 });
  await expect(quote.line).toContainText('1% of the window');
  await quote.open();
  // Where typing was slow, a part of the text may have been counted first.
  await expect.poll(quote.inputTokens).toBe('22');
  await page.keyboard.press('Escape');
  await chat.composer.fill('');
  await expect(quote.line).toBeHidden();
  await chat.composer.fill('What is a ledger, and why do some people keep two of them?');
  await quote.open();
  await expect.poll(quote.inputTokens).toBe('22');
});
