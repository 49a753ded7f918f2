/** Width and height in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** The headers of all formats but JPEG are at the very beginning; a JPEG's may follow embedded previews. In base64 characters. */
const maxHeaderChars = 350_000;

/** The size of an image given as a data URL (PNG, JPEG, GIF or WebP), read from its header; null for any other address. */
export function sizeOfDataUrl(url: string): ImageSize | null {
  const comma = url.indexOf(',');
  if (!/^data:image\/[a-z+.-]+;base64$/iu.test(url.slice(0, comma))) return null;
  const bytes = Buffer.from(url.slice(comma + 1, comma + 1 + maxHeaderChars), 'base64');
  try {
    return sizeOfImage(bytes);
  } catch {
    // A header that ends early.
    return null;
  }
}

function sizeOfImage(bytes: Buffer): ImageSize | null {
  const signature = bytes.toString('latin1', 0, 16);
  if (signature.startsWith('\x89PNG')) return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  if (signature.startsWith('GIF8')) return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  if (signature.startsWith('\xff\xd8')) return sizeOfJpeg(bytes);
  if (signature.startsWith('RIFF') && signature.startsWith('WEBP', 8)) return sizeOfWebp(bytes, signature.slice(12));
  return null;
}

/** Segment by segment to the frame header. */
function sizeOfJpeg(bytes: Buffer): ImageSize | null {
  for (let at = 2; bytes.readUInt8(at) === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
  }
  return null;
}

function sizeOfWebp(bytes: Buffer, chunk: string): ImageSize | null {
  if (chunk === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (chunk === 'VP8 ') return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
  if (chunk !== 'VP8L') return null;
  const bits = bytes.readUInt32LE(21);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}
