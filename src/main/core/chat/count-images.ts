import type { AttachedImage } from '../../../shared/contract/images.ts';
import { estimateImageTokens } from '../spend/tokens/image-tokens.ts';

/** Tokens these images are expected to have in a prompt for this model, as they are estimated of a request that is sent. */
export function countImages(images: readonly AttachedImage[] = [], modelId: string): number {
  return images.reduce((sum, image) => sum + estimateImageTokens(modelId, image, null), 0);
}
