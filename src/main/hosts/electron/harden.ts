import type { App, Session, Shell, WebContents } from 'electron';
import { isPageUrl } from './app-protocol.ts';

/** What a link may open outside; anything else could start a program. */
const outsideProtocols: ReadonlySet<string> = new Set(['https:', 'http:', 'mailto:']);

/** All the page may do beyond showing itself: copying an answer, and telling that one is there where the person wishes it. */
const grantedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'notifications']);

/** Reading of a folder that was chosen in the system's dialog. */
function isReading(details: object): boolean {
  return 'fileAccessType' in details && details.fileAccessType === 'readable';
}

/** Puts the guards on everything that is ever created, so that no caller can forget them. */
export function hardenApp(app: Pick<App, 'on'>, shell: Pick<Shell, 'openExternal'>): void {
  app.on('web-contents-created', (_event, contents) => hardenContents(contents, shell));
}

function hardenContents(contents: WebContents, shell: Pick<Shell, 'openExternal'>): void {
  const stay = (event: { preventDefault(): void; readonly url: string }): void => {
    if (!isPageUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const parsed = URL.parse(url);
    // The parsed form goes out, not the text it came as.
    if (parsed !== null && outsideProtocols.has(parsed.protocol)) void shell.openExternal(parsed.href);
    return { action: 'deny' };
  });
}

/** Electron grants every permission unless told otherwise. */
export function denyPermissions(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>,
): void {
  const isGranted = (url: string, permission: string, details: object): boolean =>
    isPageUrl(url) && (grantedPermissions.has(permission) || (permission === 'fileSystem' && isReading(details)));
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    answer(isGranted(contents.getURL(), permission, details));
  });
  session.setPermissionCheckHandler((contents, permission, _origin, details) => {
    return contents !== null && isGranted(contents.getURL(), permission, details);
  });
  session.setDevicePermissionHandler(() => false);
}
