import type { IpcMain, MessageChannelMain, MessagePortMain, WebFrameMain } from 'electron';
import { portMessage } from '../../../shared/rpc/handshake.ts';
import type { Transport } from '../../../shared/rpc/protocol.ts';
import { isPageUrl } from './app-protocol.ts';

export interface PortHandOver {
  readonly ipcMain: Pick<IpcMain, 'on'>;
  readonly createChannel: () => MessageChannelMain;
  readonly accept: (transport: Transport) => void;
}

/** Gives each page that asks for one a port to the core: only to the top frame of our own page. */
export function handOverPorts({ ipcMain, createChannel, accept }: PortHandOver): void {
  ipcMain.on(portMessage, (event) => {
    if (!isOwnTopFrame(event.senderFrame)) return;
    const { port1, port2 } = createChannel();
    accept(messagePortTransport(port1));
    event.senderFrame.postMessage(portMessage, null, [port2]);
  });
}

function isOwnTopFrame(frame: WebFrameMain | null): frame is WebFrameMain {
  return frame !== null && frame.parent === null && isPageUrl(frame.url);
}

function messagePortTransport(port: MessagePortMain): Transport {
  return {
    // A port between processes, not a window: it has no origin to name.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    send: (frame) => port.postMessage(frame),
    onFrame(listener) {
      port.on('message', (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => void port.on('close', listener),
    close: () => port.close(),
  };
}
