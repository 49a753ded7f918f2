import { chatPage } from './pages/chat.ts';
import { connectWithKey } from './pages/first-run.ts';
import { expect, test } from './fixtures.ts';

test('connects with a key, asks, and shows what the answer cost', async ({ startTally, model }) => {
  const { page } = await startTally();
  await connectWithKey(page, model.baseUrl, 'gpt-4o-mini');
  const chat = chatPage(page);
  await chat.send('What is a ledger?');
  const answer = await chat.answered();
  await expect(answer).toContainText('in');
});
