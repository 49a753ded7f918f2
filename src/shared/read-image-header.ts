/** Width and height in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

export interface ImageHeader extends ImageSize {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
}

/** What a picture's first bytes say: what it is, and how large, as stored (a JPEG may be meant to be turned). null: it is none of the four, or it ends early. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const header = readHeader(view);
    return header !== null && header.width > 0 && header.height > 0 ? header : null;
  } catch (error) {
    // A header that ends early.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readHeader(view: DataView): ImageHeader | null {
  if (startsWith(view, 0, '\x89PNG\r\n\x1A\n')) {
    return startsWith(view, 12, 'IHDR') ? { mediaType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) } : null;
  }
  if (startsWith(view, 0, 'GIF8')) return { mediaType: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (startsWith(view, 0, '\xFF\xD8')) return jpeg(view);
  if (startsWith(view, 0, 'RIFF') && startsWith(view, 8, 'WEBP')) return webp(view);
  return null;
}

function startsWith(view: DataView, at: number, text: string): boolean {
  return Array.from(text, (char) => char.charCodeAt(0)).every((code, index) => view.getUint8(at + index) === code);
}

/** Segment by segment to the frame header. */
function jpeg(view: DataView): ImageHeader | null {
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { mediaType: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return null;
}

function webp(view: DataView): ImageHeader | null {
  const mediaType = 'image/webp';
  if (startsWith(view, 12, 'VP8X')) return { mediaType, width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
  if (startsWith(view, 12, 'VP8 ')) {
    return { mediaType, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (!startsWith(view, 12, 'VP8L')) return null;
  const bits = view.getUint32(21, true);
  return { mediaType, width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 0x1_0000;
}
