import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { quoteOf } from './pages/quote.ts';

test('asks once what a question would cost, each time its typing rests', async ({ startConnected }) => {
  const { page } = await startConnected();
  const asked: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      if (String(payload).includes('"chat.quote"')) asked.push(String(payload));
    });
  });
  await page.reload();
  const chat = chatPage(page);
  await chat.composer.fill('What is a ledger?');
  await expect(quoteOf(page).line).toContainText('This send');
  expect(asked.filter((frame) => frame.includes('What is a ledger?'))).toHaveLength(1);
});
