import { open, mkdir, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../shared/rpc/errors.ts';

interface IncomingFile {
  readonly path: string;
  readonly file: FileHandle;
  readonly sizeBytes: number;
  receivedBytes: number;
}

/** A page sends one; more are left by pages that went away, and the oldest goes. */
const maxFiles = 4;

/** Takes files in pieces into `dataDir/incoming`, for as long as they are needed. Nothing of them outlives the process for long. */
export function createIncomingFiles(options: { readonly dataDir: string; readonly maxBytes: number; readonly newId: () => string }) {
  const { maxBytes, newId } = options;
  const dir = path.join(options.dataDir, 'incoming');
  const files = new Map<string, IncomingFile>();

  function fileOf(fileId: string): IncomingFile {
    const incoming = files.get(fileId);
    if (incoming === undefined) throw new AppError('NOT_FOUND', 'No such file.');
    return incoming;
  }

  async function discard(fileId: string): Promise<void> {
    const incoming = files.get(fileId);
    if (incoming === undefined) return;
    files.delete(fileId);
    await incoming.file.close();
    await rm(incoming.path, { force: true });
  }

  return {
    /** At start: drops what a former run left. */
    prepare: () => rm(dir, { recursive: true, force: true }),
    /** Throws AppError FILE_EMPTY, FILE_TOO_LARGE or DISK_FULL. */
    async begin(sizeBytes: number): Promise<string> {
      if (sizeBytes === 0) throw new AppError('FILE_EMPTY', 'The file is empty.');
      if (sizeBytes > maxBytes) {
        throw new AppError('FILE_TOO_LARGE', 'The file is too large.', { data: { limitMegabytes: maxBytes / 1024 / 1024 } });
      }
      await mkdir(dir, { recursive: true, mode: 0o700 });
      for (const stale of [...files.keys()].slice(0, Math.max(0, files.size - maxFiles + 1))) await discard(stale);
      const fileId = newId();
      const filePath = path.join(dir, fileId);
      files.set(fileId, { path: filePath, file: await open(filePath, 'wx+', 0o600), sizeBytes, receivedBytes: 0 });
      return fileId;
    },
    /** Throws AppError UPLOAD_INCOMPLETE when the piece does not follow the one before, or DISK_FULL. */
    async append(fileId: string, offset: number, bytes: Uint8Array): Promise<void> {
      const incoming = fileOf(fileId);
      if (offset !== incoming.receivedBytes || offset + bytes.length > incoming.sizeBytes) {
        throw new AppError('UPLOAD_INCOMPLETE', 'The piece does not follow the one before.');
      }
      incoming.receivedBytes += bytes.length;
      try {
        await incoming.file.write(bytes, 0, bytes.length, offset);
      } catch (cause) {
        throw new AppError('DISK_FULL', 'The disk is full.', { cause });
      }
    },
    /** Where a file lies that has arrived whole. Throws AppError NOT_FOUND or UPLOAD_INCOMPLETE. */
    pathOf(fileId: string): string {
      const incoming = fileOf(fileId);
      if (incoming.receivedBytes !== incoming.sizeBytes) throw new AppError('UPLOAD_INCOMPLETE', 'Bytes are missing.');
      return incoming.path;
    },
    discard,
    async close(): Promise<void> {
      for (const fileId of files.keys()) await discard(fileId);
    },
  };
}
