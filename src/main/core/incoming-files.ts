import { createHash, type Hash } from 'node:crypto';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { maxUploadChunkBytes } from '../../shared/contract/documents.ts';
import { AppError } from '../../shared/rpc/errors.ts';

interface IncomingFile<Note> {
  readonly note: Note;
  readonly path: string;
  readonly sizeBytes: number;
  readonly file: FileHandle;
  readonly hash: Hash;
  receivedBytes: number;
  lastUsedAt: number;
  /** Pieces are written one after the other, however fast they come. */
  writing: Promise<unknown>;
}

interface IncomingFilesOptions {
  /** A folder for them alone. */
  readonly dir: string;
  /** Largest file. */
  readonly maxBytes: number;
  /** Files at once. A page sends a few; more are pages that went away. */
  readonly maxFiles: number;
  /** A file nothing has come for in this long makes room for another when there is none. */
  readonly staleAfterMs: number;
  readonly newId: () => string;
  readonly now: () => number;
}

/**
 * Takes files in pieces into a folder. Nothing there outlives the process for long; who wants to keep a file takes it out.
 * `Note`: what is to be remembered of a file until then.
 */
export function createIncomingFiles<Note>({ dir, maxBytes, maxFiles, staleAfterMs, newId, now }: IncomingFilesOptions) {
  const files = new Map<string, IncomingFile<Note>>();

  function fileOf(fileId: string): IncomingFile<Note> {
    const incoming = files.get(fileId);
    if (incoming === undefined) throw new AppError('NOT_FOUND', 'No such file.');
    return incoming;
  }

  function wholeFileOf(fileId: string): IncomingFile<Note> {
    const incoming = fileOf(fileId);
    if (incoming.receivedBytes !== incoming.sizeBytes) throw new AppError('UPLOAD_INCOMPLETE', 'Bytes are missing.');
    return incoming;
  }

  async function discard(fileId: string): Promise<void> {
    const incoming = files.get(fileId);
    if (incoming === undefined) return;
    files.delete(fileId);
    await incoming.writing.catch(() => undefined);
    await incoming.file.close();
    await rm(incoming.path, { force: true });
  }

  async function makeRoom(): Promise<void> {
    if (files.size < maxFiles) return;
    const [oldest] = [...files].toSorted(([, a], [, b]) => a.lastUsedAt - b.lastUsedAt);
    if (oldest === undefined || now() - oldest[1].lastUsedAt < staleAfterMs) {
      throw new AppError('TOO_MANY_REQUESTS', 'Too many files are being sent at once.');
    }
    await discard(oldest[0]);
  }

  return {
    /** At start: drops what a former run left. */
    async prepare(): Promise<void> {
      await rm(dir, { recursive: true, force: true });
      await mkdir(dir, { recursive: true, mode: 0o700 });
    },
    /** Throws AppError FILE_EMPTY, FILE_TOO_LARGE, TOO_MANY_REQUESTS or DISK_FULL. */
    async begin(sizeBytes: number, note: Note): Promise<string> {
      if (sizeBytes === 0) throw new AppError('FILE_EMPTY', 'The file is empty.');
      if (sizeBytes > maxBytes) {
        throw new AppError('FILE_TOO_LARGE', 'The file is too large.', { data: { limitMegabytes: maxBytes / 1024 / 1024 } });
      }
      await makeRoom();
      const fileId = newId();
      const filePath = path.join(dir, fileId);
      const file = await orDiskFull(() => open(filePath, 'wx', 0o600));
      const hash = createHash('sha256');
      files.set(fileId, { note, path: filePath, sizeBytes, file, hash, receivedBytes: 0, lastUsedAt: now(), writing: Promise.resolve() });
      return fileId;
    },
    /**
     * Appends bytes; returns how many there are now. Throws AppError UPLOAD_INCOMPLETE when `offset` is not where the last piece
     * ended, or when it is too much, and DISK_FULL.
     */
    async append(fileId: string, offset: number, bytes: Uint8Array): Promise<number> {
      const incoming = fileOf(fileId);
      if (offset !== incoming.receivedBytes || offset + bytes.length > incoming.sizeBytes || bytes.length > maxUploadChunkBytes) {
        throw new AppError('UPLOAD_INCOMPLETE', 'The piece does not follow the one before.', {
          data: { receivedBytes: incoming.receivedBytes },
        });
      }
      incoming.receivedBytes += bytes.length;
      incoming.lastUsedAt = now();
      incoming.hash.update(bytes);
      // Once a write has failed the file has a hole: all later ones, and the end, fail with it.
      incoming.writing = incoming.writing.then(() => incoming.file.appendFile(bytes));
      await orDiskFull(() => incoming.writing);
      return incoming.receivedBytes;
    },
    /** Where a file lies that has arrived whole. Throws AppError NOT_FOUND or UPLOAD_INCOMPLETE. */
    pathOf: (fileId: string): string => wholeFileOf(fileId).path,
    /**
     * Lets go of a file that has arrived whole and lies on disk: where, its SHA-256 in hex, and what was noted. Throws AppError NOT_FOUND,
     * UPLOAD_INCOMPLETE or DISK_FULL; after the last the file is gone.
     */
    async take(fileId: string): Promise<{ path: string; contentHash: string; sizeBytes: number; note: Note }> {
      const incoming = wholeFileOf(fileId);
      files.delete(fileId);
      try {
        await orDiskFull(() => incoming.writing);
        await orDiskFull(() => incoming.file.sync());
      } catch (error) {
        await incoming.file.close();
        await rm(incoming.path, { force: true });
        throw error;
      }
      await incoming.file.close();
      const { path: filePath, sizeBytes, note } = incoming;
      return { path: filePath, contentHash: incoming.hash.digest('hex'), sizeBytes, note };
    },
    discard,
    async close(): Promise<void> {
      for (const fileId of files.keys()) await discard(fileId);
    },
  };
}

async function orDiskFull<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isFull = error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
    throw isFull ? new AppError('DISK_FULL', 'The disk is full.', { cause: error }) : error;
  }
}
