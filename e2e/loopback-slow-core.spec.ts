import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { documentsPage } from './pages/documents.ts';
import { shellOf } from './pages/shell.ts';

interface Gate {
  close(): void;
  open(): void;
}

/** Loads the page anew with a gate its calls of one route have to pass. It is open at first. */
async function gateBefore(page: Page, route: string): Promise<Gate> {
  const held: (() => void)[] = [];
  let isOpen = true;
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const pass = (): void => server.send(message);
      if (!isOpen && String(message).includes(`"${route}"`)) held.push(pass);
      else pass();
    });
  });
  await page.reload();
  return {
    close: () => void (isOpen = false),
    open() {
      isOpen = true;
      for (const pass of held.splice(0)) pass();
    },
  };
}

const tides = { name: 'tides.txt', mimeType: 'text/plain', buffer: Buffer.from('High water at the pier comes at noon.') };

for (const route of ['providers.list', 'documents.collections', 'conversations.open'] as const) {
  test(`a question sent before ${route} has answered waits for it`, async ({ startConnected, model }) => {
    const { page } = await startConnected();
    const [chat, shell, documents] = [chatPage(page), shellOf(page), documentsPage(page)];
    await shell.goTo('Documents');
    await documents.add(tides);
    await expect(documents.row('tides.txt')).toContainText('Ready');
    await shell.newChat();
    await chat.send('What is a ledger?');
    await chat.answered();
    await chat.chooseModel('gpt-4o');
    await chat.send('And a journal?');
    await expect(chat.answers).toHaveCount(2);
    await chat.answered();

    const gate = await gateBefore(page, route);
    gate.close();
    await page.reload();
    await chat.send('When is high water at the pier?');
    await expect(page.getByRole('button', { name: 'Send' })).toHaveAttribute('aria-busy', 'true');
    expect(model.requestsOf('answer')).toHaveLength(2);
    gate.open();
    await expect(chat.answers).toHaveCount(3);
    await expect((await chat.answered()).getByRole('button', { name: 'Source 1: tides.txt' })).toBeVisible();
    expect(model.requestsOf('answer').at(-1)?.body.model).toBe('gpt-4o');
    expect(JSON.stringify(model.requestsOf('answer').at(-1)?.body)).toContain('And a journal?');
  });
}

test('files chosen while the page changes under the dialog are taken all the same', async ({ startConnected }) => {
  const { page } = await startConnected();
  const documents = documentsPage(page);
  await shellOf(page).goTo('Documents');
  const gate = await gateBefore(page, 'documents.list');
  gate.close();
  await page.reload();
  const dialog = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add files' }).click();
  const opened = await dialog;
  gate.open();
  await expect(page.getByRole('heading', { name: 'Ask questions about your own files' })).toBeVisible();
  await opened.setFiles(tides);
  await expect(documents.row('tides.txt')).toContainText('Ready');
});

test('an address typed while the page changes under the dialog is kept', async ({ startConnected }) => {
  const { page } = await startConnected();
  await shellOf(page).goTo('Documents');
  const gate = await gateBefore(page, 'documents.list');
  gate.close();
  await page.reload();
  const dialog = await documentsPage(page).typePageAddress('https://example.com/tides');
  gate.open();
  await page.getByRole('heading', { name: 'Ask questions about your own files', includeHidden: true }).waitFor();
  await expect(dialog.getByRole('textbox', { name: 'Address' })).toHaveValue('https://example.com/tides');
});

test('a question asked the moment a document is ready is asked with it', async ({ startConnected }) => {
  const { page } = await startConnected();
  const [chat, shell, documents] = [chatPage(page), shellOf(page), documentsPage(page)];
  const gate = await gateBefore(page, 'documents.collections');
  await expect(chat.composer).toBeVisible();
  await shell.goTo('Documents');
  await documents.add(tides);
  await expect(documents.row('tides.txt')).toContainText('Ready');
  gate.close();
  await shell.newChat();
  await chat.send('When is high water at the pier?');
  await expect(page.getByRole('button', { name: 'Send' })).toHaveAttribute('aria-busy', 'true');
  gate.open();
  await expect((await chat.answered()).getByRole('button', { name: 'Source 1: tides.txt' })).toBeVisible();
});
