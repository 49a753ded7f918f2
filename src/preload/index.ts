import { contextBridge, ipcRenderer } from 'electron';
import { hostGlobal, portMessage, portRequestMessage } from '../shared/rpc/handshake.ts';

/** The page's window, as far as this file uses it: the preload is compiled without the DOM's types. */
declare const window: {
  addEventListener(type: 'message', listener: (event: { readonly source: unknown; readonly data: unknown }) => void): void;
  postMessage(message: string, targetOrigin: string, transfer: unknown[]): void;
  readonly location: { readonly origin: string };
};

// The page learns one word and gets one port. It sees nothing of Electron, and this file knows no route.
contextBridge.exposeInMainWorld(hostGlobal, 'electron');
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === portRequestMessage) ipcRenderer.send(portMessage);
});
ipcRenderer.on(portMessage, (event) => window.postMessage(portMessage, window.location.origin, [event.ports[0]]));
