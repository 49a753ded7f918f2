import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserWindow, BrowserWindowConstructorOptions, NativeTheme, Rectangle } from 'electron';
import { z } from 'zod';
import { pageOrigin } from './app-protocol.ts';

const defaultSize = { width: 1280, height: 840 };
const rectangle = z.object({ x: z.int(), y: z.int(), width: z.int().min(400), height: z.int().min(300) });

/** The page's own backgrounds, so that a window does not flash white before the page is drawn. */
const backgrounds = { light: '#ffffff', dark: '#111113' };

export interface WindowOptions {
  readonly create: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly dataDir: string;
  readonly preload: string;
  readonly nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors'>;
  /** Areas of the screens there are now. */
  readonly workAreas: readonly Rectangle[];
}

/** Opens the window on the page, where it was when it was last closed. */
export function openWindow({ create, dataDir, preload, nativeTheme, workAreas }: WindowOptions): BrowserWindow {
  const boundsFile = path.join(dataDir, 'window.json');
  const window = create({
    ...(readBounds(boundsFile, workAreas) ?? defaultSize),
    minWidth: 640,
    minHeight: 480,
    title: 'Tally',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: true },
  });
  window.once('ready-to-show', () => window.show());
  window.on('close', () => writeBounds(boundsFile, window.getNormalBounds()));
  void window.loadURL(`${pageOrigin}/`);
  return window;
}

/** null when nothing is stored, or when its screen is no longer there. */
function readBounds(file: string, workAreas: readonly Rectangle[]): Rectangle | null {
  try {
    const bounds = rectangle.parse(JSON.parse(readFileSync(file, 'utf8')));
    return workAreas.some((area) => titleBarIsInside(bounds, area)) ? bounds : null;
  } catch {
    return null;
  }
}

function titleBarIsInside(bounds: Rectangle, area: Rectangle): boolean {
  const middle = bounds.x + bounds.width / 2;
  return middle > area.x && middle < area.x + area.width && bounds.y >= area.y && bounds.y < area.y + area.height;
}

function writeBounds(file: string, bounds: Rectangle): void {
  try {
    writeFileSync(file, JSON.stringify(bounds), { mode: 0o600 });
  } catch {
    // The next window opens in the middle of the screen; that is all.
  }
}
