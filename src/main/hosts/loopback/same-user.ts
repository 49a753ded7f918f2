import { readFile } from 'node:fs/promises';

const tcpTable = '/proc/net/tcp';

/**
 * Whether the process at the other end of a loopback connection belongs to our own user. A one-time token is
 * visible in the process list while the browser starts; this keeps other users of the machine from trading it
 * first. Only Linux can tell; elsewhere the answer is yes and the token's single use has to do.
 */
export async function isSameUser(peerPort: number, ownPort: number): Promise<boolean> {
  const ownUid = process.getuid?.();
  if (process.platform !== 'linux' || ownUid === undefined) return true;
  let table: string;
  try {
    table = await readFile(tcpTable, 'utf8');
  } catch {
    return true;
  }
  return uidOfPeer(table, peerPort, ownPort) === ownUid;
}

/**
 * The owner of the socket 127.0.0.1:`peerPort` that is connected to 127.0.0.1:`ownPort`; null when it is not listed.
 * Columns as in proc_net_tcp: sl, local, remote, state, queues, timers, retransmits, uid.
 */
export function uidOfPeer(table: string, peerPort: number, ownPort: number): number | null {
  const local = `0100007F:${hexPort(peerPort)}`;
  const remote = `0100007F:${hexPort(ownPort)}`;
  for (const line of table.split('\n')) {
    const columns = line.trim().split(/\s+/);
    if (columns[1] === local && columns[2] === remote && columns[7] !== undefined) return Number(columns[7]);
  }
  return null;
}

function hexPort(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}
