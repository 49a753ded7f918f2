import { maxImageSide } from '../../../../shared/image-limits.ts';
import type { ImageSize } from '../../../../shared/read-image-header.ts';

/**
 * The size an image is sent in, in pixels: as it is, or shrunk until its longer side is as long as models make use of. OpenAI fits an image
 * into a square of 2,048 pixels first (https://platform.openai.com/docs/guides/images-vision#calculating-costs), Anthropic into one of
 * 1,568 (https://docs.claude.com/en/docs/build-with-claude/vision): the larger serves both. Never enlarged, never less than one pixel.
 */
export function fitSize({ width, height }: ImageSize): ImageSize {
  const shrink = Math.min(1, maxImageSide / Math.max(width, height));
  const scaled = (side: number): number => Math.max(1, Math.round(side * shrink));
  return { width: scaled(width), height: scaled(height) };
}
