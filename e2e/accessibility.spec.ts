import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright/test';
import { createGate } from '../tests/fake-openai/start-fake-openai.ts';
import { pngImage } from '../tests/sample-files/png-image.ts';
import { makePdf } from '../tests/sample-files/pdf-files.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { documentsPage } from './pages/documents.ts';
import { testKey } from './pages/first-run.ts';
import { imagesOf } from './pages/images.ts';
import { inspectorOf } from './pages/inspector.ts';
import { organisingOf } from './pages/organising.ts';
import { shellOf } from './pages/shell.ts';
import { modelNames, usualTitle } from './scripted-model.ts';

/** Fails on what keeps people out; each finding with the rule and the elements it is about. */
async function expectAccessible(page: Page): Promise<void> {
  // Colours are judged when they have arrived, not on their way. A spinner never arrives.
  await page.evaluate(`Promise.all(
    document.getAnimations()
      .filter(({ effect }) => effect.getComputedTiming().endTime < Infinity)
      .map((animation) => animation.finished.catch(() => undefined)),
  )`);
  // Guards around an open menu: they hand the focus on in the moment they get it, so nobody ever is on one.
  const { violations } = await new AxeBuilder({ page }).exclude('[data-base-ui-focus-guard]').analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    grave.map(({ id, nodes }) => ({ id, targets: nodes.map(({ target, failureSummary }) => `${String(target)}: ${failureSummary}`) })),
  ).toEqual([]);
}

