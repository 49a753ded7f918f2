import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import yauzl from 'yauzl';
import { AppError } from '../../../../shared/rpc/errors.ts';

/** What the files of an archive may come to, in all. */
const maxInflatedBytes = 2 * 1024 * 1024 * 1024;
const maxEntries = 200_000;
const isConversationsFile = /^(?:.*\/)?conversations(?:-\d+)?\.json$/u;

/** A stretch of a file, and how much of all is behind it. */
export interface ImportPiece {
  readonly bytes: Buffer;
  /** 0 to 1. */
  readonly share: number;
  /** The first of a file; an archive may hold several. */
  readonly isFirst: boolean;
}

/**
 * The bytes of a file of conversations, or of those inside the archive that ChatGPT sends. Inflated as they are read and never more
 * than the archive's directory says, so that a bomb stays small. Throws AppError FILE_DAMAGED, FILE_ENCRYPTED, FILE_ARCHIVE_BOMB or
 * IMPORT_FILE_INVALID.
 */
export async function* importPieces(filePath: string): AsyncGenerator<ImportPiece> {
  if (await isArchive(filePath)) yield* archivePieces(filePath);
  else yield* streamPieces(createReadStream(filePath, { highWaterMark: 256 * 1024 }), await sizeOf(filePath), 0);
}

async function isArchive(filePath: string): Promise<boolean> {
  const file = await open(filePath);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === 'PK\u0003\u0004';
  } finally {
    await file.close();
  }
}

async function sizeOf(filePath: string): Promise<number> {
  const file = await open(filePath);
  try {
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

async function* streamPieces(stream: AsyncIterable<unknown>, totalBytes: number, before: number): AsyncGenerator<ImportPiece> {
  let doneBytes = before;
  let isFirst = true;
  for await (const chunk of stream) {
    // Streams of bytes; no encoding is set on them.
    const bytes = chunk as Buffer;
    doneBytes += bytes.length;
    yield { bytes, share: Math.min(1, doneBytes / totalBytes), isFirst };
    isFirst = false;
  }
}

async function* archivePieces(filePath: string): AsyncGenerator<ImportPiece> {
  let archive: yauzl.ZipFile | null = null;
  try {
    archive = await yauzl.openPromise(filePath, { lazyEntries: true, autoClose: false });
    if (archive.entryCount > maxEntries) throw new AppError('FILE_ARCHIVE_BOMB', 'The archive has too many entries.');
    const entries: yauzl.Entry[] = [];
    for await (const entry of archive.eachEntry()) if (isConversationsFile.test(entry.fileName)) entries.push(entry);
    const totalBytes = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
    if (entries.length === 0) throw new AppError('IMPORT_FILE_INVALID', 'The archive holds no conversations.');
    if (entries.some((entry) => entry.isEncrypted())) throw new AppError('FILE_ENCRYPTED', 'The archive is encrypted.');
    if (totalBytes > maxInflatedBytes) throw new AppError('FILE_ARCHIVE_BOMB', 'The archive inflates to too much.');
    let before = 0;
    for (const entry of entries) {
      yield* streamPieces(await archive.openReadStreamPromise(entry), totalBytes, before);
      before += entry.uncompressedSize;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('FILE_DAMAGED', 'The archive cannot be read.', { cause: error });
  } finally {
    archive?.close();
  }
}
