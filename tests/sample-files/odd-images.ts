import { pngImage } from './png-image.ts';

/** A PNG whose header claims another size, in pixels. */
export function pngClaiming(width: number, height: number): Buffer {
  const bytes = pngImage(40, 30);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

/** A GIF of one pixel that is black and white in turn. */
export function animatedGif(): Buffer {
  const frame = (pixel: string): string => `21f904000a0000002c0000000001000100000201${pixel}00`;
  return Buffer.from(`47494638396101000100800000000000ffffff${frame('44')}${frame('4c')}3b`, 'hex');
}

/** What a camera writes into its files: here its maker's name. */
export const cameraName = 'Tally Secret Camera';

/** A JPEG as a camera writes it that was held on its side: to be turned by a quarter to the right (6), with the name of the camera. */
export function heldSideways(jpeg: Buffer): Buffer {
  const name = Buffer.from(`${cameraName}\0`, 'latin1');
  const entry = (tag: number, type: number, count: number, value: number): Buffer => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16BE(tag, 0);
    bytes.writeUInt16BE(type, 2);
    bytes.writeUInt32BE(count, 4);
    // A short stands in the first two of the four bytes.
    if (type === 3) bytes.writeUInt16BE(value, 8);
    else bytes.writeUInt32BE(value, 8);
    return bytes;
  };
  // Big-endian TIFF: header, two entries (the name lies behind them), no further directory.
  const nameOffset = 8 + 2 + 2 * 12 + 4;
  const tiff = Buffer.concat([
    Buffer.from('4d4d002a00000008', 'hex'),
    Buffer.from([0, 2]),
    entry(0x010f, 2, name.length, nameOffset),
    entry(0x0112, 3, 1, 6),
    Buffer.alloc(4),
    name,
  ]);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}
