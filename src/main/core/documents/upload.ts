import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { maxFileBytes, maxUploadChunkBytes } from '../../../shared/contract/documents.ts';
import { AppError } from '../../../shared/rpc/errors.ts';

/** Files being sent at once. A page sends a few; more are pages that went away. */
const maxOpenUploads = 64;
/** An upload nothing has come for in this long is given up when its place is needed. */
const staleAfterMs = 5 * 60_000;

/** A file that arrived whole and lies in its place. */
export interface ReceivedFile {
  readonly name: string;
  readonly collectionId: string | null;
  readonly sizeBytes: number;
  /** SHA-256, hex. */
  readonly contentHash: string;
  /** What its server calls it, where that is known; else its name tells. */
  readonly mediaType?: string;
}

interface Upload {
  readonly name: string;
  readonly collectionId: string | null;
  readonly sizeBytes: number;
  readonly tempPath: string;
  readonly file: FileHandle;
  readonly hash: Hash;
  receivedBytes: number;
  lastUsedAt: number;
  /** Chunks are written one after the other, however fast they come. */
  writing: Promise<unknown>;
}

export type Uploads = ReturnType<typeof createUploads>;

/**
 * Takes files in pieces into `dataDir/uploads` and puts them, once whole, under `dataDir/documents/<SHA-256>`.
 * Only what stands there is ever read; the user's own files are not touched again.
 */