const richAnswer = [
  '# Heading\n\nA **bold** claim [1] and a [link](https://example.com).\n\n',
  '| Column | Other |\n| --- | --- |\n| cell | cell |\n\n```ts\nconst answer = 42;\n```\n\n> A quote.\n\n- [x] done\n- [ ] open',
].join('');

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme, modelOptions: { models: [...modelNames, 'gpt-3.5-turbo'] } });

    test('every place can be used by everybody', async ({ startTally, model }) => {
      // Each look at a whole page takes seconds where many things run at once.
      test.setTimeout(300_000);
      model.script({ answer: { text: richAnswer } });
      const { page } = await startTally({ OPENAI_API_KEY: testKey, OPENAI_BASE_URL: model.baseUrl });
      const [chat, inspector, shell, documents] = [chatPage(page), inspectorOf(page), shellOf(page), documentsPage(page)];
      const images = imagesOf(page);
      await expect(page.getByRole('heading', { name: 'Welcome to Tally' })).toBeVisible();
      await expect(page.getByRole('button', { name: 'Use this key' })).toBeVisible();
      await test.step('the first run', () => expectAccessible(page));
      await page.getByRole('button', { name: 'Use this key' }).click();
      await page.getByRole('button', { name: 'Start chatting' }).click();
      await expect(chat.composer).toBeVisible();
      await test.step('a new chat', () => expectAccessible(page));

      await shell.goTo('Documents');
      await documents.add({ name: 'lease.pdf', mimeType: 'application/pdf', buffer: await makePdf([['The rent is 900 euros.']]) });
      await documents.add({ name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) });
      await expect(documents.row('lease.pdf')).toContainText('Ready');
      await expect(documents.anywhere('empty.txt')).toContainText('The file is empty.');
      await test.step('documents', () => expectAccessible(page));

      await shell.newChat();
      await chat.send('How much is the rent?');
      const answer = await chat.answered();
      await chat.openReceipt();
      await expect(inspector.total).toBeVisible();
      await test.step('an answer and its receipt', () => expectAccessible(page));
      await answer.getByRole('button', { name: 'Source 1: lease.pdf, p. 1' }).click();
      await expect(inspector.passage).toBeVisible();
      await test.step('a source', () => expectAccessible(page));
      await inspector.openTab('Trace');
      await test.step('the trace', () => expectAccessible(page));

      await images.pick(
        { name: 'flat.png', mimeType: 'image/png', buffer: pngImage(300, 200) },
        { name: 'door.png', mimeType: 'image/png', buffer: pngImage(200, 300) },
      );
      await expect(page.getByText('2 images, ')).toBeVisible();
      await test.step('images to send', () => expectAccessible(page));
      await chat.send('And in these?');
      await expect(chat.questions).toHaveCount(2);
      await chat.answered();
      await images.of(chat.questions.last()).first().click();
      await expect(images.enlarged).toBeVisible();
      await test.step('an image, enlarged', () => expectAccessible(page));
      await page.keyboard.press('Escape');
      await chat.questions.last().getByRole('button', { name: 'Edit question' }).click();
      await test.step('a question with images, edited', () => expectAccessible(page));
      await page.keyboard.press('Escape');
      await chat.chooseModel('gpt-3.5-turbo');
      await images.pick({ name: 'flat.png', mimeType: 'image/png', buffer: pngImage(300, 200) });
      await expect(page.getByText('gpt-3.5-turbo cannot see images.')).toBeVisible();
      await expect(page.getByText('The chosen model cannot see these images.')).toBeVisible();
      await test.step('images that the model does not see', () => expectAccessible(page));

      await shell.search('rent');
      await expect(page.getByRole('option').first()).toBeVisible();
      await test.step('the search', () => expectAccessible(page));
      await page.keyboard.press('Escape');

      const organising = organisingOf(page);
      await shell.openActions(usualTitle);
      await test.step('the menu of a conversation', () => expectAccessible(page));
      await page.getByRole('menuitem', { name: 'Move to a folder…' }).click();
      await expect(organising.dialog).toBeVisible();
      await organising.dialog.getByRole('textbox').fill('Home');
      await test.step('the folders to move to', () => expectAccessible(page));
      await page.keyboard.press('Enter');
      await expect(organising.folder('Home')).toBeVisible();
      await shell.act(usualTitle, 'Select');
      await test.step('a folder, and what is selected in it', () => expectAccessible(page));
      await page.keyboard.press('Escape');
      await shell.act(usualTitle, 'Archive');
      await expect(page.getByRole('button', { name: 'Bring back' })).toBeVisible();
      await organising.openArchive();
      await expect(organising.archive.getByRole('link')).toHaveCount(1);
      await test.step('the archive', () => expectAccessible(page));
      await page.getByRole('button', { name: 'Bring back' }).click();
      await organising.leaveArchive();

      await shell.goTo('Spend');
      await expect(page.getByRole('figure').first()).toBeVisible();
      await test.step('spend', () => expectAccessible(page));
      await page.getByRole('button', { name: 'As a table' }).click();
      await test.step('spend as a table', () => expectAccessible(page));
      const views = page.getByRole('navigation', { name: 'Spend' });
      for (const view of ['Budgets', 'Prices', 'What if', 'Bill']) {
        await views.getByRole('link', { name: view }).click();
        await expect(views.getByRole('link', { name: view })).toHaveAttribute('aria-current', 'page');
        await test.step(`spend: ${view}`, () => expectAccessible(page));
      }

      await shell.goTo('Library');
      await expect(page.getByText('No prompts yet')).toBeVisible();
      await test.step('an empty library', () => expectAccessible(page));
      for (const [button, name] of [
        ['New assistant', 'Contract reader'],
        ['New prompt', 'Translate'],
      ] as const) {
        await page.getByRole('button', { name: button }).click();
        await page.getByRole('textbox', { name: 'Name' }).fill(name);
        if (button === 'New prompt') await page.getByRole('textbox', { name: 'Text' }).fill('Into {{language}}.');
        await test.step(`the dialog ${button}`, () => expectAccessible(page));
        await page.getByRole('button', { name: 'Save' }).click();
        await expect(page.getByRole('button', { name: `Edit ${name}` })).toBeVisible();
      }
      await test.step('a library', () => expectAccessible(page));
      await shell.newChat();
      await chat.composer.fill('/');
      await expect(page.getByRole('listbox', { name: 'Prompts' })).toBeVisible();
      await test.step('the prompts above a question', () => expectAccessible(page));
      await page.keyboard.press('Enter');
      await expect(page.getByText('Fill in: language')).toBeVisible();
      await page.keyboard.type('German @lease');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('list', { name: 'Searched for this question only' })).toBeVisible();
      await test.step('a question limited to a document', () => expectAccessible(page));
      await page.keyboard.press('ControlOrMeta+/');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      await test.step('the shortcuts', () => expectAccessible(page));
      await page.keyboard.press('Escape');

      await shell.goTo('Settings');
      await expect(page.getByText('Keys are never written as plain text')).toBeVisible();
      await test.step('settings', () => expectAccessible(page));
      await page.getByRole('button', { name: 'Add provider' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await test.step('a dialog', () => expectAccessible(page));
    });

    test('so can a summary in each of its states, and what is left out', async ({ startConnected, model }) => {
      test.setTimeout(300_000);
      const gate = createGate({ afterTokens: 1 });
      const { page } = await startConnected();
      const chat = chatPage(page);
      const advice = page.getByRole('region', { name: 'Summary of earlier messages' });
      const mark = page.getByRole('note').filter({ hasText: 'Summarised up to here' });
      for (const [index, text] of [...['Argo', 'Beagle'].map((ship) => `${ship} ${'sails on '.repeat(1_800)}`), 'Which?'].entries()) {
        model.script({ answer: { text: `Noted ${index}.` } });
        await chat.send(text);
        await expect(page.getByText(`Noted ${index}.`, { exact: true })).toBeVisible();
        await chat.answered();
      }
      await expect(advice).toContainText('Each further turn costs');
      await test.step('advised', () => expectAccessible(page));
      model.script({ summary: { text: 'The har', finishReason: 'length' } });
      await advice.getByRole('button', { name: 'Summarise' }).click();
      await expect(advice).toContainText('could not be summarised');
      await test.step('failed', () => expectAccessible(page));
      model.script({ summary: { text: 'The harbour has **two** ships.', gate } });
      await advice.getByRole('button', { name: 'Try again' }).click();
      await gate.reached();
      await expect(advice).toContainText('Summarising the earlier messages…');
      await test.step('being written', () => expectAccessible(page));
      gate.open();
      await expect(mark).toBeVisible();
      await test.step('in use', () => expectAccessible(page));
      await mark.getByRole('button', { name: 'Read' }).click();
      const dialog = page.getByRole('dialog', { name: 'Summary of the first 4 messages' });
      await expect(dialog.getByText('two')).toBeVisible();
      await test.step('read', () => expectAccessible(page));
      await dialog.getByRole('button', { name: 'Edit' }).click();
      await expect(dialog.getByRole('textbox', { name: 'Text of the summary' })).toBeVisible();
      await test.step('edited', () => expectAccessible(page));
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
      await mark.getByRole('button', { name: 'Use the full history' }).click();
      await expect(mark).toContainText('not used');
      await test.step('not used', () => expectAccessible(page));
      await mark.getByRole('button', { name: 'Remove' }).click();
      await expect(page.getByText('The summary was removed.')).toBeVisible();
      await test.step('removed', () => expectAccessible(page));
      await page.getByRole('button', { name: 'How this chat is asked' }).click();
      await page.getByRole('textbox', { name: 'History sent' }).fill('1');
      await test.step('how a chat is asked', () => expectAccessible(page));
      await page.keyboard.press('Escape');
      await expect(page.getByRole('note').filter({ hasText: 'left out' })).toBeVisible();
      await test.step('older messages left out', () => expectAccessible(page));
    });
  });
}

