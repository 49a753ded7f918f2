import { createGate } from '../tests/fake-openai/start-fake-openai.ts';
import { addLongConversation } from '../tests/long-conversation.ts';
import { startTestCore } from '../tests/core/start-test-core.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { shellOf } from './pages/shell.ts';

const title = 'Ten thousand messages';
const turnCount = 5_000;

test('a conversation of 10,000 messages opens at its end, jumps anywhere, and follows an answer only at the end', async ({
  startTally,
  dataDir,
  model,
}) => {
  const core = await startTestCore({ dataDir });
  const provider = await core.client.call('providers.add', { preset: 'custom', name: 'Local', baseUrl: model.baseUrl, key: null });
  await core.close();
  addLongConversation(dataDir, {
    id: 'long',
    title,
    model: { providerId: provider.id, modelId: 'gpt-4o-mini' },
    turnCount,
    questionOf: (turn) => `Question ${turn}${turn === 40 ? ' about zeppelins' : ''}`,
    answerOf: (turn) =>
      turn === 60
        ? `${'The tide is slow.\n\n```\nslow()\n```\n\n'.repeat(60)}A lighthouse.`
        : `Answer ${turn}.\n\n${'The tide is slow. '.repeat((turn % 9) * 12)}`,
  });
  const { page } = await startTally();
  const [chat, shell] = [chatPage(page), shellOf(page)];
  await shell.conversation(title).click();
  const question = (turn: number) => page.getByText(`Question ${turn}`, { exact: true });
  await expect(question(turnCount)).toBeInViewport();
  expect(await chat.questions.count()).toBeLessThan(40);

  // Found by its words though it is far above and not read, marked there, and back in the question with Escape.
  await page.keyboard.press('ControlOrMeta+f');
  const bar = page.getByRole('search', { name: 'Find in this conversation' });
  const field = bar.getByRole('textbox');
  await expect(field).toBeFocused();
  await field.fill('ZÉPPELINS');
  await expect(bar.getByRole('status')).toHaveText('Message 1 of 1 with these words');
  await expect(page.getByText('Question 40 about zeppelins', { exact: true })).toBeInViewport();
  const marked = (): Promise<string> => page.evaluate('[...(CSS.highlights.get("find-current") ?? [])].join()');
  await expect.poll(marked).toBe('zeppelins');
  await field.fill('question 400');
  await expect(bar.getByText('11 of 11', { exact: true })).toBeVisible();
  await field.press('Enter');
  await expect(bar.getByText('1 of 11', { exact: true })).toBeVisible();
  await expect(question(400)).toBeInViewport();
  await field.press('Shift+Enter');
  await expect(question(4_009)).toBeInViewport();
  await field.fill('lighthouse');
  // An answer longer than the window, whose blocks get their height only as they are drawn, must not push the hit away again.
  await expect.poll(marked).toBe('lighthouse');
  await page.evaluate(
    'new Promise((resolve) => { let left = 60; (function next() { left-- ? requestAnimationFrame(next) : resolve(); })(); })',
  );
  await expect(page.getByText('A lighthouse.', { exact: true })).toBeInViewport({ ratio: 1 });
  await field.fill('no such words');
  await expect(bar.getByRole('status')).toHaveText('No message has these words.');
  await field.press('Escape');
  await expect(bar).toBeHidden();
  await expect(chat.composer).toBeFocused();
  await shell.search('find in this');
  await page.getByRole('option', { name: /Find in this conversation/ }).click();
  await expect(field).toBeFocused();
  await field.press('Escape');

  // From a search hit to the far past.
  await shell.search('zeppelins');
  await page.getByRole('option', { name: /Question 40 about zeppelins/ }).click();
  const target = page.getByText('Question 40 about zeppelins', { exact: true });
  await expect(target).toBeInViewport();
  await expect(question(39)).toBeAttached();
  const topOfTarget = async (): Promise<number> => Math.round((await target.boundingBox())?.y ?? Number.NaN);
  const top = await topOfTarget();
  const list = page.getByRole('log');
  const frame = (): Promise<unknown> => page.evaluate('new Promise((resolve) => requestAnimationFrame(resolve))');

  // An answer is written far below: the reader's place holds still.
  const gate = createGate({ afterTokens: 2 });
  model.script({ answer: { tokens: ['New ', 'words ', ...'and more of them. '.repeat(300).split(/(?<= )/u)], gate } });
  await chat.send('One more?');
  await gate.reached();
  await frame();
  expect(Math.abs((await topOfTarget()) - top)).toBeLessThanOrEqual(1);

  // What is read above the target while scrolling back there does not move it either.
  await list.evaluate((element) => element.scrollBy(0, -400));
  await expect(question(39)).toBeInViewport();
  await list.evaluate((element) => element.scrollBy(0, 400));
  await expect(target).toBeInViewport();
  expect(Math.abs((await topOfTarget()) - top)).toBeLessThanOrEqual(1);

  // To the newest, and from there along with the answer.
  await page.getByRole('button', { name: 'To the newest message' }).click();
  await expect(chat.lastAnswer()).toContainText('New words');
  // Drawn once: when the writing ends, the very elements stay. A long answer drawn anew holds the page up for a second.
  const firstBlock = chat.lastAnswer().locator('.markdown > div').first();
  await firstBlock.evaluate((element) => element.setAttribute('data-seen', 'while written'));
  gate.open();
  await chat.answered();
  await expect(firstBlock).toHaveAttribute('data-seen', 'while written');
  await expect(chat.receiptButton).toBeInViewport();

  // By its address, with a reload in between.
  await page.goto(`${new URL(page.url()).origin}/#/chat/long?message=long-answer-2500`);
  await expect(page.getByText('Answer 2500.')).toBeInViewport();

  // Up through an answer longer than the window that was never drawn: what is read moves as far as the reader scrolls, no further.
  await page.goto(`${new URL(page.url()).origin}/#/chat/long?message=long-question-61`);
  await expect(question(61)).toBeInViewport();
  await expect(page.locator('.markdown-section:empty').first()).toBeAttached();
  expect((await page.evaluate<number[]>(scrollUp)).filter((px) => Math.abs(px) > 1)).toEqual([]);
});

/** Scrolls up in eight steps of 300 pixels, once the list rests; gives how much further than that what was in view has gone each time. */
const scrollUp = `(async () => {
  const list = document.querySelector('[data-message-list]');
  const { left, top, width } = list.getBoundingClientRect();
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const rest = async () => {
    for (let at = NaN, frames = 0; frames < 12; frames = list.scrollTop === at ? frames + 1 : 0, at = list.scrollTop) await frame();
  };
  const strayed = [];
  await rest();
  for (let step = 0; step < 8; step += 1) {
    const read = document.elementFromPoint(left + width / 2, top + 60);
    const before = read.getBoundingClientRect().top;
    list.scrollBy(0, -300);
    await rest();
    strayed.push(Math.round(read.getBoundingClientRect().top - before - 300));
  }
  return strayed;
})()`;
