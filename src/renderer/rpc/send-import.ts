import { AppError } from '../../shared/rpc/errors.ts';
import { rpc } from './connection.ts';
import { chunkBytes, readPiece, toBase64 } from './upload-file.ts';

/**
 * Hands a file of conversations to the core in pieces; resolves with its id there, which is to be discarded at the end.
 * `onProgress` gets the share sent so far, 0 to 1. Throws AppError: what the core says, CANCELLED, or FILE_DAMAGED.
 */
export async function sendImport(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<string> {
  const { fileId } = await rpc.call('imports.begin', { sizeBytes: file.size });
  try {
    for (let offset = 0; offset < file.size; offset += chunkBytes) {
      if (signal.aborted) throw new AppError('CANCELLED');
      await rpc.call('imports.append', { fileId, offset, base64: toBase64(await readPiece(file, offset)) });
      onProgress(Math.min(1, (offset + chunkBytes) / file.size));
    }
    return fileId;
  } catch (error) {
    discardImport(fileId);
    throw error;
  }
}

/** Lets a file go. It goes at the next start all the same. */
export function discardImport(fileId: string): void {
  void rpc.call('imports.discard', { fileId }).catch(() => undefined);
}
