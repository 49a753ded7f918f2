import { createServer } from 'node:http';
import type { Page } from 'playwright/test';
import { pngImage } from '../tests/sample-files/png-image.ts';
import { createGate } from '../tests/fake-openai/start-fake-openai.ts';
import { expect, test } from './fixtures.ts';
import { attack, endlessOutputs, hostileOutputs } from './hostile-outputs.ts';
import { listen } from './listen.ts';
import { chatPage } from './pages/chat.ts';
import { imagesOf } from './pages/images.ts';
import { shellOf } from './pages/shell.ts';

/** All of it in one answer, some of it cut where a piece ends. Pieces arrive one by one. */
function hostilePieces(away: string): string[] {
  const split = ['[clicked](java', 'script', `:${attack})`, '\n\n', '<scr', `ipt>${attack}</scr`, 'ipt>', '\n\n'];
  const whole = hostileOutputs(away).map((output) => `${output}\n\n`);
  return [...whole, ...split, `Read [the manual](${away}/manual?page=1) first.\n\nThe end of it.`];
}

/** A server nobody here should ever talk to. */
async function startAway(): Promise<{ url: string; asked: string[]; close: () => void }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('away');
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, asked, close: () => server.close() };
}

/** Everything the page asks of the network, or shows instead of itself, from now on. */
function watch(page: Page): { requests: string[]; navigations: string[]; windows: string[] } {
  const seen = { requests: [] as string[], navigations: [] as string[], windows: [] as string[] };
  // What the page's own policy has refused never left.
  page.on('requestfinished', (request) => seen.requests.push(request.url()));
  page.on('requestfailed', (request) => request.failure()?.errorText !== 'csp' && seen.requests.push(request.url()));
  page.on('framenavigated', (frame) => seen.navigations.push(frame.url()));
  page.context().on('page', (opened) => seen.windows.push(opened.url()));
  return seen;
}

test('what a model writes can neither run, nor call home, nor lead away', async ({ startConnected, model, host }) => {
  const away = await startAway();
  const pieces = hostilePieces(away.url);
  const gate = createGate({ afterTokens: 12 });
  model.script({ answer: { tokens: pieces, gate }, title: { text: `<img src=x onerror=${attack}>` } });
  const { page } = await startConnected();
  const chat = chatPage(page);
  const ownOrigin = new URL(page.url()).origin;
  const seen = watch(page);
  // As for paper: what is far out of sight, too.
  const drawAll = async (): Promise<void> => {
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await expect(chat.lastAnswer().locator('.markdown-section:empty')).toHaveCount(0);
  };
  const expectUntouched = async (): Promise<void> => {
    expect(await page.evaluate('globalThis.wasAttacked')).toBeUndefined();
    expect(await page.title()).toMatch(/^(?:≈ \$0\.\d+ today · )?Tally$/);
    expect(away.asked).toEqual([]);
    expect(seen.windows).toEqual([]);
    const foreign = [...seen.requests, ...seen.navigations].filter((url) => new URL(url).origin !== ownOrigin && !url.startsWith('data:'));
    expect(foreign).toEqual([]);
    expect(page.frames()).toHaveLength(1);
    const risky = chat
      .lastAnswer()
      .locator('script, iframe, object, embed, form, input, meta, base, style, link, video, audio, img:not(.diagram > img), a[href]');
    await expect(risky).toHaveCount(0);
    // The user's own stands with the question, and is the only one.
    await expect(page.locator('img:not(.diagram > img)')).toHaveCount(1);
    await expect(imagesOf(page).of(chat.questions.last())).toHaveCount(1);
  };
  await imagesOf(page).pick({ name: 'mine.png', mimeType: 'image/png', buffer: pngImage(60, 40) });

  await chat.send(`<img src=x onerror=${attack}>`);
  await expect(chat.lastAnswer()).toContainText('<svg onload');
  await expectUntouched();
  for (let piece = 12; piece < pieces.length; piece += 1) gate.step();
  gate.open();
  const answer = await chat.answered();
  await expect(answer).toContainText('The end of it.');
  await expect(shellOf(page).conversation('<img src=x')).toBeVisible();
  await drawAll();
  await expectUntouched();
  for (const word of ['plain', 'mixed', 'data', 'encoded', 'tabbed', 'file', 'blob', 'clicked']) {
    await answer.getByText(word, { exact: true }).first().click();
    await page.keyboard.press('Escape');
  }
  await expectUntouched();

  await page.reload();
  await expect(chat.lastAnswer()).toContainText('The end of it.');
  await drawAll();
  await expectUntouched();

  await answer.getByRole('button', { name: 'the manual' }).click();
  const asked = page.getByRole('dialog', { name: 'Open a link' });
  await expect(asked).toContainText(`${away.url}/manual?page=1`);
  await expectUntouched();
  // Electron hands the address to the system's browser, which is not ours to watch.
  if (host === 'loopback') {
    const opened = page.waitForEvent('popup');
    await asked.getByRole('button', { name: /^Open 127\.0\.0\.1/ }).click();
    await (await opened).waitForLoadState();
    expect(away.asked.filter((url) => url !== '/favicon.ico')).toEqual(['/manual?page=1']);
  }
  away.close();
});

test('what a model writes to stop the page is on the screen all the same, while it comes and later', async ({ startConnected, model }) => {
  // A slow machine may take its time over each; what must not happen is that it never ends.
  test.setTimeout(600_000);
  const patience = { timeout: 60_000 };
  const away = await startAway();
  const { page } = await startConnected();
  const chat = chatPage(page);
  const outputs = endlessOutputs(away.url);
  const seen = watch(page);
  for (const [index, output] of outputs.entries()) {
    const end = `\n\nThe end of number ${index}.`;
    const pieces = output.match(new RegExp(`[^]{1,${Math.ceil(output.length / 20)}}`, 'gu')) ?? [];
    model.script({ answer: { tokens: [...pieces, end] } });
    // Each in a conversation of its own: the next question would carry all of it along.
    await shellOf(page).newChat();
    await chat.send(`Number ${index}`);
    await expect(page.getByText(`The end of number ${index}.`)).toBeInViewport(patience);
    await expect(page.getByRole('button', { name: 'Stop' })).toBeHidden(patience);
  }
  await page.reload();
  await expect(page.getByText(`The end of number ${outputs.length - 1}.`)).toBeInViewport(patience);
  expect(away.asked).toEqual([]);
  expect(seen.windows).toEqual([]);
  away.close();
});
