import { AppError } from '../../../../shared/rpc/errors.ts';
import type { PreparedImage } from './prepare-image.ts';
import type { PrepareReply } from './prepare-image-worker.ts';

/** Longest wait for one image; the largest that is taken needs a few seconds on a slow computer. */
const patienceMs = 60_000;

/**
 * Makes an image of a file fit to be sent, beside the page's own thread. Its worker ends with it, and what decoding took of memory goes with
 * that. Throws AppError IMAGE_UNSUPPORTED, IMAGE_TOO_LARGE or IMAGE_DAMAGED.
 */
export function prepareInWorker(file: File): Promise<PreparedImage> {
  const worker = new Worker(new URL('./prepare-image-worker.ts', import.meta.url), { type: 'module' });
  const { promise, resolve, reject } = Promise.withResolvers<PreparedImage>();
  const giveUp = (): void => reject(new AppError('IMAGE_DAMAGED'));
  const timer = setTimeout(giveUp, patienceMs);
  worker.addEventListener('message', ({ data }: MessageEvent<PrepareReply>) => {
    if ('image' in data) resolve(data.image);
    else reject(new AppError(data.code));
  });
  worker.addEventListener('error', giveUp);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
  worker.postMessage(file);
  return promise.finally(() => {
    clearTimeout(timer);
    worker.terminate();
  });
}
