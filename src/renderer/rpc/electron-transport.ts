import { portMessage, portRequestMessage } from '../../shared/rpc/handshake.ts';
import type { Transport } from '../../shared/rpc/protocol.ts';

/** A transport over a MessagePort. A port tells nobody that its other end is gone, so `onClose` fires on `close()` and on the port's own event. */
export function messagePortTransport(port: MessagePort): Transport {
  const closeListeners = new Set<() => void>();
  function closed(): void {
    for (const listener of closeListeners) listener();
    closeListeners.clear();
  }
  port.addEventListener('close', closed);
  return {
    send: (frame) => port.postMessage(frame),
    onFrame(listener) {
      port.addEventListener('message', (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => void closeListeners.add(listener),
    close() {
      port.close();
      closed();
    },
  };
}

/** Asks the preload for a port to the core and waits for it. */
export async function openElectronTransport(): Promise<Transport> {
  const port = await new Promise<MessagePort>((resolve) => {
    window.addEventListener('message', function receive(event: MessageEvent<unknown>) {
      const [received] = event.ports;
      // Only the preload shares this window; a frame or another origin is not it.
      if (event.source !== window || event.data !== portMessage || received === undefined) return;
      window.removeEventListener('message', receive);
      resolve(received);
    });
    window.postMessage(portRequestMessage, window.location.origin);
  });
  return messagePortTransport(port);
}
