import { startTestCore } from '../tests/core/start-test-core.ts';
import { addFilledFolder } from '../tests/filled-folder.ts';
import { expect, test } from './fixtures.ts';
import { aboutDollars } from './money.ts';
import { chatPage } from './pages/chat.ts';
import { organisingOf } from './pages/organising.ts';
import { amountIn, fullAmountOf, shellOf } from './pages/shell.ts';
import type { ScriptedModel } from './scripted-model.ts';

/** Conversations of one question each, by name, with what each has cost in nano-USD. */
async function hold(dataDir: string, model: ScriptedModel, names: readonly string[]): Promise<Map<string, number>> {
  const core = await startTestCore({ dataDir });
  await core.client.call('settings.update', { titlesByModel: false, onboardingDone: true });
  const ref = await core.addModel(model.baseUrl);
  const costs = new Map<string, number>();
  for (const name of names) {
    const before = model.billedNanos();
    const { runId, conversationId } = await core.send(`Tell me of ${name}. ${'Please. '.repeat(costs.size * 5)}`, ref);
    await core.finish(runId);
    await core.client.call('conversations.rename', { conversationId, title: name });
    costs.set(name, model.billedNanos() - before);
  }
  await core.close();
  return costs;
}

test('folders hold conversations with what they cost, split the spend, and give all back', async ({ startTally, dataDir, model }) => {
  const costs = await hold(dataDir, model, ['Rent', 'Harbour', 'Ledger']);
  const sumOf = (...names: string[]) => names.reduce((sum, name) => sum + (costs.get(name) ?? 0), 0);
  const first = await startTally();
  const [shell, organising] = [shellOf(first.page), organisingOf(first.page)];
  const costOf = async (name: string) => fullAmountOf(first.page, amountIn(organising.folder(name)));

  await organising.moveToNew('Rent', 'Home');
  await expect(shell.notice('Moved “Rent” to “Home”')).toContainText('All it has cost so far counts there now.');
  await expect(organising.folder('Home')).toContainText('1 conversation');
  await organising.moveTo('Harbour', 'Home');
  await expect(organising.folder('Home')).toContainText('2 conversations');
  await expect(await costOf('Home')).toHaveText(aboutDollars(sumOf('Rent', 'Harbour')));

  await shell.goTo('Spend');
  await first.page.getByRole('combobox', { name: 'Split by' }).click();
  await first.page.getByRole('option', { name: 'Folder' }).click();
  const parts = first.page.getByRole('table', { name: 'By folder' });
  const row = (name: string) => parts.getByRole('row').filter({ hasText: name });
  await expect(await fullAmountOf(first.page, amountIn(row('Home').getByRole('cell').last()))).toHaveText(
    aboutDollars(sumOf('Rent', 'Harbour')),
  );
  await expect(await fullAmountOf(first.page, amountIn(row('In no folder').getByRole('cell').last()))).toHaveText(
    aboutDollars(sumOf('Ledger')),
  );
  await parts.getByRole('button', { name: 'Home' }).click();
  const calls = first.page.getByRole('table', { name: 'Calls' });
  await expect(calls.getByRole('link', { name: 'Rent' }).first()).toBeVisible();
  await expect(calls.getByRole('link', { name: 'Ledger' })).toHaveCount(0);

  await organising.actOnFolder('Home', 'Delete the folder');
  await expect(organising.folder('Home')).toHaveCount(0);
  await expect(shell.conversation('Rent')).toBeVisible();
  await shell.notice('Deleted the folder “Home”').getByRole('button', { name: 'Undo' }).click();
  await expect(organising.folder('Home')).toContainText('2 conversations');
  await organising.fold('Home');
  await expect(shell.conversation('Rent')).toBeHidden();

  await first.close();
  const again = await startTally();
  await expect(organisingOf(again.page).folder('Home')).toContainText('2 conversations');
  await expect(shellOf(again.page).conversation('Ledger')).toBeVisible();
  await expect(shellOf(again.page).conversation('Rent')).toBeHidden();
});

test('a conversation is pinned on top, and archived out of sight until search finds it', async ({ startTally, dataDir, model }) => {
  await hold(dataDir, model, ['Rent', 'Harbour', 'Ledger']);
  const { page } = await startTally();
  const [shell, organising, chat] = [shellOf(page), organisingOf(page), chatPage(page)];
  await expect.poll(organising.titles).toEqual(['Ledger', 'Harbour', 'Rent']);
  await shell.act('Rent', 'Pin');
  await expect.poll(organising.titles).toEqual(['Rent', 'Ledger', 'Harbour']);
  await expect(shell.history.getByRole('heading', { name: 'Pinned' })).toBeVisible();

  await shell.act('Harbour', 'Archive');
  await expect(shell.notice('Archived “Harbour”')).toBeVisible();
  await expect.poll(organising.titles).toEqual(['Rent', 'Ledger']);
  await organising.openArchive();
  await expect(organising.archive.getByRole('link', { name: 'Harbour' })).toBeVisible();
  await organising.leaveArchive();

  await shell.search('Tell me of Harbour');
  await page.getByRole('option', { name: /Archived · You.*Tell me of Harbour/ }).click();
  await expect(chat.title('Harbour')).toBeVisible();
  await page.getByRole('button', { name: 'Bring back' }).click();
  await expect.poll(organising.titles).toEqual(['Rent', 'Ledger', 'Harbour']);

  await shell.search('archive this');
  await page.getByRole('option', { name: 'Archive this conversation' }).click();
  await expect.poll(organising.titles).toEqual(['Rent', 'Ledger']);
  await shell.notice('Archived “Harbour”').first().getByRole('button', { name: 'Undo' }).click();
  await expect.poll(organising.titles).toEqual(['Rent', 'Ledger', 'Harbour']);
});

