import { z } from 'zod';
import { maxImageBytes, maxImageCount } from '../image-limits.ts';
import { call } from '../rpc/define.ts';

/** SHA-256 of its bytes, hex. */
const imageId = z.string().regex(/^[0-9a-f]{64}$/u);

/** An image that goes along with a question. */
export const imageUse = z.object({
  id: imageId,
  /** Of the file it came from. */
  name: z.string().trim().min(1).max(200),
});
export type ImageUse = z.infer<typeof imageUse>;

/** The same with its size in pixels, as it is kept. */
export const attachedImage = imageUse.extend({ width: z.int().positive(), height: z.int().positive() });
export type AttachedImage = z.infer<typeof attachedImage>;

export const imageUses = z.array(imageUse).max(maxImageCount).default([]);

export const images = {
  /**
   * Keeps an image: a PNG, JPEG or WebP no larger than a model makes use of. The same bytes again give the same id. It is there as long as
   * a question or a draft has it, and at least until the next start. Throws AppError IMAGE_UNSUPPORTED, IMAGE_TOO_LARGE or IMAGE_DAMAGED.
   */
  'images.add': call({
    input: z.object({ base64: z.string().max(Math.ceil(maxImageBytes / 3) * 4) }),
    output: attachedImage.omit({ name: true }),
  }),
  'images.read': call({ input: z.object({ imageId }), output: z.object({ base64: z.string(), mediaType: z.string() }) }),
};
