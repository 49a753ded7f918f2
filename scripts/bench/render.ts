import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright/test';
import { startLoopbackProcess } from '../../e2e/hosts/loopback.ts';
import { startTestCore } from '../../tests/core/start-test-core.ts';
import { createRateGate } from '../../tests/fake-openai/gate.ts';
import { startFakeOpenAi } from '../../tests/fake-openai/start-fake-openai.ts';
import { addLongConversation } from '../../tests/long-conversation.ts';
import { provideBrowser } from '../provide-browser.ts';
import { longAnswerTokens, pastAnswer } from './long-answer.ts';
import { startProbe, stopProbe, type PageTiming } from './page-probe.ts';
import { reportRendering, type Rendering, type Timing } from './render-report.ts';
import { togglePause, traceThread } from './thread-cpu.ts';

const scale = { turnCount: 5_000, answerTokens: 20_000, tokensPerSecond: 200 };
/** How often a key is pressed in the composer while the answer comes: fast typing. */
const keyPauseMs = 120;
const idleMs = 5_000;

/**
 * Streams a long answer into a conversation of 10,000 messages of the built app, in a real browser, while somebody types the
 * next question, and compares with the same browser showing an empty page. Times are given by the clock, which is what one
 * notices and in which other programs take part, and by the processor. Sets the exit code to 1 when frames, tasks, input or
 * memory are not within their limits. `npm run build` comes first.
 */
export async function benchRender(): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-bench-'));
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: provideBrowser(), args: [...args, '--enable-precise-memory-info'] });
  try {
    const rendering = await measure(dataDir, browser);
    const { turnCount, answerTokens, tokensPerSecond } = scale;
    console.log(`${turnCount * 2} messages; ${answerTokens} tokens at ${tokensPerSecond} a second, with typing in the composer.`);
    process.exitCode = reportRendering(rendering) ? 0 : 1;
  } finally {
    await browser.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(dataDir: string, browser: Browser): Promise<Rendering> {
  const tokens = longAnswerTokens(scale.answerTokens);
  const model = await startFakeOpenAi({
    models: ['gpt-4o-mini'],
    reply: (request) =>
      JSON.stringify(request.body).includes('<exchange>') ? { text: 'Title' } : { tokens, gate: createRateGate(scale.tokensPerSecond) },
  });
  await fill(dataDir, model.baseUrl);
  const { child, url } = await startLoopbackProcess({ dataDir, environment: {} });
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const [loadBefore = 0] = loadavg();
    const idle = await watchIdle(page, browser);
    await page.goto(url);
    await page.getByRole('main').waitFor();
    const openMs = await openConversation(page);
    return { idle, openMs, loadBefore, ...(await watchStreaming(page, browser)) };
  } finally {
    child.kill('SIGTERM');
    await model.close();
  }
}

async function fill(dataDir: string, baseUrl: string): Promise<void> {
  const core = await startTestCore({ dataDir });
  const { id: providerId } = await core.client.call('providers.add', { preset: 'custom', name: 'Local', baseUrl, key: null });
  await core.close();
  addLongConversation(dataDir, {
    id: 'long',
    title: 'Ten thousand messages',
    model: { providerId, modelId: 'gpt-4o-mini' },
    turnCount: scale.turnCount,
    questionOf: (turn) => `Question ${turn}: what does the lease say about repairs?`,
    answerOf: pastAnswer,
  });
}

async function watchIdle(page: Page, browser: Browser): Promise<Timing> {
  await page.goto('about:blank');
  const endTrace = await traceThread(browser);
  await page.evaluate(startProbe);
  await page.waitForTimeout(idleMs);
  const timing = await page.evaluate<PageTiming>(stopProbe);
  return { ...timing, ...(await endTrace()) };
}

/** Milliseconds from following the link to the last message being there. */
async function openConversation(page: Page): Promise<number> {
  const startedAt = performance.now();
  await page.getByRole('navigation', { name: 'Conversations' }).getByRole('link').first().click();
  await page.getByText(`Question ${scale.turnCount}:`).waitFor();
  return performance.now() - startedAt;
}

async function watchStreaming(page: Page, browser: Browser): Promise<Pick<Rendering, 'streaming' | 'heapBytes'>> {
  const composer = page.getByRole('textbox', { name: 'Your question' });
  await composer.fill('Write it all out.');
  await composer.press('Enter');
  await page.getByText('Part 1 ', { exact: false }).last().waitFor();
  await page
    .getByRole('button', { name: 'To the newest message' })
    .click({ timeout: 1_000 })
    .catch(() => undefined);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const heapBytes = [await heapOf(devtools)];
  const endTrace = await traceThread(browser);
  await page.evaluate(startProbe);
  await composer.focus();
  heapBytes.push(...(await typeWhileStreaming(page, devtools)));
  const timing = await page.evaluate<PageTiming>(stopProbe);
  const cpu = await endTrace();
  heapBytes.push(await heapOf(devtools));
  return { streaming: { ...timing, ...cpu }, heapBytes };
}

/** Presses keys until the answer is over. Returns the heap's bytes after each quarter of the time that should take. */
async function typeWhileStreaming(page: Page, devtools: CDPSession): Promise<number[]> {
  const heapBytes: number[] = [];
  const quarterMs = (scale.answerTokens / scale.tokensPerSecond) * 250;
  let nextHeapAt = performance.now() + quarterMs;
  // Asked for in the cheapest way: what the test itself does in the page is measured, too.
  for (let typed = 1; await page.evaluate("document.querySelector('.markdown-streaming') !== null"); typed += 1) {
    await page.keyboard.press('abcdefgh '.charAt(typed % 9), { delay: 0 });
    await page.waitForTimeout(keyPauseMs);
    if (performance.now() < nextHeapAt) continue;
    heapBytes.push(await heapAside(page, devtools));
    nextHeapAt += quarterMs;
  }
  return heapBytes;
}

async function heapAside(page: Page, devtools: CDPSession): Promise<number> {
  await page.evaluate(`probe.pause(); ${togglePause}`);
  const bytes = await heapOf(devtools);
  await page.evaluate(`probe.resume(); ${togglePause}`);
  return bytes;
}

async function heapOf(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
}
