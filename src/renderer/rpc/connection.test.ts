import { expect, it } from 'vitest';
import type { ServerFrame, Transport } from '../../shared/rpc/protocol.ts';
import { ConnectionRefused, keepConnected, rpc, useConnectionState } from './connection.ts';

/** A core that answers `app.info` with its own name, until the connection is cut. */
function core(version: string): { transport: Transport; cut: () => void } {
  const frames = new Set<(frame: unknown) => void>();
  const closes = new Set<() => void>();
  const answer = (frame: ServerFrame) => queueMicrotask(() => frames.forEach((listener) => listener(frame)));
  const transport: Transport = {
    send: (frame) => frame.type === 'req' && frame.route === 'app.info' && answer({ type: 'ok', id: frame.id, data: { version } }),
    onFrame: (listener) => void frames.add(listener),
    onClose: (listener) => void closes.add(listener),
    close: () => undefined,
  };
  return { transport, cut: () => closes.forEach((listener) => listener()) };
}

it('lets calls wait for the next connection, and refuses them when there will be none', async () => {
  const [first, second] = [core('first'), core('second')];
  const opened: (() => Promise<Transport>)[] = [
    () => Promise.resolve(first.transport),
    () => Promise.reject(new Error('not yet')),
    () => Promise.resolve(second.transport),
    () => Promise.reject(new ConnectionRefused()),
  ];
  const over = keepConnected(() => opened.shift()?.() ?? Promise.reject(new ConnectionRefused()));

  await expect(rpc.call('app.info', undefined)).resolves.toMatchObject({ version: 'first' });

  const cutOff = rpc.call('settings.get', undefined);
  await Promise.resolve();
  first.cut();
  await expect(cutOff).rejects.toMatchObject({ code: 'DISCONNECTED' });
  await expect(rpc.call('app.info', undefined)).resolves.toMatchObject({ version: 'second' });

  second.cut();
  await over;
  expect(useConnectionState.getState().state).toBe('refused');
  await expect(rpc.call('app.info', undefined)).rejects.toMatchObject({ code: 'DISCONNECTED' });
});
