import { createHash } from 'node:crypto';
import { maxImageBytes, maxImageSide } from '../../../shared/image-limits.ts';
import { readImageHeader, type ImageHeader } from '../../../shared/read-image-header.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { StoredImage } from './image-store.ts';

/**
 * An image as it may be kept, judged by its bytes alone: a whole PNG, JPEG or WebP no larger than the page makes them. It is never
 * decoded here. Throws AppError IMAGE_UNSUPPORTED, IMAGE_TOO_LARGE or IMAGE_DAMAGED.
 */
export function checkImage(bytes: Buffer): StoredImage {
  const header = readImageHeader(bytes);
  if (header === null || header.mediaType === 'image/gif') throw new AppError('IMAGE_UNSUPPORTED', 'Not an image that is kept.');
  const { mediaType, width, height } = header;
  if (bytes.length > maxImageBytes || Math.max(width, height) > maxImageSide)
    throw new AppError('IMAGE_TOO_LARGE', 'The image is too large.');
  if (!isWhole(bytes, mediaType)) throw new AppError('IMAGE_DAMAGED', 'The image ends early.');
  return { id: createHash('sha256').update(bytes).digest('hex'), mediaType, width, height, bytes };
}

function isWhole(bytes: Buffer, mediaType: ImageHeader['mediaType']): boolean {
  if (mediaType === 'image/png') return bytes.subarray(-8, -4).toString('latin1') === 'IEND';
  if (mediaType === 'image/jpeg') return bytes.subarray(-2).toString('hex') === 'ffd9';
  // The size in a RIFF header leaves out the header's own first eight bytes.
  return bytes.length >= bytes.readUInt32LE(4) + 8;
}
