import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { maxFileBytes, maxUploadChunkBytes } from '../../../shared/contract/documents.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { createIncomingFiles } from '../incoming-files.ts';

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

interface NamedFile {
  readonly name: string;
  readonly collectionId: string | null;
}

export type Uploads = ReturnType<typeof createUploads>;

/**
 * Takes files in pieces into `dataDir/uploads` and puts them, once whole, under `dataDir/documents/<SHA-256>`.
 * Only what stands there is ever read; the user's own files are not touched again.
 */
export function createUploads(options: { readonly dataDir: string; readonly newId: () => string; readonly now: () => number }) {
  const documentsDir = path.join(options.dataDir, 'documents');
  const files = createIncomingFiles<NamedFile>({
    dir: path.join(options.dataDir, 'uploads'),
    maxBytes: maxFileBytes,
    maxFiles: maxOpenUploads,
    staleAfterMs,
    newId: options.newId,
    now: options.now,
  });

  /** Throws AppError FILE_EMPTY, FILE_TOO_LARGE, TOO_MANY_REQUESTS or DISK_FULL. */
  const begin = ({ sizeBytes, name, collectionId }: NamedFile & { readonly sizeBytes: number }): Promise<string> =>
    files.begin(sizeBytes, { name, collectionId });

  /** Puts the file in its place. Throws AppError NOT_FOUND, UPLOAD_INCOMPLETE when bytes are missing, or DISK_FULL. */
  async function finish(uploadId: string): Promise<ReceivedFile> {
    const { path: filePath, contentHash, sizeBytes, note } = await files.take(uploadId);
    await rename(filePath, pathOf(contentHash));
    return { ...note, sizeBytes, contentHash };
  }

  /** Where the bytes of a document lie. */
  function pathOf(contentHash: string): string {
    return path.join(documentsDir, contentHash);
  }

  return {
    begin,
    append: files.append,
    finish,
    cancel: files.discard,
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
            offset = await files.append(uploadId, offset, chunk.subarray(0, bytesRead));
          }
          return await finish(uploadId);
        } finally {
          await files.discard(uploadId);
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
          offset = await files.append(uploadId, offset, bytes.subarray(offset, offset + maxUploadChunkBytes));
        }
        return await finish(uploadId);
      } finally {
        await files.discard(uploadId);
      }
    },
    /** At start: makes the folders and drops half files of a former run, and files that belong to no document. */
    async prepare(knownHashes: ReadonlySet<string>): Promise<void> {
      await files.prepare();
      await mkdir(documentsDir, { recursive: true, mode: 0o700 });
      for (const name of await readdir(documentsDir)) {
        if (!knownHashes.has(name)) await rm(path.join(documentsDir, name), { recursive: true, force: true });
      }
    },
    close: files.close,
  };
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
