import JSZip from 'jszip';
import { makeDocx, makeDocxBomb, makeEpub, makePptx } from '../sample-files/office-files.ts';
import { makeXlsx } from '../sample-files/sheet-files.ts';
import type { HostileFile, Outcome } from './hostile-file.ts';

type Format = 'docx' | 'pptx' | 'xlsx' | 'epub';
const formats: readonly Format[] = ['docx', 'pptx', 'xlsx', 'epub'];

/** The part of each format that holds its words. */
const mainPart: Readonly<Record<Format, string>> = {
  docx: 'word/document.xml',
  pptx: 'ppt/slides/slide1.xml',
  xlsx: 'xl/sharedStrings.xml',
  epub: 'OEBPS/c0.xhtml',
};

const makers: Readonly<Record<Format, (text: string) => Promise<Buffer>>> = {
  docx: (text) => makeDocx([text]),
  pptx: (text) => makePptx([{ title: text, lines: [] }]),
  xlsx: (text) => makeXlsx([{ name: 'Sheet', rows: [[text]] }]),
  epub: (text) => makeEpub([{ title: text, body: `<p>${text}</p>` }]),
};

/** The archive with `edit` made to its parts. */
async function edited(archive: Buffer, edit: (zip: JSZip) => void | Promise<void>): Promise<Buffer> {
  const zip = await JSZip.loadAsync(archive);
  await edit(zip);
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

async function withPart(format: Format, change: (xml: string) => string): Promise<Buffer> {
  return edited(await makers[format]('Harmless words'), async (zip) => {
    const part = zip.file(mainPart[format]);
    zip.file(mainPart[format], change((await part?.async('string')) ?? ''));
  });
}

/** Puts a document type in front of the root element and what it defines into the text. */
function withEntity(format: Format, declaration: string): Promise<Buffer> {
  return withPart(format, (xml) =>
    xml
      .replace(/(<\?xml[^>]*\?>)/, `$1<!DOCTYPE x [${declaration}]>`)
      .replace(/Harmless words(?=<\/(?:w:t|a:t|t|p)>)/, 'Harmless &x; words'),
  );
}

/** What becomes of an entity: the strict reader gives the file up, the others leave the entity as it is written. */
const entityOutcome: Readonly<Record<Format, Outcome>> = {
  docx: { code: 'FILE_DAMAGED' },
  pptx: { contains: 'Harmless &x; words' },
  xlsx: { contains: 'Harmless &x; words' },
  epub: { contains: 'Harmless &x; words' },
};

const laughs = Array.from({ length: 9 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`);
const billionLaughs = `<!ENTITY l0 "laugh">${laughs.join('')}<!ENTITY x "&l9;">`;

async function bomb(format: Format): Promise<Buffer> {
  return edited(await makers[format]('words'), (zip) => void zip.file('padding.xml', Buffer.alloc(60 * 1024 * 1024, 'A')));
}

/** Says of every entry in the directory that it inflates to 1,000 bytes. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3.12 */
function shrinkDeclaredSizes(zip: Buffer): Buffer {
  return overDirectory(zip, (copy, at) => copy.writeUInt32LE(1_000, at + 24));
}

/** Changes every entry of the directory that is packed; folders are not. */
function overDirectory(zip: Buffer, change: (copy: Buffer, at: number) => void): Buffer {
  const copy = Buffer.from(zip);
  for (let at = copy.indexOf('PK\u0001\u0002'); at >= 0; at = copy.indexOf('PK\u0001\u0002', at + 4)) {
    if (copy.readUInt16LE(at + 10) !== 0) change(copy, at);
  }
  return copy;
}

/** Names of one length only, so that no offset changes. */
function renamed(zip: Buffer, from: string, to: string): Buffer {
  return Buffer.from(zip.toString('latin1').replaceAll(from, to.padEnd(from.length, 'x').slice(0, from.length)), 'latin1');
}

/** A directory of `count` entries that are all the same 1 MB in the file. */
async function overlapping(count: number): Promise<Buffer> {
  const zip = await edited(await makeDocx(['words']), (archive) => void archive.file('overlap00000.xml', Buffer.alloc(1024 * 1024, 'A')));
  const end = zip.lastIndexOf('PK\u0005\u0006');
  const directoryAt = zip.readUInt32LE(end + 16);
  const entryAt = zip.lastIndexOf('PK\u0001\u0002', end - 1);
  const entry = zip.subarray(entryAt, end);
  const copies = Array.from({ length: count }, (_, index) =>
    Buffer.from(entry.toString('latin1').replace('overlap00000', `overlap${String(index + 1).padStart(5, '0')}`), 'latin1'),
  );
  const tail = Buffer.from(zip.subarray(end));
  const total = tail.readUInt16LE(10) + count;
  tail.writeUInt16LE(total, 8);
  tail.writeUInt16LE(total, 10);
  const directory = Buffer.concat([zip.subarray(directoryAt, end), ...copies]);
  tail.writeUInt32LE(directory.length, 12);
  return Buffer.concat([zip.subarray(0, directoryAt), directory, tail]);
}

async function crowded(): Promise<Buffer> {
  return edited(await makeDocx(['words']), (zip) => {
    for (let index = 0; index < 10_001; index += 1) zip.file(`many/${index}.xml`, '');
  });
}

/** Behind the archive, as its comment, a second end of directory that names another file as the document. */
async function twoDirectories(): Promise<Buffer> {
  const first = await makeDocx(['What is scanned']);
  const second = await makeDocxBomb(60 * 1024 * 1024);
  const comment = Buffer.from(first);
  comment.writeUInt16LE(second.length, comment.length - 2);
  return Buffer.concat([comment, second]);
}

const nested = async (): Promise<Buffer> => {
  const inner = await makeDocxBomb(60 * 1024 * 1024);
  return edited(await makeDocx(['The outside words']), (zip) => void zip.file('word/embeddings/inner.docx', inner));
};

const wordNamespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const deepWord = `<w:document ${wordNamespace}><w:body>${'<w:sdt><w:sdtContent>'.repeat(20_000)}<w:p><w:r><w:t>x</w:t></w:r></w:p>${'</w:sdtContent></w:sdt>'.repeat(20_000)}</w:body></w:document>`;

/** Bombs, lies and traps in everything that is a ZIP inside. */
export const archiveCases: readonly HostileFile[] = [
  ...formats.map((format): HostileFile => ({
    title: `a bomb in a .${format}`,
    name: `bomb.${format}`,
    make: () => bomb(format),
    outcome: { code: 'FILE_ARCHIVE_BOMB' },
  })),
  ...formats.map((format): HostileFile => ({
    title: `a bomb in a .${format} that lies about its size`,
    name: `lies.${format}`,
    make: async () => shrinkDeclaredSizes(await bomb(format)),
    outcome: { code: 'FILE_DAMAGED' },
  })),
  ...formats.map((format): HostileFile => ({
    title: `an external entity in a .${format}`,
    name: `xxe.${format}`,
    make: () => withEntity(format, '<!ENTITY x SYSTEM "file:///etc/passwd">'),
    outcome: entityOutcome[format],
  })),
  ...formats.map((format): HostileFile => ({
    title: `a thousand million laughs in a .${format}`,
    name: `laughs.${format}`,
    make: () => withEntity(format, billionLaughs),
    outcome: entityOutcome[format],
  })),
  { title: 'a bomb in an archive in an archive', name: 'nested.docx', make: nested, outcome: { contains: 'The outside words' } },
  {
    title: 'an archive whose entries are one and the same',
    name: 'overlap.docx',
    make: () => overlapping(900),
    outcome: { code: 'FILE_ARCHIVE_BOMB' },
  },
  {
    title: 'an archive of ten thousand entries',
    name: 'crowd.docx',
    make: crowded,
    outcome: { code: 'FILE_ARCHIVE_BOMB', reason: 'too_many_entries' },
  },
  { title: 'an archive with two directories', name: 'two.docx', make: twoDirectories, outcome: { code: 'FILE_DAMAGED' } },
  {
    title: 'an entry that says it is four gigabytes',
    name: 'huge.docx',
    make: async () => overDirectory(await makeDocx(['words']), (copy, at) => copy.writeUInt32LE(0xfffffffe, at + 24)),
    outcome: { code: 'FILE_ARCHIVE_BOMB' },
  },
  {
    title: 'an entry that climbs out of the archive',
    name: 'climb.docx',
    make: async () => renamed(await makeDocx(['words']), 'word/styles.xml', '../../etc/a.xml'),
    outcome: { code: 'FILE_DAMAGED' },
  },
  {
    title: 'an entry with an absolute path',
    name: 'absolute.epub',
    make: async () => renamed(await makeEpub([{ title: 'a', body: '<p>b</p>' }]), 'OEBPS/toc.ncx', '/etc/toc.ncx_'),
    outcome: { code: 'FILE_DAMAGED' },
  },
  {
    title: 'an e-book whose contents lie outside it',
    name: 'outside.epub',
    make: async () =>
      edited(await makeEpub([{ title: 'a', body: '<p>b</p>' }]), async (zip) => {
        const container = await zip.file('META-INF/container.xml')?.async('string');
        zip.file('META-INF/container.xml', (container ?? '').replace('OEBPS/content.opf', '../../../etc/passwd'));
      }),
    outcome: { code: 'FILE_DAMAGED' },
  },
  {
    title: 'an e-book whose chapter is not there',
    name: 'missing.epub',
    make: async () => edited(await makeEpub([{ title: 'a', body: '<p>b</p>' }]), (zip) => void zip.remove('OEBPS/c0.xhtml')),
    outcome: { code: 'FILE_DAMAGED' },
  },
  {
    title: 'an archive cut off in the middle',
    name: 'cut.docx',
    make: async () => (await makeDocx(['words'])).subarray(0, 500),
    outcome: { code: 'FILE_DAMAGED' },
  },
  {
    title: 'an archive with a password',
    name: 'locked.docx',
    make: async () => overDirectory(await makeDocx(['words']), (copy, at) => copy.writeUInt16LE(copy.readUInt16LE(at + 8) | 1, at + 8)),
    outcome: { code: 'FILE_ENCRYPTED' },
  },
  {
    title: 'a Word file nested twenty thousand deep',
    name: 'deep.docx',
    make: async () => edited(await makeDocx([]), (zip) => void zip.file('word/document.xml', deepWord)),
    outcome: { code: 'FILE_TOO_COMPLEX', reason: 'nested_too_deeply' },
  },
  {
    title: 'a sheet with one cell in its last corner',
    name: 'corner.xlsx',
    make: async () =>
      edited(await makers.xlsx('Harmless words'), async (zip) => {
        const sheet = await zip.file('xl/worksheets/sheet1.xml')?.async('string');
        zip.file('xl/worksheets/sheet1.xml', (sheet ?? '').replace('<row r="1"', '<row r="1048576"').replace('"A1"', '"XFD1048576"'));
      }),
    outcome: { contains: 'Harmless words' },
  },
  {
    title: 'a sheet of one long text a hundred thousand times',
    name: 'repeated.xlsx',
    make: async () =>
      edited(await makeXlsx([{ name: 'Sheet', rows: [['x']] }]), (zip) => {
        const rows = Array.from({ length: 100_000 }, (_, row) => `<row r="${row + 1}"><c r="A${row + 1}" t="s"><v>0</v></c></row>`);
        zip.file(
          'xl/worksheets/sheet1.xml',
          `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows.join('')}</sheetData></worksheet>`,
        );
        zip.file(
          'xl/sharedStrings.xml',
          `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>${'long text '.repeat(3_000)}</t></si></sst>`,
        );
      }),
    outcome: { code: 'FILE_TOO_LARGE', reason: 'too_much_text' },
  },
];
