import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
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

const scale = { turnCount: 5_000, answerTokens: 20_000, tokensPerSecond: 200 };
/** How often a key is pressed in the composer while the answer comes: fast typing. */
const keyPauseMs = 120;
const idleMs = 5_000;
const limits = { frameMs: 16.7, taskMs: 50, inputMs: 30, growthBytes: 12 * 2 ** 20 };

interface Measured {
  readonly idle: PageTiming;
  readonly streaming: PageTiming;
  /** Bytes of the page's heap after a collection, from the first words of the answer to its end. */
  readonly heapBytes: readonly number[];
  readonly openMs: number;
}

/**
 * Streams a long answer into a conversation of 10,000 messages of the built app, in a real browser, while somebody types the
 * next question, and compares with the same browser showing an empty page. Sets the exit code to 1 when frames, tasks, input
 * or memory are not within their limits. `npm run build` comes first.
 */
export async function benchRender(): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-bench-'));
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: provideBrowser(), args: [...args, '--enable-precise-memory-info'] });
  try {
    report(await measure(dataDir, browser));
  } finally {
    await browser.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(dataDir: string, browser: Browser): Promise<Measured> {
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
    const idle = await watchIdle(page);
    await page.goto(url);
    await page.getByRole('main').waitFor();
    const openMs = await openConversation(page);
    return { idle, openMs, ...(await watchStreaming(page, await context.newCDPSession(page))) };
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

async function watchIdle(page: Page): Promise<PageTiming> {
  await page.goto('about:blank');
  await page.evaluate(startProbe);
  await page.waitForTimeout(idleMs);
  return page.evaluate<PageTiming>(stopProbe);
}

/** Milliseconds from following the link to the last message being there. */
async function openConversation(page: Page): Promise<number> {
  const startedAt = performance.now();
  await page.getByRole('navigation', { name: 'Conversations' }).getByRole('link').first().click();
  await page.getByText(`Question ${scale.turnCount}:`).waitFor();
  return performance.now() - startedAt;
}

async function watchStreaming(page: Page, devtools: CDPSession): Promise<Pick<Measured, 'streaming' | 'heapBytes'>> {
  const composer = page.getByRole('textbox', { name: 'Your question' });
  await composer.fill('Write it all out.');
  await composer.press('Enter');
  await page.getByText('Part 1 ', { exact: false }).last().waitFor();
  await page
    .getByRole('button', { name: 'To the newest message' })
    .click({ timeout: 1_000 })
    .catch(() => undefined);
  await devtools.send('Performance.enable');
  const heapBytes = [await heapOf(devtools)];
  await page.evaluate(startProbe);
  let typed = 0;
  const quarterMs = (scale.answerTokens / scale.tokensPerSecond) * 250;
  let nextHeapAt = performance.now() + quarterMs;
  await composer.focus();
  // Asked for in the cheapest way: what the test itself does in the page is measured, too.
  while (await page.evaluate("document.querySelector('.markdown-streaming') !== null")) {
    await page.keyboard.press('abcdefgh '.charAt((typed += 1) % 9), { delay: 0 });
    await page.waitForTimeout(keyPauseMs);
    if (performance.now() < nextHeapAt) continue;
    await page.evaluate('probe.pause()');
    heapBytes.push(await heapOf(devtools));
    await page.evaluate('probe.resume()');
    nextHeapAt += quarterMs;
  }
  const streaming = await page.evaluate<PageTiming>(stopProbe);
  heapBytes.push(await heapOf(devtools));
  return { streaming, heapBytes };
}

async function heapOf(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
}

function report({ idle, streaming, heapBytes, openMs }: Measured): void {
  console.log(
    `${scale.turnCount * 2} messages; ${scale.answerTokens} tokens at ${scale.tokensPerSecond} a second, with typing in the composer.`,
  );
  console.log(
    `Load of the machine: ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} processors. Opened in ${openMs.toFixed(0)} ms.\n`,
  );
  console.log(row(['milliseconds', 'idle p50', 'p95', 'p99', 'app p50', 'p95', 'p99', 'longest']));
  console.log(rowOf('between frames', idle.intervalsMs, streaming.intervalsMs));
  console.log(rowOf('work for a frame', idle.workMs, streaming.workMs));
  console.log(rowOf('key to handler', [], streaming.inputDelaysMs));
  console.log(rowOf('key to frame', [], streaming.inputToFrameMs));
  const longest = Math.max(0, ...streaming.longTasksMs);
  console.log(
    `\nTasks of 50 ms or more: ${streaming.longTasksMs.length}, the longest ${longest.toFixed(0)} ms (idle page: ${idle.longTasksMs.length}).`,
  );
  const [ours, idles] = [streaming, idle].map(({ intervalsMs }) => percentile(intervalsMs, 0.95));
  console.log(`Between frames, p95: ${((ours ?? 0) / (idles ?? 1)).toFixed(2)} times that of an empty page in the same browser.`);
  console.log(`Heap after collections, MB: ${heapBytes.map((bytes) => (bytes / 2 ** 20).toFixed(1)).join(', ')}.`);
  const growth = (heapBytes.at(-1) ?? 0) - (heapBytes[0] ?? 0);
  const failures = [
    [percentile(streaming.workMs, 0.95) < limits.frameMs, `work for a frame, p95, under ${limits.frameMs} ms`],
    [longest < limits.taskMs, `no task of ${limits.taskMs} ms`],
    [percentile(streaming.inputDelaysMs, 0.95) < limits.inputMs, `key to handler, p95, under ${limits.inputMs} ms`],
    [growth < limits.growthBytes, `heap grows by less than ${limits.growthBytes / 2 ** 20} MB`],
  ] as const;
  for (const [isGood, what] of failures) console.log(`${isGood ? 'Holds' : 'MISSED'}: ${what}`);
  process.exitCode = failures.every(([isGood]) => isGood) ? 0 : 1;
}

function rowOf(name: string, idle: readonly number[], app: readonly number[]): string {
  const shares = [0.5, 0.95, 0.99];
  const cells = [...shares.map((share) => percentile(idle, share)), ...shares.map((share) => percentile(app, share)), Math.max(0, ...app)];
  return row([name, ...cells.map((ms) => ms.toFixed(1))]);
}

function row([name = '', ...cells]: readonly string[]): string {
  return name.padEnd(18) + cells.map((cell) => cell.padStart(10)).join('');
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}