test('the first chat can be had without a mouse', async ({ startTally, model }) => {
  const { page } = await startTally();
  const [chat, inspector, keys] = [chatPage(page), inspectorOf(page), page.keyboard];
  await goOnTo(page, page.getByRole('button', { name: 'I have an API key' }));
  await keys.press('Enter');
  await goOnTo(page, page.getByRole('combobox', { name: 'Service' }));
  await keys.press('Enter');
  // By arrows: what is typed is taken for one word only when the keys come quickly enough, which a busy machine cannot promise.
  const service = page.getByRole('option', { name: 'OpenAI-compatible' });
  await service.waitFor();
  for (let presses = 0; presses < 60 && (await service.getAttribute('data-highlighted')) === null; presses += 1) {
    await keys.press('ArrowDown');
  }
  await keys.press('Enter');
  await goOnTo(page, page.getByRole('textbox', { name: 'Base URL' }));
  await keys.type(model.baseUrl);
  await goOnTo(page, page.getByRole('textbox', { name: /^API key/ }));
  await keys.type(testKey);
  await keys.press('Enter');
  await expect(page.getByRole('button', { name: 'Start chatting' })).toBeEnabled();
  await goOnTo(page, page.getByRole('button', { name: 'Start chatting' }));
  await keys.press('Enter');
  await expect(chat.composer).toBeFocused();
  await keys.type('Is there a mouse?');
  await keys.press('Enter');
  await expect(await chat.answered()).toContainText('You asked: Is there a mouse?');
  await goOnTo(page, chat.receiptButton);
  await keys.press('Enter');
  await expect(inspector.total).toBeVisible();
  await keys.press('ControlOrMeta+.');
  await expect(inspector.panel).toBeHidden();
  await keys.press('ControlOrMeta+K');
  await keys.type('spend');
  await keys.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Spend' })).toBeVisible();
});

/** Presses Tab until the focus has reached an element, as somebody does who goes from one to the next. */
async function goOnTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  await expect(wanted).toBeFocused();
}
