import { createGate } from '../tests/fake-openai/start-fake-openai.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { shellOf } from './pages/shell.ts';

/** Notes which colours are still on their way a frame after the theme has changed. */
const watchFading = `new MutationObserver(() => requestAnimationFrame(() => {
  globalThis.fading ??= document.getAnimations().map(({ transitionProperty }) => transitionProperty ?? '').filter((name) => name.includes('color'));
})).observe(document.documentElement, { attributeFilter: ['data-theme'] })`;

/** The same when it is the system's theme that changes. */
const watchSystemFading = `matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => requestAnimationFrame(() => {
  globalThis.systemFading ??= document.getAnimations().map(({ transitionProperty }) => transitionProperty ?? '').filter((name) => name.includes('color'));
}))`;

test('the palette does everything by keyboard, last used first, and Shift+D never fires while writing', async ({ startConnected }) => {
  const { page } = await startConnected();
  const [chat, keys, html] = [chatPage(page), page.keyboard, page.locator('html')];
  await chat.composer.click();
  await keys.press('Shift+D');
  await expect(chat.composer).toHaveValue('D');
  await expect(html).not.toHaveAttribute('data-theme');
  await chat.composer.fill('');
  await page.getByRole('button', { name: 'New chat' }).first().focus();
  await page.evaluate(watchSystemFading);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => page.evaluate('globalThis.systemFading')).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.evaluate(watchFading);
  await keys.press('Shift+D');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  // Everything has the colours of the new theme at once.
  await expect.poll(() => page.evaluate('globalThis.fading')).toEqual([]);

  async function run(words: string, name: string | RegExp): Promise<void> {
    await keys.press('ControlOrMeta+K');
    await keys.type(words);
    await expect(page.getByRole('option', { name })).toHaveAttribute('data-highlighted', '');
    await keys.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Search' })).toBeHidden();
  }
  await run('appearance l', 'Appearance: Light');
  await expect(html).toHaveAttribute('data-theme', 'light');
  await run('larger', 'Larger text');
  await expect(html).toHaveAttribute('style', /font-size: 107/);
  await run('language 日', 'Language: 日本語');
  await expect(html).toHaveAttribute('lang', 'ja');
  await keys.press('ControlOrMeta+K');
  await expect(page.getByRole('group', { name: '最近' }).getByRole('option').first()).toContainText('言語：日本語');
  await keys.press('Escape');
  await keys.press('ControlOrMeta+/');
  await expect(page.getByRole('dialog', { name: 'キーボードショートカット' })).toContainText('直前の質問を編集');
  await keys.press('Escape');
  await run('spend', /利用額/);
  await expect(page).toHaveURL(/#\/spend/);
});

test('an answer that ends elsewhere is marked, counted in the title, and told of where that was allowed', async ({
  startConnected,
  model,
}) => {
  const gate = createGate({ afterTokens: 2 });
  const { page } = await startConnected();
  const [chat, shell] = [chatPage(page), shellOf(page)];
  await page.context().grantPermissions(['notifications']);
  await page.evaluate(`
    window.told = [];
    window.Notification = class extends EventTarget {
      static permission = 'default';
      static async requestPermission() { return (this.permission = 'granted'); }
      constructor(title, options) { super(); window.told.push([title, options.body]); }
    };`);
  await shell.goTo('Settings');
  await page.getByRole('switch', { name: 'Tell me when an answer is there' }).click();
  await expect(page.getByRole('switch', { name: 'Tell me when an answer is there' })).toBeChecked();
  model.script({ answer: { tokens: ['One', ' two', ' three'], gate }, title: { text: 'Counting' } });
  await shell.newChat();
  await chat.send('Count');
  await gate.reached();
  await shell.goTo('Documents');
  await page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })`);
  gate.open();
  await expect(page).toHaveTitle(/^\(1\) ≈ \$0\.\d+ today · Tally$/);
  await expect(shell.history).toContainText('New answer');
  expect(await page.evaluate('window.told')).toEqual([[expect.any(String), 'The answer is there.']]);
  await page.evaluate(`delete document.hidden`);
  await shell.history.getByRole('link').first().click();
  await expect(page).toHaveTitle(/^≈ \$0\.\d+ today · Tally$/);
  await expect(shell.history).not.toContainText('New answer');
});
