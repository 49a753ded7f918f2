import { createServer } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { makeDocx, makeDocxBomb, makeEpub, makePptx } from '../tests/sample-files/office-files.ts';
import { makeEncryptedPdf, makePdf } from '../tests/sample-files/pdf-files.ts';
import { expect, test } from './fixtures.ts';
import { listen } from './listen.ts';
import { chatPage } from './pages/chat.ts';
import { documentsPage, type SampleFile } from './pages/documents.ts';
import { inspectorOf } from './pages/inspector.ts';
import { shellOf } from './pages/shell.ts';

function file(name: string, content: Buffer | string, mimeType = 'application/octet-stream'): SampleFile {
  return { name, mimeType, buffer: Buffer.from(content) };
}

const binary = Buffer.from(Uint8Array.from({ length: 4_096 }, (_, index) => (index * 7) % 256));

test('reads what can be read and says of each other file why not', async ({ startConnected }) => {
  const good = [
    file('lease.pdf', await makePdf([['The rent is 900 euros.']]), 'application/pdf'),
    file('minutes.docx', await makeDocx(['The board met on Monday.'])),
    file('talk.pptx', await makePptx([{ title: 'Tides', lines: ['The tide comes twice a day.'] }])),
    file('novel.epub', await makeEpub([{ title: 'One', body: '<p>It was a quiet harbour.</p>' }])),
    file('notes.md', '# Notes\n\nBuy rope.', 'text/markdown'),
    file('people.csv', 'name,age\nIrene,64\n', 'text/csv'),
    file('settings.json', '{"colour": "blue"}', 'application/json'),
    file('page.html', '<!doctype html><title>Page</title><p>A page about boats.</p>', 'text/html'),
  ];
  const bad: [SampleFile, string][] = [
    [file('empty.txt', ''), 'The file is empty.'],
    [file('locked.pdf', makeEncryptedPdf(), 'application/pdf'), 'The file is protected by a password.'],
    [file('scan.pdf', await makePdf([[], []]), 'application/pdf'), 'Its pages are pictures, as a scan has them.'],
    [
      file('torn.docx', (await makeDocx(['The board met on Tuesday.'])).subarray(0, 400)),
      'The file is damaged, or not what its name says.',
    ],
    [file('bomb.docx', await makeDocxBomb(60 * 1024 * 1024)), 'The file unpacks to an unreasonable size.'],
    [file('photo.raw', binary), 'This kind of file cannot be read.'],
    [file('damaged.pdf', '%PDF-1.4\nnothing of a PDF follows'), 'The file is damaged, or not what its name says.'],
  ];
  const { page } = await startConnected();
  const documents = documentsPage(page);
  await shellOf(page).goTo('Documents');
  await documents.add(...good, ...bad.map(([each]) => each));
  for (const { name } of good) await expect(documents.row(name)).toContainText('Ready');
  for (const [{ name }, reason] of bad) await expect(documents.anywhere(name)).toContainText(reason);

  const dismissed = documents.anywhere('empty.txt');
  await dismissed.getByRole('button', { name: /empty\.txt/ }).click();
  await expect(page.getByText(`${good.length + bad.length - 1} documents`)).toBeVisible();
});

