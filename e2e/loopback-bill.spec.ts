import { createGate, type BilledCall } from '../tests/fake-openai/start-fake-openai.ts';
import { expect, test as base } from './fixtures.ts';
import type { OpenAiStandIn } from './openai-stand-in.ts';
import { billPage, costsCsv } from './pages/bill.ts';
import { chatPage } from './pages/chat.ts';
import { amountIn, shellOf } from './pages/shell.ts';
import { usualTitle } from './scripted-model.ts';
import { enterKey, withOpenAi } from './with-openai.ts';

const test = base.extend<{ openAi: OpenAiStandIn }>(withOpenAi);

const start = Math.floor(Date.now() / 86_400_000) * 86_400;

function costsOf(calls: readonly BilledCall[], factor = 1): string {
  const nanos = calls.reduce((sum, { billedNanos }) => sum + billedNanos, 0) * factor;
  return costsCsv([{ start, dollars: (nanos / 1e9).toFixed(9), item: 'gpt-4o-mini' }]);
}

function usageOf(calls: readonly BilledCall[]): string {
  const sum = (pick: (call: BilledCall) => number) => calls.reduce((whole, call) => whole + pick(call), 0);
  const counts = [calls.length, sum(({ promptTokens }) => promptTokens), sum(({ completionTokens }) => completionTokens)];
  return `start_time,model,num_model_requests,input_tokens,output_tokens\n${start},gpt-4o-mini,${counts.join(',')}\n`;
}

test('a stopped answer is settled by the bill, set back, and set back with the file it rests on; another price is named', async ({
  startTally,
  model,
  openAi,
}) => {
  const { page } = await startTally({ ...openAi.proxy, ...openAi.trust });
  const [chat, bill, shell] = [chatPage(page), billPage(page), shellOf(page)];
  await enterKey(page);
  await page.getByRole('button', { name: 'Start chatting' }).click();
  await chat.send('What is a ledger?');
  await chat.answered();
  await expect(chat.title(usualTitle)).toBeVisible();

  // The same tokens, at twice the price.
  await bill.open();
  await bill.take('costs.csv', costsOf(model.bill(), 2));
  await expect(bill.files).toContainText('costs.csv');
  await bill.take('usage.csv', usageOf(model.bill()));
  const row = bill.rowOf('gpt-4o-mini');
  await expect(row).toContainText('Another price');
  await expect(row).toContainText(/Per million tokens, billed and booked: \$0\.\d+, \$0\.\d+/);

  await shell.conversation(usualTitle).click();
  model.script({ answer: { tokens: Array.from({ length: 40 }, (_, index) => ` word${index}`), gate: createGate({ afterTokens: 20 }) } });
  await chat.send('Count to forty.');
  await expect(chat.lastAnswer()).toContainText('word19');
  await chat.stop.click();
  const stopped = await chat.answered();
  await expect(amountIn(stopped)).toHaveText(/^≈ \$/);

  await bill.open();
  await bill.take('costs later.csv', costsOf(model.bill()));
  await expect(bill.files).toContainText('costs later.csv');
  await bill.take('usage later.csv', usageOf(model.bill()));
  await row.getByRole('button', { name: 'Settle it' }).click();
  await expect(row).toContainText('The same');
  await expect(row).toContainText(/1 call settled by the bill: ≈ \$0\.0\d+.* → \$0\.0\d+/);
  await shell.conversation(usualTitle).click();
  await expect(amountIn(stopped)).toHaveText(/^\$/);
  await chat.openReceipt();
  await expect(page.getByText('The amount is that of the provider’s bill. What was booked first is kept.')).toBeVisible();

  await bill.open();
  await row.getByRole('button', { name: 'Set back' }).click();
  await row.getByRole('button', { name: 'Settle it' }).click();
  await expect(row).toContainText('The same');
  await bill.files.getByRole('button', { name: 'Remove costs later.csv' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove costs later.csv' });
  await expect(dialog).toContainText('1 call has its amount from this file.');
  await dialog.getByRole('button', { name: 'Remove and set back' }).click();
  await expect(row).not.toContainText('settled by the bill');
  await shell.conversation(usualTitle).click();
  await expect(amountIn(stopped)).toHaveText(/^≈ \$/);
});
