import { saveFile } from '../lib/save-file.ts';
import { rpc } from './connection.ts';

/** Has a backup made and saves it. Each piece is handed to the browser as it comes, which keeps large ones on the disk. Throws AppError. */
export async function saveBackup(): Promise<void> {
  const pieces: Blob[] = [];
  const { signal } = new AbortController();
  for await (const { base64 } of rpc.stream('backup.make', undefined, { signal })) {
    pieces.push(new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]));
  }
  saveFile(`tally-backup-${new Date().toISOString().slice(0, 10)}.db.gz`, pieces, 'application/gzip');
}
