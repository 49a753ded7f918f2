import type { AttachedImage } from '../../../../shared/contract/images.ts';
import { rpc } from '../../../rpc/connection.ts';
import { toBase64 } from '../../../rpc/upload-file.ts';
import { prepareInWorker } from './prepare-in-worker.ts';

/** Longest name that is kept, in UTF-16 code units; the contract's limit. */
const maxNameChars = 200;

/** Hands an image to the core, fit to be sent. Throws AppError IMAGE_UNSUPPORTED, IMAGE_TOO_LARGE or IMAGE_DAMAGED. */
export async function keepImage(file: File): Promise<{ readonly image: AttachedImage; readonly isOfAnimation: boolean }> {
  const { bytes, isOfAnimation } = await prepareInWorker(file);
  const kept = await rpc.call('images.add', { base64: toBase64(bytes) });
  const name = file.name.trim().slice(0, maxNameChars).toWellFormed();
  return { image: { ...kept, name: name === '' ? 'image' : name }, isOfAnimation };
}