test('adds a web page of this network once that is confirmed, answers from it, and brings it up to date', async ({ startConnected }) => {
  let timetable = 'The ferry to the island leaves at noon.';
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    const html = `<!doctype html><title>Ferry</title><nav>Home Contact</nav><h1>Timetable</h1><p>${timetable}</p><script src="/track.js"></script>`;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  });
  const host = `127.0.0.1:${await listen(server)}`;
  try {
    const { page } = await startConnected();
    const [documents, shell, chat] = [documentsPage(page), shellOf(page), chatPage(page)];
    await shell.goTo('Documents');
    const dialog = await documents.typePageAddress(`http://${host}/ferry`);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog).toContainText('This address is on your own computer or network.');
    expect(asked).toEqual([]);
    await dialog.getByRole('button', { name: 'Add anyway' }).click();
    await expect(documents.row(`${host}/ferry`)).toContainText('Ready');
    expect(asked).toEqual(['/ferry']);

    await shell.newChat();
    await chat.send('When does the ferry to the island leave?');
    const citation = (await chat.answered()).getByRole('button', { name: `Source 1: ${host}/ferry` });
    await citation.click();
    const { panel, passage } = inspectorOf(page);
    await expect(passage).toContainText(timetable);
    await expect(panel).not.toContainText('Home Contact');

    timetable = 'The ferry to the island leaves at one.';
    await shell.goTo('Documents');
    await documents.typePageAddress(`http://${host}/ferry`);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByRole('button', { name: 'Add anyway' }).click();
    await expect(shell.notice('is up to date with the page now')).toBeVisible();
    await expect(documents.row(`${host}/ferry`)).toHaveCount(1);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('removes a document with a way back, and knows one that is there already', async ({ startConnected }) => {
  const { page } = await startConnected();
  const [documents, shell] = [documentsPage(page), shellOf(page)];
  await shell.goTo('Documents');
  await documents.add(file('notes.md', 'Buy rope and tar.', 'text/markdown'));
  await expect(documents.row('notes.md')).toContainText('Ready');
  await documents.act('notes.md', 'Remove');
  await expect(documents.row('notes.md')).toBeHidden();
  await shell.notice('Removed “notes.md”').getByRole('button', { name: 'Undo' }).click();
  await expect(documents.row('notes.md')).toContainText('Ready');
  await documents.add(file('notes.md', 'Buy rope and tar.', 'text/markdown'));
  await expect(page.getByText('“notes.md” is already here, so it was not added again.')).toBeVisible();
  await expect(documents.row('notes.md')).toHaveCount(1);
});

test('takes a folder as it is and leaves out what nobody meant', async ({ startConnected }) => {
  const parent = mkdtempSync(path.join(tmpdir(), 'tally-folder-'));
  try {
    const folder = path.join(parent, 'boats');
    for (const [name, content] of Object.entries({
      'rigging.md': 'A stay holds the mast.',
      'plans/hull.txt': 'The hull is made of larch.',
      '.git/HEAD': 'ref: refs/heads/main',
      'node_modules/knots/index.js': 'export {};',
    })) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    }
    const { page } = await startConnected();
    const documents = documentsPage(page);
    await shellOf(page).goTo('Documents');
    await documents.addFolder(folder);
    for (const name of ['boats/rigging.md', 'boats/plans/hull.txt']) await expect(documents.row(name)).toContainText('Ready');
    await expect(page.getByText('2 documents')).toBeVisible();
    await expect(page.getByRole('main')).toContainText('2 files were left out');
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
});

test('takes files dropped onto the chat and asks about them at once', async ({ startConnected }) => {
  const { page } = await startConnected();
  const chat = chatPage(page);
  await drop(page, file('tides.txt', 'High water at the old pier comes 40 minutes after Dover.', 'text/plain'));
  const added = page.getByRole('list', { name: 'Documents added just now' });
  await expect(added).toHaveText(/tides\.txt$/);
  await expect(page.getByRole('button', { name: 'Documents: on, 1' })).toHaveAttribute('aria-pressed', 'true');
  await chat.send('When is high water at the old pier?');
  await expect((await chat.answered()).getByRole('button', { name: 'Source 1: tides.txt' })).toBeVisible();
});

/** Lets go of a file above the composer, as the pointer of a person would. As text: this file is not checked against a page's globals. */
async function drop(page: Page, { name, mimeType, buffer }: SampleFile): Promise<void> {
  const transfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([${JSON.stringify(buffer.toString('utf8'))}], ${JSON.stringify(name)}, { type: ${JSON.stringify(mimeType)} }));
    return transfer;
  })()`);
  const target = page.getByRole('textbox', { name: 'Your question' });
  await target.dispatchEvent('dragenter', { dataTransfer: transfer });
  await expect(page.getByText('Drop images for your question')).toBeVisible();
  await target.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(page.getByText('Drop images for your question')).toBeHidden();
}
