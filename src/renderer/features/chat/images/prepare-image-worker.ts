import type { ErrorCode } from '../../../../shared/error-codes.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { prepareImage, type PreparedImage } from './prepare-image.ts';

export type PrepareReply = { readonly image: PreparedImage } | { readonly code: ErrorCode };

async function reply(file: File): Promise<PrepareReply> {
  try {
    return { image: await prepareImage(file) };
  } catch (error) {
    return { code: error instanceof AppError ? error.code : 'IMAGE_DAMAGED' };
  }
}

globalThis.addEventListener('message', ({ data }: MessageEvent<File>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
  void reply(data).then((answer) => globalThis.postMessage(answer));
});
