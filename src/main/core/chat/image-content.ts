import { HumanMessage } from '@langchain/core/messages';
import type { AttachedImage } from '../../../shared/contract/images.ts';
import type { ImageStore } from '../conversations/image-store.ts';

/** An image's bytes as a data URL. */
export type ImageUrlOf = (imageId: string) => string;

/** The images of a question, and where those of a whole request come from. */
export interface Pictures {
  readonly images: readonly AttachedImage[];
  readonly urlOf: ImageUrlOf;
}

/** What a model that takes no images, or is not to be sent them, reads in their place. */
const placeholder = '[image]';

/** Reads data URLs from what is kept; the same image gives the same URL, so that a request keeps its prefix. */
export function imageUrls(images: Pick<ImageStore, 'get'>): ImageUrlOf {
  return (imageId) => {
    const image = images.get(imageId);
    if (image === undefined) throw new Error('An image of a stored question is not there.');
    return `data:${image.mediaType};base64,${image.bytes.toString('base64')}`;
  };
}

/** A message of the user's: its images first, as makers advise, then its text; plain text where there are no images. */
export function userMessage(text: string, images: readonly AttachedImage[], urlOf: ImageUrlOf): HumanMessage {
  if (images.length === 0) return new HumanMessage(text);
  const pictures = images.map(({ id }) => ({ type: 'image_url' as const, image_url: { url: urlOf(id) } }));
  return new HumanMessage({ content: text === '' ? pictures : [...pictures, { type: 'text' as const, text }] });
}

/** A text with a word for each of its images. */
export function withImageWords(text: string, images: readonly AttachedImage[] = []): string {
  if (images.length === 0) return text;
  const words = images.map(() => placeholder).join(' ');
  return text === '' ? words : `${words}\n${text}`;
}

/** The text without such words before it, which a model that repeats a question may keep. */
export function withoutImageWords(text: string): string {
  return text.replace(/^(?:\[image\]\s*)+/u, '');
}

/** A turn with words instead of its images; the same object when it has none. */
export function inWords<T extends { readonly text: string; readonly images?: readonly AttachedImage[] }>(turn: T): T {
  const { images = [] } = turn;
  return images.length === 0 ? turn : { ...turn, text: withImageWords(turn.text, images), images: [] };
}
