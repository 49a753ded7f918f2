import { open } from 'node:fs/promises';
import { AppError } from '../../../shared/rpc/errors.ts';

/**
 * At most `lengthBytes` of a file from `offset` on; fewer where it ends. Throws AppError NOT_FOUND when the file is not
 * there (any more).
 */
export async function readFilePiece(filePath: string, offset: number, lengthBytes: number): Promise<Buffer> {
  const file = await open(filePath, 'r').catch((cause: unknown) => {
    throw new AppError('NOT_FOUND', 'The stored file cannot be opened.', { cause });
  });
  try {
    const piece = Buffer.alloc(lengthBytes);
    let filled = 0;
    // One read may return less than there is.
    for (;;) {
      const { bytesRead } = await file.read(piece, filled, lengthBytes - filled, offset + filled);
      filled += bytesRead;
      if (bytesRead === 0 || filled === lengthBytes) return piece.subarray(0, filled);
    }
  } finally {
    await file.close();
  }
}
