import { parentPort, workerData } from 'node:worker_threads';
import { toWireError } from '../../../../shared/rpc/errors.ts';
import { checkBackup, stageBackup, writeBackup, type BackupSummary } from './backup-file.ts';

/** What the thread is started for. */
export type BackupTask =
  | { readonly kind: 'write'; readonly dataDir: string; readonly target: string; readonly madeAt: number; readonly appVersion: string }
  | { readonly kind: 'check'; readonly file: string }
  | { readonly kind: 'stage'; readonly file: string; readonly dataDir: string };

/** How it ended. */
export type BackupReply = { readonly summary: BackupSummary | null } | { readonly error: ReturnType<typeof toWireError> };

function perform(task: BackupTask): BackupSummary | null {
  if (task.kind === 'check') return checkBackup(task.file);
  if (task.kind === 'stage') stageBackup(task.file, task.dataDir);
  else writeBackup(task.dataDir, task.target, task);
  return null;
}

function reply(): BackupReply {
  try {
    // Written by run-backup-task.ts only.
    return { summary: perform(workerData as BackupTask) };
  } catch (error) {
    return { error: toWireError(error) };
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(reply());
