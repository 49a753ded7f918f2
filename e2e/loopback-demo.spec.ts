import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from './fixtures.ts';
import { announcedUrl } from './hosts/loopback.ts';
import { chatPage } from './pages/chat.ts';
import { shellOf } from './pages/shell.ts';

const args = ['scripts/demo.ts', '--no-open', '--port', '0', '--lang', 'en'];

test('npm run demo says everywhere that it is sample data, leads from a chart to a message, answers, and leaves nothing', async ({
  openBrowser,
}) => {
  const demo = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TZ: 'UTC' } });
  const leftovers = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith(`tally-demo-${demo.pid}-`));
  const ended = once(demo, 'exit');
  const context = await (await openBrowser()).newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(await announcedUrl(demo));
    expect(leftovers()).toHaveLength(1);
    const [chat, shell] = [chatPage(page), shellOf(page)];
    const notice = page.getByRole('note').filter({ hasText: 'Sample data.' });
    await expect(notice).toBeVisible();
    const headings = { Documents: 'Documents', Library: 'Prompts and assistants', Settings: 'Settings', Spend: 'Spend' } as const;
    for (const [place, heading] of Object.entries(headings)) {
      // The keys of the object above, which Object.entries does not tell.
      await shell.goTo(place as keyof typeof headings);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
      await expect(notice).toBeVisible();
    }
    await page.getByRole('button', { name: 'As a table' }).click();
    const figures = page.getByRole('table', { name: 'Cost by day and model' });
    await figures.getByRole('row').nth(1).getByRole('button').first().click();
    await page.getByRole('table', { name: 'Calls' }).getByRole('link').first().click();
    await expect(chat.lastAnswer()).toBeVisible();

    await shell.conversation('Rent increases in the lease').click();
    await expect(chat.answers).toHaveCount(2);
    await chat.send('Who pays for small repairs?');
    const answer = chat.answers.nth(2);
    await expect(answer).toContainText('Small repairs up to 120 euros a year are borne by the tenants.');
    await expect(answer.getByRole('button', { name: /Open the receipt: \$0\.00/ })).toBeVisible();
    await answer
      .getByRole('button', { name: /^Source \d: / })
      .first()
      .click();
    await expect(notice).toBeVisible();
  } finally {
    await context.close();
    demo.kill('SIGTERM');
    await ended;
  }
  expect(leftovers()).toEqual([]);
});
