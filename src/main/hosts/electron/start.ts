import path from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, nativeTheme, protocol, screen, session, shell } from 'electron';
import { errorLogFields } from '../../../shared/error-log-fields.ts';
import type { Transport } from '../../../shared/rpc/protocol.ts';
import type { CorePorts } from '../../core/ports.ts';
import { chooseDataDir, prepareDataDir } from '../ports/data-dir.ts';
import { samplePorts } from '../ports/sample-ports.ts';
import { startFailureSentence } from '../ports/start-failure.ts';
import { registerPageScheme, servePage } from './app-protocol.ts';
import { createElectronPorts } from './electron-ports.ts';
import { denyPermissions, hardenApp } from './harden.ts';
import { handOverPorts } from './ipc-transport.ts';
import { menuTemplate } from './menu.ts';
import { openWindow } from './window.ts';

interface Core {
  accept(transport: Transport): void;
  close(): Promise<void>;
}

export interface ElectronOptions {
  readonly createCore: (ports: CorePorts) => Promise<Core>;
  /** Folder of the built main programs; `../preload` and `../renderer` lie beside it. */
  readonly programDir: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Runs Tally in Electron: one process a data folder, one window, the core in the main process. */
export async function startElectron(options: ElectronOptions): Promise<void> {
  const { environment, programDir } = options;
  const flag = app.commandLine.getSwitchValue('data-dir') || undefined;
  const dataDir = chooseDataDir({ flag, environment, platform: process.platform, homeDir: app.getPath('home') });
  try {
    prepareDataDir(dataDir);
  } catch (error) {
    return fail(error);
  }
  // Chromium's own files beside ours, so that each data folder is a Tally of its own; the lock goes by this path.
  app.setPath('userData', path.join(dataDir, 'electron'));
  if (!app.requestSingleInstanceLock()) return app.quit();
  registerPageScheme(protocol);
  hardenApp(app, shell);
  await app.whenReady();

  const { ports: realPorts, close: closePorts } = createElectronPorts({ dataDir, appVersion: app.getVersion(), environment, programDir });
  const sampleServer = app.commandLine.getSwitchValue('sample');
  const ports = sampleServer === '' ? realPorts : samplePorts(realPorts, sampleServer);
  process.on('uncaughtException', (error) => {
    ports.log.error('process.crashed', errorLogFields(error));
    fail(error);
  });
  let core: Core;
  try {
    core = await options.createCore(ports);
  } catch (error) {
    ports.log.error('start.failed', errorLogFields(error));
    return fail(error);
  }
  denyPermissions(session.defaultSession);
  servePage(protocol, path.join(programDir, '..', 'renderer'));
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(app.getLocale(), process.platform)));
  handOverPorts({ ipcMain, createChannel: () => new MessageChannelMain(), accept: (transport) => core.accept(transport) });
  closeBeforeQuit(async () => {
    await core.close();
    await closePorts();
  });
  keepWindow(() =>
    openWindow({
      create: (windowOptions) => new BrowserWindow(windowOptions),
      dataDir,
      preload: path.join(programDir, '..', 'preload', 'index.cjs'),
      nativeTheme,
      workAreas: screen.getAllDisplays().map((display) => display.workArea),
    }),
  );
}

function fail(error: unknown): void {
  dialog.showErrorBox('Tally', startFailureSentence(error));
  app.exit(1);
}

/** Answers on their way are settled before the process ends. */
function closeBeforeQuit(close: () => Promise<void>): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void close().finally(() => {
      state = 'closed';
      app.quit();
    });
  });
}

function keepWindow(open: () => BrowserWindow): void {
  let window: BrowserWindow | null = null;
  const show = (): void => {
    if (window !== null) {
      if (window.isMinimized()) window.restore();
      return window.focus();
    }
    window = open();
    window.on('closed', () => (window = null));
  };
  show();
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('window-all-closed', () => {
    // On macOS a program stays in the dock without a window.
    if (process.platform !== 'darwin') app.quit();
  });
}
