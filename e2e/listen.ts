import type { AddressInfo, Server } from 'node:net';

/** Lets a server listen on this computer alone, at any free port; resolves with the port. */
export async function listen(server: Pick<Server, 'listen' | 'address'>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an AddressInfo.
  return (server.address() as AddressInfo).port;
}
