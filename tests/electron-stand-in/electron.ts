// oxlint-disable unicorn/require-post-message-target-origin -- These are ports between processes; only a window has an origin.
// A stand-in for the `electron` module, as much of it as Tally uses: it records what it is told and lets a test
// play the system's part.
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

type Handler = (...args: never[]) => unknown;

/** Everything that was told to the module since `reset`. */
export interface Recorded {
  readonly schemes: unknown[];
  readonly protocolHandlers: Map<string, (request: Request) => Promise<Response>>;
  readonly windows: BrowserWindow[];
  readonly openedOutside: string[];
  readonly errorBoxes: string[];
  readonly sentToMain: string[];
  readonly exposed: Map<string, unknown>;
  readonly forked: { readonly program: string; readonly options: Record<string, unknown> }[];
  readonly paths: Map<string, string>;
  permissionRequest: Handler | null;
  permissionCheck: Handler | null;
  exitCode: number | null;
  quitCount: number;
}

function fresh(): Recorded {
  return {
    schemes: [],
    protocolHandlers: new Map(),
    windows: [],
    openedOutside: [],
    errorBoxes: [],
    sentToMain: [],
    exposed: new Map(),
    forked: [],
    paths: new Map([['home', '/nowhere']]),
    permissionRequest: null,
    permissionCheck: null,
    exitCode: null,
    quitCount: 0,
  };
}

export let recorded: Recorded = fresh();
/** What the system answers. */
export const system = { isFirstInstance: true, proxy: 'DIRECT', locale: 'en-GB', dataDir: '' };

class StandInApp extends EventEmitter {
  readonly commandLine = { getSwitchValue: (name: string) => (name === 'data-dir' ? system.dataDir : '') };
  getPath = (name: string): string => recorded.paths.get(name) ?? '';
  setPath = (name: string, value: string): void => void recorded.paths.set(name, value);
  getVersion = (): string => '0.0.0';
  getLocale = (): string => system.locale;
  requestSingleInstanceLock = (): boolean => system.isFirstInstance;
  whenReady = async (): Promise<void> => undefined;
  exit = (code: number): void => void (recorded.exitCode = code);
  quit(): void {
    recorded.quitCount += 1;
    let isPrevented = false;
    this.emit('will-quit', { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) recorded.exitCode ??= 0;
  }
}

export const app = new StandInApp();

export class WebContents extends EventEmitter {
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  url = '';
  setWindowOpenHandler(handler: WebContents['openHandler']): void {
    this.openHandler = handler;
  }
  getURL(): string {
    return this.url;
  }
  /** Whether a navigation of this kind would have gone ahead. */
  navigates(kind: string, url: string): boolean {
    let isPrevented = false;
    this.emit(kind, { url, preventDefault: () => (isPrevented = true) });
    return !isPrevented;
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents();
  readonly options: Record<string, unknown>;
  isFocused = false;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    recorded.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL(url: string): Promise<void> {
    this.webContents.url = url;
    return Promise.resolve();
  }
  getNormalBounds = (): unknown => ({ x: 10, y: 20, width: 900, height: 700 });
  show = (): void => undefined;
  isMinimized = (): boolean => false;
  restore = (): void => undefined;
  focus = (): void => void (this.isFocused = true);
}

class PortMain extends EventEmitter {
  readonly port: MessagePort;
  constructor(port: MessagePort) {
    super();
    this.port = port;
    // Electron holds messages back until `start`; a port of Node's does so until it has a listener.
    port.on('close', () => this.emit('close'));
  }
  start = (): void => void this.port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  postMessage = (message: unknown): void => this.port.postMessage(message);
  close = (): void => this.port.close();
}

export class MessageChannelMain {
  readonly port1: PortMain;
  readonly port2: PortMain;
  constructor() {
    const channel = new MessageChannel();
    this.port1 = new PortMain(channel.port1);
    this.port2 = new PortMain(channel.port2);
  }
}

export const ipcMain = new EventEmitter();

class IpcRenderer extends EventEmitter {
  send = (channel: string): void => void recorded.sentToMain.push(channel);
}
export const ipcRenderer = new IpcRenderer();
export const contextBridge = { exposeInMainWorld: (name: string, value: unknown): void => void recorded.exposed.set(name, value) };

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown[]): void => void recorded.schemes.push(...schemes),
  handle: (scheme: string, handler: (request: Request) => Promise<Response>): void => void recorded.protocolHandlers.set(scheme, handler),
};

export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: Handler): void => void (recorded.permissionRequest = handler),
    setPermissionCheckHandler: (handler: Handler): void => void (recorded.permissionCheck = handler),
    setDevicePermissionHandler: (): void => undefined,
    resolveProxy: async (): Promise<string> => system.proxy,
  },
};

export const shell = { openExternal: async (url: string): Promise<void> => void recorded.openedOutside.push(url) };
export const dialog = { showErrorBox: (_title: string, text: string): void => void recorded.errorBoxes.push(text) };
export const Menu = { buildFromTemplate: (template: unknown): unknown => template, setApplicationMenu: (): void => undefined };
export const nativeTheme = { shouldUseDarkColors: true };
export const screen = { getAllDisplays: (): unknown => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };
export const safeStorage = {};
export const utilityProcess = {
  fork(program: string, _args: string[], options: Record<string, unknown>): EventEmitter {
    recorded.forked.push({ program, options });
    return new EventEmitter();
  },
};

/** Back to a system on which nothing has happened. */
export function reset(): void {
  recorded = fresh();
  app.removeAllListeners();
  ipcMain.removeAllListeners();
  ipcRenderer.removeAllListeners();
  Object.assign(system, { isFirstInstance: true, proxy: 'DIRECT', locale: 'en-GB', dataDir: '' });
}
