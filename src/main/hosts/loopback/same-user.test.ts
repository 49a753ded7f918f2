import { createServer, connect, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { isSameUser, uidOfPeer } from './same-user.ts';

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 11111 1 0 100 0 0 10 0
   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 22222 1 0 20 4 30 10 -1
   2: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 33333 1 0 20 4 30 10 -1
`;

it('reads the owner of the other end, not of our own', () => {
  expect(uidOfPeer(table, 50_000, 8_080)).toBe(1_001);
  expect(uidOfPeer(table, 50_001, 8_080)).toBeNull();
});

it('recognises a connection of our own and refuses one that is not there', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  await expect(isSameUser(socket.localPort ?? 0, port)).resolves.toBe(true);
  await expect(isSameUser(1, port)).resolves.toBe(process.platform !== 'linux');
  socket.destroy();
  server.close();
});
