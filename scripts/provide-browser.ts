import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';

const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The browser the tests run in: TALLY_BROWSER, else Playwright's own, else one that is installed; null when there is none. */
export function findTestBrowser(): string | null {
  const wanted = process.env['TALLY_BROWSER'];
  const onPath = (process.env['PATH'] ?? '').split(path.delimiter).flatMap((folder) => names.map((name) => path.join(folder, name)));
  const places = [...(wanted === undefined ? [] : [wanted]), chromium.executablePath(), ...onPath, ...usualPlaces];
  return places.find((place) => existsSync(place)) ?? null;
}

/** Installs a browser when none is found: Playwright's own, or Debian's where that cannot be fetched. Exits with one line when neither works. */
export function provideBrowser(): string {
  const installers: readonly (readonly string[])[] = [
    ['playwright', 'install', 'chromium'],
    ...(process.getuid?.() === 0 ? [['sh', '-c', 'apt-get update && apt-get install -y chromium fonts-noto-core fonts-noto-cjk']] : []),
  ];
  for (const [tool = '', ...args] of installers) {
    const found = findTestBrowser();
    if (found !== null) return found;
    console.log(`No browser found; trying: ${[tool, ...args].join(' ')}`);
    spawnSync(tool, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  }
  const found = findTestBrowser();
  if (found !== null) return found;
  console.error('The tests need Chrome, Chromium or Edge: install one, or name it in TALLY_BROWSER.');
  process.exit(1);
}
