import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Browser } from 'playwright/test';
import type { RunningTally, StartOptions } from './host.ts';

const announcement = /^Tally is running at (http:\/\/127\.0\.0\.1:\d+\/#\S+)$/;

/** Starts the built loopback host and opens the URL it prints in a window of its own. */
export async function startLoopback(options: StartOptions, browser: Browser): Promise<RunningTally> {
  const { child, url } = await startLoopbackProcess(options);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
    await context.close();
  }
  return { page, kill: () => end('SIGKILL'), close: () => end('SIGTERM') };
}

/** Starts the process alone; resolves with the URL it prints, rejects with what it says when it does not start. */
export async function startLoopbackProcess({
  dataDir,
  environment,
  sampleServer,
}: StartOptions): Promise<{ child: ChildProcess; url: string }> {
  const args = ['out/main/loopback.js', '--no-open', '--port', '0', '--data-dir', dataDir];
  if (sampleServer !== undefined) args.push('--sample', sampleServer);
  const { PATH, HOME } = process.env;
  // Days are counted in the zone of the tests' pages.
  const env = { PATH, HOME, TZ: 'UTC', ...environment };
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  return { child, url: await announcedUrl(child) };
}

/** The address a Tally prints, once it does; rejects with what it complains of when it ends without. */
export async function announcedUrl({ stdout, stderr }: ChildProcessByStdio<null, Readable, Readable>): Promise<string> {
  const complaints: string[] = [];
  createInterface({ input: stderr }).on('line', (line) => complaints.push(line));
  for await (const line of createInterface({ input: stdout })) {
    const url = announcement.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`Tally did not start: ${complaints.join('\n')}`);
}
