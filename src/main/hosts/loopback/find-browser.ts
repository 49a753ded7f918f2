import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const namesOnPath = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
];

const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];

const windowsPrograms = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['BraveSoftware', 'Brave-Browser', 'Application', 'brave.exe'],
];

export interface BrowserSearch {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  readonly isExecutable: (file: string) => boolean;
}

/** The first browser of Chromium's family, which can show a page as a window of its own; null when there is none. */
export function findBrowser(search: BrowserSearch): string | null {
  return candidates(search).find(search.isExecutable) ?? null;
}

/** Whether the file exists and may be run. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function candidates({ platform, environment, homeDir }: BrowserSearch): string[] {
  const chosen = environment['TALLY_BROWSER'];
  const first = chosen ? [chosen] : [];
  if (platform === 'darwin') {
    const roots = ['/Applications', path.posix.join(homeDir, 'Applications')];
    return [...first, ...macApps.flatMap((app) => roots.map((root) => path.posix.join(root, `${app}.app`, 'Contents', 'MacOS', app)))];
  }
  if (platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .map((name) => environment[name])
      .filter((root) => root !== undefined);
    return [...first, ...windowsPrograms.flatMap((parts) => roots.map((root) => path.win32.join(root, ...parts)))];
  }
  const folders = (environment['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  return [...first, ...namesOnPath.flatMap((name) => folders.map((folder) => path.posix.join(folder, name)))];
}
