import { readImageHeader, type ImageSize } from '../../../../shared/read-image-header.ts';

/** The headers of all formats but JPEG are at the very beginning; a JPEG's may follow embedded previews. In base64 characters. */
const maxHeaderChars = 350_000;

/** The size of an image given as a data URL (PNG, JPEG, GIF or WebP), read from its header; null for any other address. */
export function sizeOfDataUrl(url: string): ImageSize | null {
  const comma = url.indexOf(',');
  if (!/^data:image\/[a-z+.-]+;base64$/iu.test(url.slice(0, comma))) return null;
  return readImageHeader(Buffer.from(url.slice(comma + 1, comma + 1 + maxHeaderChars), 'base64'));
}
