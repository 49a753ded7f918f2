import { concatTransformationMatrix, degrees, drawObject, PDFDocument, popGraphicsState, pushGraphicsState, StandardFonts } from 'pdf-lib';

/** 16 × 16 pixels of dark blue, as a JPEG 2000 codestream. */
const darkSquare =
  '/0//UQAvAAAAAAAQAAAAEAAAAAAAAAAAAAAAEAAAABAAAAAAAAAAAAADDwEBDwEBDwEB/1IADAAAAAEBBAQEAAH/XAAQQICIiJCIiJCIiJCIiJD/ZAAlAAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAAvAAH/k8/8MAwGxy/P/DAMAcPLx/4MBgcx34CAgICAgICAgICAgP/Z';

/**
 * A page as a scanner with text recognition makes it, lying on its side: the picture, in JPEG 2000, is a dark band where
 * the line is; the line itself is over it and cannot be seen.
 */
export async function makeScannedPdf(line: string): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const page = pdf.addPage([595, 842]);
  page.setRotation(degrees(90));
  const entries = { Type: 'XObject', Subtype: 'Image', Width: 16, Height: 16, Filter: 'JPXDecode' };
  const picture = pdf.context.register(pdf.context.stream(Buffer.from(darkSquare, 'base64'), entries));
  const name = page.node.newXObject('Scan', picture);
  const size = 12;
  const place = { x: 80, y: 700 };
  const band = concatTransformationMatrix(font.widthOfTextAtSize(line, size) + 8, 0, 0, size * 2, place.x - 4, place.y - size / 2);
  page.pushOperators(pushGraphicsState(), band, drawObject(name), popGraphicsState());
  page.drawText(line, { ...place, size, font, opacity: 0 });
  return Buffer.from(await pdf.save());
}
