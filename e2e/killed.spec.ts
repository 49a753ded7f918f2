import path from 'node:path';
import Database from 'better-sqlite3';
import { createGate } from '../tests/fake-openai/start-fake-openai.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { inspectorOf } from './pages/inspector.ts';
import { amountIn, shellOf } from './pages/shell.ts';

const words = Array.from({ length: 60 }, (_, index) => ` word${index}`);
const question = 'Count to sixty.';

test('a process killed in the middle of an answer keeps the text, its cost and the database', async ({
  startConnected,
  startTally,
  dataDir,
  model,
}) => {
  model.script({ answer: { tokens: words, gate: createGate({ afterTokens: 30 }) } });
  const first = await startConnected();
  await chatPage(first.page).send(question);
  await expect(chatPage(first.page).lastAnswer()).toContainText('word29');
  await whenSaved(dataDir, ' word29');
  await first.kill();

  const { page } = await startTally();
  const [chat, shell] = [chatPage(page), shellOf(page)];
  await expect(shell.notice('Tally was closed while an answer was being written. What was there is kept and marked.')).toBeVisible();
  await shell.conversation(question).click();
  const answer = await chat.answered();
  await expect(answer).toContainText(words.slice(0, 30).join('').trim());
  await expect(answer.getByText('Tally was closed while this was being written.')).toBeVisible();
  await expect(amountIn(answer)).toHaveText(/^[≈≥] \$0\.0/);
  await chat.openReceipt();
  await expect(inspectorOf(page).panel.getByText('Broke off')).toBeVisible();
  await shell.goTo('Spend');
  await expect(page.getByRole('table', { name: 'Calls' }).getByRole('row').filter({ hasText: 'Broke off' })).toHaveCount(1);

  const file = new Database(path.join(dataDir, 'tally.db'), { readonly: true });
  expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(file.pragma('foreign_key_check')).toEqual([]);
  file.close();
});

/** Resolves when the answer in the file ends with `ending`; another process writes it, so the file itself has to be asked. */
async function whenSaved(dataDir: string, ending: string): Promise<void> {
  const file = new Database(path.join(dataDir, 'tally.db'), { readonly: true });
  const saved = file.prepare<[string], number>("SELECT count(*) FROM message WHERE role = 'assistant' AND text LIKE '%' || ?").pluck();
  await expect.poll(() => saved.get(ending)).toBe(1);
  file.close();
}
