import type { AppContract } from '../../shared/contract/index.ts';
import type { OutputOf } from '../../shared/rpc/define.ts';
import { AppError } from '../../shared/rpc/errors.ts';
import { rpc } from './connection.ts';

/** Bytes a call carries: a multiple of three, so that the pieces' base64 has no padding inside. */
export const chunkBytes = 384 * 1024;

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  // Spread arguments live on the stack; 32 KiB at a time stays far from its end.
  for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(binary);
}

export interface UploadOptions {
  /** null: the default collection. */
  readonly collectionId: string | null;
  /** File name, or its path inside the chosen folder with `/`. */
  readonly name: string;
  /** Called with the share sent so far, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

export type UploadedFile = OutputOf<AppContract['documents.finishUpload']>;

/**
 * Hands a file to the core in pieces. Resolves once it is stored; reading and indexing go on there.
 * Throws AppError: what the core says about the file, CANCELLED after an abort, FILE_DAMAGED when the
 * browser cannot read it (any more).
 */
export async function uploadFile(file: File, options: UploadOptions): Promise<UploadedFile> {
  const { collectionId, name, onProgress, signal } = options;
  refuseIfAborted(signal);
  const { uploadId } = await rpc.call('documents.beginUpload', { collectionId, name, sizeBytes: file.size });
  try {
    for (let offset = 0; offset < file.size; offset += chunkBytes) {
      refuseIfAborted(signal);
      const bytes = await readPiece(file, offset);
      await rpc.call('documents.uploadChunk', { uploadId, offset, base64: toBase64(bytes) });
      onProgress?.(Math.min(1, (offset + bytes.length) / file.size));
    }
    refuseIfAborted(signal);
    return await rpc.call('documents.finishUpload', { uploadId });
  } catch (error) {
    await rpc.call('documents.cancelUpload', { uploadId }).catch(() => undefined);
    throw error;
  }
}

/** A piece of a file from `offset` on, in bytes. Throws AppError FILE_DAMAGED. */
export async function readPiece(file: File, offset: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(offset, offset + chunkBytes).arrayBuffer());
  } catch (cause) {
    throw new AppError('FILE_DAMAGED', 'the browser could not read the file', { cause });
  }
}

function refuseIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError('CANCELLED');
}
