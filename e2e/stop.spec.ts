import { createGate } from '../tests/fake-openai/start-fake-openai.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { inspectorOf } from './pages/inspector.ts';
import { amountIn } from './pages/shell.ts';

const words = Array.from({ length: 40 }, (_, index) => ` word${index}`);

for (const way of ['the button', 'Escape'] as const) {
  test(`stops an answer with ${way}, keeps its text and marks its cost`, async ({ startConnected, model }) => {
    const gate = createGate({ afterTokens: 20 });
    model.script({ answer: { tokens: words, gate } });
    const { page } = await startConnected();
    const chat = chatPage(page);
    await chat.send('Count to forty.');
    await expect(chat.lastAnswer()).toContainText('word19');
    if (way === 'Escape') await page.keyboard.press('Escape');
    else await chat.stop.click();

    const answer = await chat.answered();
    await expect(answer.getByText('You stopped this answer. What was written is kept.')).toBeVisible();
    await expect(answer).toContainText('word19');
    await expect(answer).not.toContainText('word20');
    await expect(amountIn(answer)).toHaveText(/^≈ \$0\.0/);
    await chat.openReceipt();
    await expect(inspectorOf(page).panel.getByText('Stopped')).toBeVisible();
    // The model server was let go of at once, so that it does not write what nobody will read.
    const [request] = model.requestsOf('answer');
    await expect(request?.ended).resolves.toBe('disconnected');
    await expect(chat.composer).toBeEnabled();
  });
}

test('stops before the first word without an empty bubble', async ({ startConnected, model }) => {
  const gate = createGate();
  model.script({ answer: { tokens: words, gate } });
  const { page } = await startConnected();
  const chat = chatPage(page);
  await chat.send('Count to forty.');
  await gate.reached();
  await chat.stop.click();
  await expect(chat.lastAnswer().getByText('You stopped this answer before it began.')).toBeVisible();
  await chat.send('Then count to three.');
  await expect(chat.questions).toHaveCount(2);
});
