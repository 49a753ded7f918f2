import { degrees, PDFDocument, StandardFonts } from 'pdf-lib';
import { assemblePdf } from './pdf-files.ts';

/** A line of text and where it begins as a reader sees the page: from its left and upper edge, in units of 1/72 inch. */
export interface LaidOutLine {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface LaidOutPage {
  /** In the order in which the file draws them. */
  readonly lines: readonly LaidOutLine[];
  /** Scanned sideways: the page is stored on its side and shown upright. */
  readonly isSideways?: boolean;
}

const size = { width: 595, height: 842 };
const fontSize = 10;
const leading = 13;

/** Builds a PDF in which every line stands where it is told to, in letters of 10 units. */
export async function makeLaidOutPdf(pages: readonly LaidOutPage[]): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const { lines, isSideways = false } of pages) {
    const page = pdf.addPage([size.width, size.height]);
    if (isSideways) page.setRotation(degrees(90));
    for (const { x, y, text } of lines) {
      const place = isSideways ? { x: y, y: x, rotate: degrees(90) } : { x, y: size.height - y };
      page.drawText(text, { ...place, size: fontSize, font });
    }
  }
  return Buffer.from(await pdf.save());
}

/** Lines below each other. */
export function column(x: number, firstY: number, texts: readonly string[]): LaidOutLine[] {
  return texts.map((text, index) => ({ x, y: firstY + index * leading, text }));
}

/** Lists of lines as a program draws them that goes across the page, line by line. */
export function lineByLine(...columns: readonly (readonly LaidOutLine[])[]): LaidOutLine[] {
  return columns.flat().toSorted((a, b) => a.y - b.y || a.x - b.x);
}

/** A page of Japanese in a font that is not embedded, of letters 10 units wide. */
export function makeJapaneseLayout(lines: readonly LaidOutLine[]): Buffer {
  const content = lines
    .map(({ x, y, text }) => `BT /F1 10 Tf ${x} ${size.height - y} Td <${Buffer.from(text, 'utf16le').swap16().toString('hex')}> Tj ET`)
    .join('\n');
  return assemblePdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${size.width} ${size.height}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light /Encoding /UniJIS-UCS2-H /DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /FontDescriptor 7 0 R >>',
    '<< /Type /FontDescriptor /FontName /Ryumin-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 /Descent -200 /StemV 80 /CapHeight 700 >>',
  ]);
}
