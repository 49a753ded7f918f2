import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { AppError, fromWireError } from '../../../../shared/rpc/errors.ts';
import type { BackupSummary } from './backup-file.ts';
import type { BackupReply, BackupTask } from './backup-worker.ts';

/** Does a task in a thread of its own. Throws AppError: what the task throws, or INTERNAL where the thread died. */
export function runBackupTask(task: BackupTask): Promise<BackupSummary | null> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile(), { workerData: task });
    // Our own thread's reply.
    worker.once('message', (reply: BackupReply) => {
      if ('error' in reply) reject(fromWireError(reply.error));
      else resolve(reply.summary);
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new AppError('INTERNAL', 'The thread ended without an answer.')));
  });
}

/** The thread's program: beside this file in the sources; in a build an entry of its own, beside the bundle or above its chunks. */
function workerFile(): URL {
  const places = ['./backup-worker.ts', './backup-worker.js', '../backup-worker.js'].map((place) => new URL(place, import.meta.url));
  const file = places.find((place) => existsSync(place));
  if (!file) throw new Error('backup-worker is missing from the build.');
  return file;
}
