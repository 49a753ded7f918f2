import { deflateSync } from 'node:zlib';
import { assemblePdf, makeEncryptedPdf, makePdf } from '../sample-files/pdf-files.ts';
import type { HostileFile } from './hostile-file.ts';

const catalogue = '<< /Type /Catalog /Pages 2 0 R >>';
const onePage = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';
const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>';
const words = 'BT /F1 12 Tf 20 100 Td (Words of the page) Tj ET';

/** A stream object; `data` is one character a byte. */
function stream(data: string, entries = ''): string {
  return `<< /Length ${data.length} ${entries} >>\nstream\n${data}\nendstream`;
}

function deflated(data: Buffer, times = 1): string {
  let packed = data;
  for (let time = 0; time < times; time += 1) packed = deflateSync(packed, { level: 9 });
  return packed.toString('latin1');
}

/** A page whose content inflates to a gigabyte of operators, packed twice over. */
export function makeFlateBomb(): Buffer {
  const operators = Buffer.alloc(1024 * 1024 * 1024, '0 0 m ');
  return assemblePdf([catalogue, onePage, page, stream(deflated(operators, 2), '/Filter [/FlateDecode /FlateDecode]'), font]);
}

/** A cross-reference section that names itself as the one before it. */
function xrefLoop(): Buffer {
  const pdf = assemblePdf([catalogue, onePage, page, stream(words), font]).toString('latin1');
  const at = pdf.lastIndexOf('xref\n0');
  return Buffer.from(pdf.replace('trailer\n<<', `trailer\n<< /Prev ${at}`), 'latin1');
}

/** Two sections, each of which names the other. */
function xrefPair(): Buffer {
  const pdf = assemblePdf([catalogue, onePage, page, stream(words), font]).toString('latin1');
  const at = pdf.lastIndexOf('xref\n0');
  const first = pdf.replace('trailer\n<<', `trailer\n<< /Prev ${String(pdf.length + 24).padStart(10, '0')}`);
  const second = `xref\n0 0\ntrailer\n<< /Size 6 /Root 1 0 R /Prev ${at} >>\nstartxref\n${first.length}\n%%EOF\n`;
  return Buffer.from(first + second, 'latin1');
}

/** A map from codes to characters that maps four thousand million of them. */
const greedyMap = stream('/CIDInit /ProcSet findresource begin begincmap 1 beginbfrange <00000000> <ffffffff> <0041> endbfrange endcmap');

/** Damaged, looping and swelling PDFs. */
export const pdfCases: readonly HostileFile[] = [
  { title: 'a PDF whose cross-references run in a circle', name: 'loop.pdf', make: xrefLoop, outcome: { contains: 'Words of the page' } },
  {
    title: 'a PDF with two cross-reference tables that name each other',
    name: 'pair.pdf',
    make: xrefPair,
    outcome: { contains: 'Words of the page' },
  },
  {
    title: 'a PDF whose page tree contains itself',
    name: 'tree.pdf',
    make: () => assemblePdf([catalogue, '<< /Type /Pages /Kids [2 0 R] /Count 1 >>']),
    outcome: { code: 'FILE_DAMAGED' },
  },
  {
    title: 'a PDF whose page tree runs in a circle of two',
    name: 'tree-pair.pdf',
    make: () =>
      assemblePdf([catalogue, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>']),
    outcome: { code: 'FILE_DAMAGED' },
  },
  {
    title: 'a PDF whose page inherits from itself',
    name: 'parent.pdf',
    make: () => assemblePdf([catalogue, onePage, '<< /Type /Page /Parent 3 0 R /Contents 4 0 R >>', stream(words), font]),
    outcome: { contains: 'Words of the page' },
  },
  {
    title: 'a PDF that promises a thousand million pages',
    name: 'count.pdf',
    make: () => assemblePdf([catalogue, '<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>', page, stream(words), font]),
    outcome: { contains: 'Words of the page' },
  },
  {
    title: 'a PDF that shows one page twelve thousand times',
    name: 'pages.pdf',
    make: () => assemblePdf([catalogue, `<< /Type /Pages /Kids [${'3 0 R '.repeat(12_000)}] /Count 12000 >>`, page, stream(words), font]),
    outcome: { code: 'FILE_TOO_LARGE', reason: 'too_many_pages' },
  },
  {
    title: 'a PDF whose stream is as long as itself says',
    name: 'length.pdf',
    make: () => assemblePdf([catalogue, onePage, page, `<< /Length 4 0 R >>\nstream\n${words}\nendstream`, font]),
    outcome: { contains: 'Words of the page' },
  },
  {
    title: 'a PDF that draws a form inside itself',
    name: 'form.pdf',
    make: () =>
      assemblePdf([
        catalogue,
        onePage,
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>',
        stream('/X Do'),
        stream('/X Do', '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>'),
      ]),
    outcome: { code: 'FILE_NO_TEXT' },
  },
  {
    title: 'a PDF nested a hundred thousand deep',
    name: 'deep.pdf',
    make: () => assemblePdf([catalogue, onePage, `<< /Type /Page /Parent 2 0 R /X ${'['.repeat(100_000)}${']'.repeat(100_000)} >>`]),
    outcome: { code: 'FILE_TOO_COMPLEX', reason: 'nested_too_deeply' },
  },
  {
    title: 'a PDF whose font maps four thousand million characters',
    name: 'map.pdf',
    make: () =>
      assemblePdf([
        catalogue,
        onePage,
        page,
        stream(words),
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>',
        greedyMap,
      ]),
    outcome: { contains: 'Words of the page' },
  },
  {
    title: 'a PDF whose font descends from itself',
    name: 'font.pdf',
    make: () =>
      assemblePdf([
        catalogue,
        onePage,
        page,
        stream(words),
        '<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [5 0 R] >>',
      ]),
    outcome: { contains: 'Words of the page' },
  },
  {
    title: 'a PDF cut off in the middle',
    name: 'cut.pdf',
    make: async () => (await makePdf([['Words']])).subarray(0, 300),
    outcome: { code: 'FILE_DAMAGED' },
  },
  {
    title: 'a PDF of nothing but its first line',
    name: 'garbage.pdf',
    make: () => '%PDF-1.7\nnothing of a PDF follows',
    outcome: { code: 'FILE_DAMAGED' },
  },
  {
    title: 'a PDF of noise',
    name: 'noise.pdf',
    make: () =>
      Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7919) % 251))]),
    outcome: { code: 'FILE_DAMAGED' },
  },
  { title: 'an encrypted PDF', name: 'locked.pdf', make: makeEncryptedPdf, outcome: { code: 'FILE_ENCRYPTED' } },
  {
    title: 'a PDF of pictures',
    name: 'scan.pdf',
    make: () => makePdf([[], []]),
    outcome: { code: 'FILE_NO_TEXT', reason: 'pages_without_text' },
  },
];
