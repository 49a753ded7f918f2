import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { maxBackupBytes } from '../../../../shared/contract/backup.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { HandlersFor } from '../../../../shared/rpc/define.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { runBackupTask } from './run-backup-task.ts';

type Handlers = HandlersFor<AppContract>;

const pieceBytes = 384 * 1024;
/** Databases pack to a third; far more than this is made to fill a disk. */
const maxInflatedBytes = 16 * maxBackupBytes;

export interface BackupServiceDeps {
  readonly dataDir: string;
  readonly appVersion: string;
  readonly now: () => number;
  readonly newId: () => string;
  readonly pathOfUpload: (fileId: string) => string;
  /** Opens the core anew, on what is staged. */
  readonly restart: () => void;
}

/** All of a data folder out into one file, and back in from one. */
export interface BackupService {
  make: Handlers['backup.make'];
  check: Handlers['backup.check'];
  restore: Handlers['backup.restore'];
}

/** Creates the service. A backup is packed with gzip, whose checksum finds what was damaged on the way. */
export function createBackupService(deps: BackupServiceDeps): BackupService {
  const { dataDir, appVersion, now, newId, pathOfUpload, restart } = deps;

  function draftPath(): string {
    const dir = path.join(dataDir, 'incoming');
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    return path.join(dir, newId());
  }

  async function withDraft<T>(work: (draft: string) => Promise<T>): Promise<T> {
    const draft = draftPath();
    try {
      return await work(draft);
    } finally {
      await rm(draft, { force: true });
    }
  }

  /** Packs the present data into a file. */
  const packInto = (target: string): Promise<void> =>
    withDraft(async (draft) => {
      await runBackupTask({ kind: 'write', dataDir, target: draft, madeAt: now(), appVersion });
      await pipeline(createReadStream(draft), createGzip({ level: 4 }), createWriteStream(target, { mode: 0o600, flush: true }));
    });

  return {
    async *make() {
      const packed = draftPath();
      try {
        await packInto(packed);
        for await (const bytes of createReadStream(packed, { highWaterMark: pieceBytes })) {
          // A stream of bytes; no encoding is set on it.
          yield { base64: (bytes as Buffer).toString('base64') };
        }
      } finally {
        await rm(packed, { force: true });
      }
    },
    check: ({ fileId }) =>
      withDraft(async (draft) => {
        await unpack(pathOfUpload(fileId), draft);
        return checked(draft);
      }),
    async restore({ fileId }) {
      const keptAs = `before-restore-${new Date(now()).toISOString().replaceAll(/[:.]/gu, '-')}.db.gz`;
      await withDraft(async (draft) => {
        await unpack(pathOfUpload(fileId), draft);
        await checked(draft);
        await mkdir(path.join(dataDir, 'backups'), { recursive: true, mode: 0o700 });
        await packInto(path.join(dataDir, 'backups', keptAs));
        await runBackupTask({ kind: 'stage', file: draft, dataDir });
      });
      // After the answer has left.
      setImmediate(restart);
      return { keptAs: path.join('backups', keptAs) };
    },
  };
}

async function checked(file: string) {
  const summary = await runBackupTask({ kind: 'check', file });
  if (summary === null) throw new AppError('INTERNAL', 'The check came to nothing.');
  return { ...summary };
}

async function unpack(packed: string, target: string): Promise<void> {
  let size = 0;
  try {
    await pipeline(
      createReadStream(packed),
      createGunzip(),
      async function* limited(source: AsyncIterable<Buffer>) {
        for await (const bytes of source) {
          size += bytes.length;
          if (size > maxInflatedBytes) throw new AppError('FILE_ARCHIVE_BOMB', 'The file inflates to too much.');
          yield bytes;
        }
      },
      createWriteStream(target, { mode: 0o600 }),
    );
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw new AppError('DISK_FULL', 'The disk is full.');
    throw new AppError('BACKUP_INVALID', 'Not a packed file, or a damaged one.', { cause: error });
  }
}