export function createUploads(options: { readonly dataDir: string; readonly newId: () => string; readonly now: () => number }) {
  const uploadsDir = path.join(options.dataDir, 'uploads');
  const documentsDir = path.join(options.dataDir, 'documents');
  const uploads = new Map<string, Upload>();

  function uploadOf(uploadId: string): Upload {
    const upload = uploads.get(uploadId);
    if (upload === undefined) throw new AppError('NOT_FOUND', 'No such upload.');
    return upload;
  }

  async function discard(uploadId: string): Promise<void> {
    const upload = uploads.get(uploadId);
    if (upload === undefined) return;
    uploads.delete(uploadId);
    await upload.writing.catch(() => undefined);
    await upload.file.close();
    await rm(upload.tempPath, { force: true });
  }

  async function makeRoom(): Promise<void> {
    if (uploads.size < maxOpenUploads) return;
    const stale = [...uploads].filter(([, { lastUsedAt }]) => options.now() - lastUsedAt > staleAfterMs);
    for (const [uploadId] of stale) await discard(uploadId);
    if (uploads.size >= maxOpenUploads) throw new AppError('TOO_MANY_REQUESTS', 'Too many files are being sent at once.');
  }

  /** Throws AppError FILE_EMPTY or FILE_TOO_LARGE. */
  async function begin(request: { name: string; collectionId: string | null; sizeBytes: number }): Promise<string> {
    assertSize(request.sizeBytes);
    await makeRoom();
    const uploadId = options.newId();
    const tempPath = path.join(uploadsDir, uploadId);
    const file = await orDiskFull(() => open(tempPath, 'wx', 0o600));
    const upload = {
      ...request,
      tempPath,
      file,
      hash: createHash('sha256'),
      receivedBytes: 0,
      lastUsedAt: options.now(),
      writing: Promise.resolve(),
    };
    uploads.set(uploadId, upload);
    return uploadId;
  }

  /** Appends bytes. Throws AppError UPLOAD_INCOMPLETE when `offset` is not where the last piece ended, or when it is too much. */
  async function append(uploadId: string, offset: number, bytes: Uint8Array): Promise<number> {
    const upload = uploadOf(uploadId);
    if (offset !== upload.receivedBytes || offset + bytes.length > upload.sizeBytes || bytes.length > maxUploadChunkBytes) {
      throw new AppError('UPLOAD_INCOMPLETE', 'The piece does not follow the one before.', {
        data: { receivedBytes: upload.receivedBytes },
      });
    }
    upload.receivedBytes += bytes.length;
    upload.lastUsedAt = options.now();
    upload.hash.update(bytes);
    // Once a write has failed the file has a hole: all later ones, and the end, fail with it.
    upload.writing = upload.writing.then(() => upload.file.appendFile(bytes));
    await orDiskFull(() => upload.writing);
    return upload.receivedBytes;
  }

  /** Puts the file in its place. Throws AppError UPLOAD_INCOMPLETE when bytes are missing. */
  async function finish(uploadId: string): Promise<ReceivedFile> {
    const upload = uploadOf(uploadId);
    if (upload.receivedBytes !== upload.sizeBytes) throw new AppError('UPLOAD_INCOMPLETE', 'Bytes are missing.');
    uploads.delete(uploadId);
    try {
      await orDiskFull(() => upload.writing);
      await orDiskFull(() => upload.file.sync());
    } catch (error) {
      await upload.file.close();
      await rm(upload.tempPath, { force: true });
      throw error;
    }
    await upload.file.close();
    const contentHash = upload.hash.digest('hex');
    await rename(upload.tempPath, pathOf(contentHash));
    return { name: upload.name, collectionId: upload.collectionId, sizeBytes: upload.sizeBytes, contentHash };
  }

  /** Where the bytes of a document lie. */
  function pathOf(contentHash: string): string {
    return path.join(documentsDir, contentHash);
  }

  return {
    begin,
    append,
    finish,
    cancel: discard,
    pathOf,
    /** Copies a file of the user's in. Throws AppError NOT_FOUND, FILE_UNSUPPORTED (not a regular file), FILE_EMPTY or FILE_TOO_LARGE. */
    async addFile(filePath: string, collectionId: string | null): Promise<ReceivedFile> {
      const source = await openRegularFile(filePath);
      try {
        const uploadId = await begin({ name: path.basename(filePath), collectionId, sizeBytes: (await source.stat()).size });
        try {
          const chunk = Buffer.alloc(maxUploadChunkBytes);
          for (let offset = 0; ;) {
            const { bytesRead } = await source.read(chunk, 0, chunk.length, offset);
            if (bytesRead === 0) break;
            offset = await append(uploadId, offset, chunk.subarray(0, bytesRead));
          }
          return await finish(uploadId);
        } finally {
          await discard(uploadId);
        }
      } finally {
        await source.close();
      }
    },
    /** Stores bytes that are here already. Throws AppError FILE_EMPTY, FILE_TOO_LARGE or DISK_FULL. */
    async addBytes(name: string, collectionId: string | null, bytes: Uint8Array): Promise<ReceivedFile> {
      const uploadId = await begin({ name, collectionId, sizeBytes: bytes.length });
      try {
        for (let offset = 0; offset < bytes.length;) {
          offset = await append(uploadId, offset, bytes.subarray(offset, offset + maxUploadChunkBytes));
        }
        return await finish(uploadId);
      } finally {
        await discard(uploadId);
      }
    },
    /** At start: makes the folders and drops half files of a former run, and files that belong to no document. */
    async prepare(knownHashes: ReadonlySet<string>): Promise<void> {
      await rm(uploadsDir, { recursive: true, force: true });
      for (const dir of [uploadsDir, documentsDir]) await mkdir(dir, { recursive: true, mode: 0o700 });
      for (const name of await readdir(documentsDir)) {
        if (!knownHashes.has(name)) await rm(path.join(documentsDir, name), { recursive: true, force: true });
      }
    },
    async close(): Promise<void> {
      for (const uploadId of uploads.keys()) await discard(uploadId);
    },
  };
}

function assertSize(sizeBytes: number): void {
  if (sizeBytes === 0) throw new AppError('FILE_EMPTY', 'The file is empty.');
  if (sizeBytes <= maxFileBytes) return;
  throw new AppError('FILE_TOO_LARGE', 'The file is too large.', { data: { limitMegabytes: maxFileBytes / 1024 / 1024 } });
}

async function openRegularFile(filePath: string): Promise<FileHandle> {
  try {
    // Opening a pipe would wait for a writer; `stat` tells first, and O_NONBLOCK covers a swap in between.
    if (!(await stat(filePath)).isFile()) {
      throw new AppError('FILE_UNSUPPORTED', 'Not a regular file.', { data: { reason: 'not_a_file' } });
    }
    return await open(filePath, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('NOT_FOUND', 'The file cannot be opened.', { cause: error });
  }
}

async function orDiskFull<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isFull = error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
    throw isFull ? new AppError('DISK_FULL', 'The disk is full.', { cause: error }) : error;
  }
}
