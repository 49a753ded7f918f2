import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import path from 'node:path';
import { findBrowser, isExecutable } from './find-browser.ts';

export interface AppWindow {
  /** Called once when the browser's process has ended. */
  onExit(listener: () => void): void;
  close(): void;
}

export interface LaunchOptions {
  readonly url: string;
  readonly dataDir: string;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Opens the URL as a window of its own in the system's Chromium, with a profile inside the data folder.
 * Null when there is no such browser or no display. The one-time token in the URL shows in the process list;
 * it works once, and `same-user.ts` keeps other users from being the ones to use it.
 */
export function launchBrowser({ url, dataDir, environment }: LaunchOptions): AppWindow | null {
  if (process.platform === 'linux' && !environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return null;
  const browser = findBrowser({ platform: process.platform, environment, homeDir: homedir(), isExecutable });
  if (browser === null) return null;
  const child = spawn(browser, browserArguments(url, path.join(dataDir, 'browser'), process.getuid?.() === 0), {
    stdio: 'ignore',
    env: environment,
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    onExit: (listener) => void exited.then(listener),
    close: () => void child.kill('SIGTERM'),
  };
}

/** The command line of the app window. */
export function browserArguments(url: string, profileDir: string, isRoot: boolean): string[] {
  const args = [`--app=${url}`, `--user-data-dir=${profileDir}`, '--no-first-run', '--no-default-browser-check', '--disable-sync'];
  // Chromium refuses to start its sandbox as root; anybody else keeps it.
  return isRoot ? [...args, '--no-sandbox'] : args;
}
