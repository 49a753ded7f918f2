import { promptOf } from '../tests/fake-openai/fake-request.ts';
import { createGate } from '../tests/fake-openai/start-fake-openai.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { inspectorOf } from './pages/inspector.ts';
import { shellOf } from './pages/shell.ts';

const summary = 'The harbour has two ships.';
const changed = 'The harbour has three ships.';

test('advises a summary with its figures, makes it with one click, sends it in place of the messages, and gives them back', async ({
  startConnected,
  model,
}) => {
  const gate = createGate({ afterTokens: 1 });
  let count = 0;
  const answer = () => ({ text: `Noted ${model.requestsOf('answer').length}.` });
  model.script({ answer });
  const { page } = await startConnected();
  const [chat, shell, inspector] = [chatPage(page), shellOf(page), inspectorOf(page)];
  const advice = page.getByRole('region', { name: 'Summary of earlier messages' });
  const mark = page.getByRole('note').filter({ hasText: 'Summarised up to here' });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const ask = async (text: string): Promise<string[]> => {
    await chat.send(text);
    await expect(page.getByText(`Noted ${(count += 1)}.`, { exact: true })).toBeVisible();
    await chat.answered();
    return promptOf(model.requestsOf('answer').at(-1)?.body ?? {}).map(({ text: sent }) => sent);
  };

  for (const ship of ['Argo', 'Beagle']) await ask(`${ship} ${'sails on '.repeat(1_300)}`);
  await ask('Which ship came first?');
  await expect(advice).toHaveText(
    /^Each further turn costs ≈ \$0\.000\d+.*\. A summary of the first 4 messages costs ≈ \$0\.00\d+.* and brings it to ≈ \$0\.000\d+/,
  );
  await advice.getByRole('button', { name: 'Not now' }).click();
  await expect(advice).toBeHidden();
  await ask(`Cutty ${'sails on '.repeat(3_500)}`);
  await ask('And which ship came last?');
  await expect(advice).toContainText('A summary of the first 8 messages');

  model.script({ answer, summary: { text: 'The har', finishReason: 'length' } });
  await button('Summarise').click();
  const failed = 'The earlier messages could not be summarised.';
  await expect(advice).toContainText(`${failed}The answer reached the most tokens it may have.`);
  await page.reload();
  await expect(advice).toContainText(failed);
  model.script({ answer, summary: { text: summary, gate } });
  await advice.getByRole('button', { name: 'Try again' }).click();
  await gate.reached();
  await expect(advice).toContainText('Summarising the earlier messages…');
  gate.open();
  await expect(advice).toBeHidden();
  await expect(mark).toContainText('$0.00');
  await mark.getByRole('button', { name: 'Read' }).click();
  const dialog = page.getByRole('dialog', { name: 'Summary of the first 8 messages' });
  await expect(dialog.getByText(summary)).toBeVisible();
  await dialog.getByRole('button', { name: 'Edit' }).click();
  await dialog.getByRole('textbox', { name: 'Text of the summary' }).fill(changed);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();

  const asked = 'Summarise our conversation so far. We go on from your summary.';
  expect(await ask('How many ships?')).toEqual([asked, changed, 'And which ship came last?', 'Noted 5.', 'How many ships?']);
  await chat.openReceipt();
  await expect(inspector.partOf('Answer', 'Summary of earlier turns')).toBeVisible();
  await inspector.close();

  await page.reload();
  await expect(mark).toBeVisible();
  await mark.getByRole('button', { name: 'Use the full history' }).click();
  await expect(mark).toContainText('not used');
  const full = await ask('And now?');
  expect(full).toHaveLength(13);
  expect(full[0]).toMatch(/^Argo/);
  expect(full).not.toContain(changed);
  await mark.getByRole('button', { name: 'Use the summary' }).click();
  await expect(mark).not.toContainText('not used');
  expect(await ask('Once more?')).toHaveLength(9);

  await mark.getByRole('button', { name: 'Remove' }).click();
  await expect(mark).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(mark).not.toContainText('not used');
  await mark.getByRole('button', { name: 'Remove' }).click();
  await expect(mark).toBeHidden();
  // Whoever went up to the mark stays there.
  await page.getByRole('button', { name: 'To the newest message' }).click();
  expect((await ask('Is that all?'))[0]).toMatch(/^Argo/);

  await shell.goTo('Spend');
  await page.getByLabel('Split by').click();
  await page.getByRole('option', { name: 'Purpose' }).click();
  await expect(page.getByRole('button', { name: 'Conversation summarised' })).toBeVisible();
});