test('several conversations are moved, and deleted with a way back', async ({ startTally, dataDir, model }) => {
  await hold(dataDir, model, ['Rent', 'Harbour', 'Ledger']);
  const { page } = await startTally();
  const [shell, organising] = [shellOf(page), organisingOf(page)];
  await shell.act('Ledger', 'Select');
  await shell.conversation('Rent').click({ modifiers: ['Shift'] });
  const toolbar = page.getByRole('toolbar', { name: 'Selected conversations' });
  await expect(toolbar).toContainText('3 selected');
  await shell.conversation('Harbour').click({ modifiers: ['ControlOrMeta'] });
  await expect(toolbar).toContainText('2 selected');
  await toolbar.getByRole('button', { name: 'Move to a folder…' }).click();
  await organising.dialog.getByRole('textbox').fill('Both');
  await page.keyboard.press('Enter');
  await expect(shell.notice('Moved 2 conversations to “Both”')).toBeVisible();
  await expect(organising.folder('Both')).toContainText('2 conversations');
  await expect.poll(organising.titles).toEqual(['Ledger', 'Rent', 'Harbour']);

  await shell.act('Rent', 'Select');
  await shell.act('Harbour', 'Select');
  await toolbar.getByRole('button', { name: 'Delete' }).click();
  await expect.poll(organising.titles).toEqual(['Ledger']);
  await shell.notice('Deleted 2 conversations').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(organising.titles).toEqual(['Ledger', 'Rent', 'Harbour']);
});

test('the header says what the open branch costs, as the page of receipts does', async ({ startConnected, model }) => {
  model.script({ answer: ({ body }) => ({ text: body.model === 'gpt-4o' ? 'Another answer' : 'An answer' }) });
  const { page } = await startConnected();
  const chat = chatPage(page);
  await chat.send('What is a ledger?');
  await chat.answered();
  await expect(chat.branchTotal).toBeHidden();
  await chat.lastAnswer().getByRole('button', { name: 'More for this answer' }).click();
  await page.getByRole('menuitem', { name: 'Answer again with…' }).click();
  await page.getByRole('combobox', { name: 'Search models' }).fill('gpt-4o');
  await page.getByRole('option', { name: /^gpt-4o(?![\w-])/ }).click();
  await expect(chat.lastAnswer()).toContainText('Another answer');
  await chat.answered();
  const ofBranch = async () => (await fullAmountOf(page, amountIn(chat.branchTotal))).textContent();
  const second = await ofBranch();
  await chat.lastAnswer().getByRole('button', { name: 'Earlier version' }).click();
  await expect(chat.lastAnswer()).toContainText('An answer');
  await expect.poll(ofBranch).not.toBe(second);
  const first = await ofBranch();
  await page.getByRole('button', { name: 'Receipts of this conversation' }).click();
  const receipts = page.getByRole('main');
  await expect(receipts.getByRole('term').filter({ hasText: 'Answers of this branch' }).locator('..')).toContainText(
    (first ?? '').replace('≈ ', ''),
  );
});

test('a folder with many conversations shows them bit by bit, and keeps the focus', async ({ startTally, dataDir, model }) => {
  await hold(dataDir, model, ['Rent']);
  addFilledFolder(dataDir, 'Old ones', 150);
  const { page } = await startTally();
  const [shell, organising] = [shellOf(page), organisingOf(page)];
  await expect(organising.folder('Old ones')).toContainText('150 conversations');
  await expect(shell.conversation('Talk 150')).toBeVisible();
  const more = shell.history.getByRole('button', { name: 'Show more' });
  await shell.history.hover();
  while (await more.isHidden()) await page.mouse.wheel(0, 600);
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(shell.conversation('Talk 50')).toBeFocused();
  await expect(more).toBeHidden();
});

test('says all of it in Japanese, too', async ({ startTally, dataDir, model }) => {
  await hold(dataDir, model, ['家賃']);
  const core = await startTestCore({ dataDir });
  await core.client.call('settings.update', { locale: 'ja' });
  await core.close();
  const { page } = await startTally();
  const history = page.getByRole('navigation', { name: '会話' });
  await history.getByRole('button', { name: '「家賃」の操作' }).click();
  await page.getByRole('menuitem', { name: 'フォルダーに移動…' }).click();
  await page.getByRole('textbox', { name: '新しいフォルダーの名前' }).fill('住まい');
  await page.keyboard.press('Enter');
  await expect(page.getByText('「家賃」を「住まい」に移動しました')).toBeVisible();
  await expect(history.getByRole('heading', { name: '住まい' })).toContainText('会話 1 件');
  // Its row is in its new place, and stays there.
  await expect(history.getByRole('heading', { name: '今日' })).toBeHidden();
  await history.getByRole('button', { name: '「家賃」の操作' }).click();
  await page.getByRole('menuitem', { name: 'アーカイブする' }).click();
  await expect(page.getByRole('button', { name: 'アーカイブ 1' })).toBeVisible();
});
