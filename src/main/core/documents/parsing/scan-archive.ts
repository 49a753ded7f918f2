import yauzl from 'yauzl';
import { AppError } from '../../../../shared/rpc/errors.ts';

/** What an office file or e-book may inflate to, in all. */
const maxInflatedBytes = 200 * 1024 * 1024;
/** Inflated to packed. Real documents stay below 30; bombs start at some hundreds. */
const maxRatio = 100;
/** Small files of repetitive XML reach any ratio harmlessly. */
const ratioFloorBytes = 10 * 1024 * 1024;
const maxEntries = 10_000;

/** Names that mark an e-book whose chapters are locked (Adobe, Apple, Readium LCP). */
const lockedBookEntries = ['META-INF/rights.xml', 'META-INF/sinf.xml', 'META-INF/license.lcpl'];

/**
 * Reads a ZIP container's directory, then inflates every entry into nothing, so that no parser is handed an archive
 * that is larger than it says. Buffers lie outside the heap cap of the process, so the cap alone would not stop one.
 * Returns the entry names. Throws AppError FILE_ARCHIVE_BOMB, FILE_ENCRYPTED or FILE_DAMAGED.
 */
export async function scanArchive(filePath: string): Promise<ReadonlySet<string>> {
  const archive = await asDamaged(() => yauzl.openPromise(filePath, { lazyEntries: true, autoClose: false }));
  try {
    if (archive.entryCount > maxEntries) {
      throw new AppError('FILE_ARCHIVE_BOMB', 'The archive has too many entries.', {
        data: { reason: 'too_many_entries', limitEntries: maxEntries },
      });
    }
    const entries = await asDamaged(() => readEntries(archive));
    assertWithinLimits(entries);
    for (const entry of entries) await asDamaged(() => inflateAndDrop(archive, entry));
    return new Set(entries.map((entry) => entry.fileName));
  } finally {
    archive.close();
  }
}

async function readEntries(archive: yauzl.ZipFile): Promise<yauzl.Entry[]> {
  const entries: yauzl.Entry[] = [];
  for await (const entry of archive.eachEntry()) entries.push(entry);
  return entries;
}

function assertWithinLimits(entries: readonly yauzl.Entry[]): void {
  let packedBytes = 0;
  let inflatedBytes = 0;
  for (const entry of entries) {
    if (entry.isEncrypted() || lockedBookEntries.includes(entry.fileName)) {
      throw new AppError('FILE_ENCRYPTED', 'The archive is encrypted.');
    }
    packedBytes += entry.compressedSize;
    inflatedBytes += entry.uncompressedSize;
  }
  if (inflatedBytes > maxInflatedBytes) throw bomb('The archive inflates to too much.');
  if (inflatedBytes > ratioFloorBytes && inflatedBytes > packedBytes * maxRatio) throw bomb('The archive is packed too tightly.');
}

async function inflateAndDrop(archive: yauzl.ZipFile, entry: yauzl.Entry): Promise<void> {
  if (entry.fileName.endsWith('/')) return;
  const stream = await archive.openReadStreamPromise(entry);
  for await (const _ of stream) {
    // yauzl ends the stream with an error as soon as there is more than the directory declared.
  }
}

async function asDamaged<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('FILE_DAMAGED', 'The archive cannot be read.', { cause: error });
  }
}

function bomb(message: string): AppError {
  return new AppError('FILE_ARCHIVE_BOMB', message, { data: { limitMegabytes: maxInflatedBytes / 1024 / 1024 } });
}
