import type { Transport } from './protocol.ts';

/** The two ends of one pipe. */
export interface TransportPair {
  readonly page: Transport;
  readonly core: Transport;
}

/** A pipe inside this process that delivers copies, later, as a real one does. */
export function memoryPair(): TransportPair {
  const ends = [memoryEnd(), memoryEnd()] as const;
  ends[0].connect(ends[1]);
  ends[1].connect(ends[0]);
  return { page: ends[0].transport, core: ends[1].transport };
}

interface MemoryEnd {
  readonly transport: Transport;
  readonly receive: (frame: unknown) => void;
  readonly closed: () => void;
  connect(other: MemoryEnd): void;
}

function memoryEnd(): MemoryEnd {
  const frameListeners = new Set<(frame: unknown) => void>();
  const closeListeners = new Set<() => void>();
  let other: MemoryEnd | undefined;
  let isOpen = true;
  function closed(): void {
    if (!isOpen) return;
    isOpen = false;
    for (const listener of closeListeners) listener();
  }
  return {
    receive(frame) {
      if (isOpen) for (const listener of frameListeners) listener(frame);
    },
    closed,
    connect(end) {
      other = end;
    },
    transport: {
      send(frame) {
        const copy: unknown = structuredClone(frame);
        if (isOpen) queueMicrotask(() => other?.receive(copy));
      },
      onFrame: (listener) => void frameListeners.add(listener),
      onClose: (listener) => void closeListeners.add(listener),
      close() {
        closed();
        queueMicrotask(() => other?.closed());
      },
    },
  };
}
