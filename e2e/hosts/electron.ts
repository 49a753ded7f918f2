import { once } from 'node:events';
import { _electron } from 'playwright/test';
import type { RunningTally, StartOptions } from './host.ts';

/** Starts the built app in the real Electron. */
export async function startElectron({ dataDir, environment }: StartOptions): Promise<RunningTally> {
  const { PATH = '', HOME = '', DISPLAY = '' } = process.env;
  const asRoot = process.getuid?.() === 0;
  const app = await _electron.launch({
    args: [...(asRoot ? ['--no-sandbox'] : []), '.', `--data-dir=${dataDir}`],
    env: { PATH, HOME, DISPLAY, TZ: 'UTC', ...environment },
    locale: 'en-US',
  });
  const page = await app.firstWindow();
  const child = app.process();

  async function kill(): Promise<void> {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  return { page, kill, close: () => app.close() };
}
