import { maxImageBytes } from '../../../../shared/image-limits.ts';
import { readImageHeader, type ImageHeader } from '../../../../shared/read-image-header.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { fitSize } from './fit-size.ts';

/** An image as it is kept and sent: drawn anew, and so without anything else its file held. */
export interface PreparedImage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** It is the first picture of an animation. */
  readonly isOfAnimation: boolean;
}

/** Largest file that is read. */
const maxFileBytes = 64 * 1024 * 1024;
/** Most pixels that are decoded, which takes four bytes each: more than phones photograph. */
const maxPixels = 120_000_000;
/** A drawing or a screenshot stays sharp as a PNG; what takes more than this as one is a photograph. */
const maxSharpBytes = 1024 * 1024;
const qualities = [0.9, 0.75, 0.5] as const;

/**
 * Decodes an image, turns it as its camera was held, shrinks it to what models make use of, and encodes it anew: what the file says besides
 * (place, camera, earlier versions) stays behind. Throws AppError IMAGE_UNSUPPORTED, IMAGE_TOO_LARGE or IMAGE_DAMAGED.
 */
export async function prepareImage(file: Blob): Promise<PreparedImage> {
  if (file.size === 0) throw new AppError('IMAGE_DAMAGED', 'The file is empty.');
  if (file.size > maxFileBytes) throw new AppError('IMAGE_TOO_LARGE', 'The file is too large.');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const header = readImageHeader(bytes);
  if (header === null) throw new AppError('IMAGE_UNSUPPORTED', 'Not an image that is taken.');
  if (header.width * header.height > maxPixels) throw new AppError('IMAGE_TOO_LARGE', 'The image has too many pixels.');
  const isOfAnimation = await isAnimated(bytes, header);
  const canvas = await draw(bytes, header);
  const encoded = header.mediaType === 'image/jpeg' ? await encodePhoto(canvas, 'image/jpeg') : await encodeSharp(canvas);
  return { bytes: new Uint8Array(await encoded.arrayBuffer()), isOfAnimation };
}

/** Decoded whole and checked; where the browser cannot tell, it is taken for a picture that stands still. */
async function isAnimated(data: Uint8Array<ArrayBuffer>, { mediaType }: ImageHeader): Promise<boolean> {
  if (!('ImageDecoder' in globalThis)) return false;
  const decoder = new ImageDecoder({ data, type: mediaType });
  try {
    await decoder.tracks.ready;
    return decoder.tracks.selectedTrack?.animated ?? false;
  } catch (cause) {
    throw new AppError('IMAGE_DAMAGED', 'The image cannot be decoded.', { cause });
  } finally {
    decoder.close();
  }
}

async function draw(bytes: Uint8Array<ArrayBuffer>, { mediaType }: ImageHeader): Promise<OffscreenCanvas> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: mediaType }), { imageOrientation: 'from-image' }).catch(
    (cause: unknown) => {
      throw new AppError('IMAGE_DAMAGED', 'The image cannot be decoded.', { cause });
    },
  );
  const { width, height } = fitSize(bitmap);
  const canvas = new OffscreenCanvas(width, height);
  const context = contextOf(canvas);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return canvas;
}

/** A PNG where that is small, or needed for what shows through; else as a photograph is. */
async function encodeSharp(canvas: OffscreenCanvas): Promise<Blob> {
  const png = await canvas.convertToBlob({ type: 'image/png' });
  if (png.size <= maxSharpBytes) return png;
  if (!showsThrough(canvas)) return encodePhoto(canvas, 'image/jpeg');
  return png.size <= maxImageBytes ? png : encodePhoto(canvas, 'image/webp');
}

async function encodePhoto(canvas: OffscreenCanvas, type: 'image/jpeg' | 'image/webp'): Promise<Blob> {
  for (const quality of qualities) {
    const encoded = await canvas.convertToBlob({ type, quality });
    if (encoded.size <= maxImageBytes) return encoded;
  }
  throw new AppError('IMAGE_TOO_LARGE', 'The image cannot be made small enough.');
}

function showsThrough(canvas: OffscreenCanvas): boolean {
  const { data } = contextOf(canvas).getImageData(0, 0, canvas.width, canvas.height);
  // Red, green, blue, and how much of them is seen.
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return true;
  return false;
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new AppError('IMAGE_DAMAGED', 'No room to draw the image in.');
  return context;
}
