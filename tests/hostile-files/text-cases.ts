import type { HostileFile } from './hostile-file.ts';

const shiftJis = Buffer.from('93fa967b8cea82cc95b68fcd82c582b78142', 'hex');
const eucJp = Buffer.from('c6fccbdcb8eca4cecab8becfa4c7a4b9a1a3', 'hex');
const iso2022Jp = Buffer.concat([Buffer.from('\u001b$B'), Buffer.from('467c4b5c386c244e4a383e4f24472439', 'hex'), Buffer.from('\u001b(B')]);
const sentence = '日本語の文章です';
const manyTimes = (bytes: Buffer): Buffer => Buffer.concat(Array.from({ length: 8 }, () => Buffer.concat([bytes, Buffer.from('\n')])));
const noise = Buffer.from(Array.from({ length: 40_000 }, (_, index) => ((index * 73) % 254) + 1));
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), noise]);
const deepHtml = (tag: string, depth: number): string =>
  `<html><body>${`<${tag}>`.repeat(depth)}innermost${`</${tag}>`.repeat(depth)}</body></html>`;
const nestedTables = `<html><body>${'<table><tr><td>'.repeat(3_000)}innermost${'</td></tr></table>'.repeat(3_000)}</body></html>`;

function oleFile(streamName: string): Buffer {
  return Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(1_000),
    Buffer.from(streamName, 'utf16le'),
    Buffer.alloc(1_000),
  ]);
}

/** Text that is none, is too much, or is in an encoding that nobody said. */
export const textCases: readonly HostileFile[] = [
  { title: 'no bytes at all', name: 'empty.txt', make: () => '', outcome: { code: 'FILE_EMPTY' } },
  { title: 'white space', name: 'blank.md', make: () => ' \n\n\t\u3000', outcome: { code: 'FILE_EMPTY' } },
  { title: 'a mark of the byte order and nothing else', name: 'mark.txt', make: () => '\ufeff', outcome: { code: 'FILE_EMPTY' } },
  { title: 'UTF-16 with a mark', name: 'a.txt', make: () => Buffer.from(`\ufeff${sentence}`, 'utf16le'), outcome: { contains: sentence } },
  {
    title: 'UTF-16 without a mark',
    name: 'b.txt',
    make: () => Buffer.from('plain words in it', 'utf16le').swap16(),
    outcome: { contains: 'plain words' },
  },
  {
    title: 'Japanese UTF-16 without a mark',
    name: 'c.txt',
    make: () => Buffer.from(`${sentence}。\n`.repeat(20), 'utf16le'),
    outcome: { contains: sentence },
  },
  {
    title: 'UTF-16 of an odd number of bytes',
    name: 'd.txt',
    make: () => Buffer.from('\ufeffodd words', 'utf16le').subarray(0, -1),
    outcome: { contains: 'odd word' },
  },
  { title: 'Shift_JIS', name: 'e.txt', make: () => manyTimes(shiftJis), outcome: { contains: sentence } },
  { title: 'EUC-JP', name: 'f.txt', make: () => manyTimes(eucJp), outcome: { contains: sentence } },
  { title: 'ISO-2022-JP', name: 'g.txt', make: () => manyTimes(iso2022Jp), outcome: { contains: sentence } },
  {
    title: 'UTF-8 that breaks off and goes wrong',
    name: 'h.txt',
    make: () => Buffer.concat([Buffer.from('good words '), Buffer.from([0xe3, 0x81, 0xff, 0xc0]), Buffer.from(' more words')]),
    outcome: { contains: 'more words' },
  },
  {
    title: 'lone surrogates',
    name: 'i.txt',
    make: () => Buffer.from([0xff, 0xfe, 0x61, 0, 0, 0xd8, 0x62, 0]),
    outcome: { contains: 'a\ufffdb', lacks: '\ud800' },
  },
  {
    title: 'NULs among UTF-16',
    name: 'j.txt',
    make: () => Buffer.from('\ufeffbe\0fore', 'utf16le'),
    outcome: { contains: 'before', lacks: '\0' },
  },
  { title: 'NULs among UTF-8', name: 'k.txt', make: () => 'words\0\0and words', outcome: { code: 'FILE_UNSUPPORTED' } },
  { title: 'text that turns its direction', name: 'l.txt', make: () => 'pay \u202e001$\u202c now', outcome: { contains: 'pay' } },
  { title: 'a picture called a text', name: 'm.txt', make: () => png, outcome: { code: 'FILE_UNSUPPORTED' } },
  { title: 'a picture called a PDF', name: 'n.pdf', make: () => png, outcome: { code: 'FILE_UNSUPPORTED' } },
  {
    title: 'a program called a Word file',
    name: 'o.docx',
    make: () => Buffer.concat([Buffer.from('MZ\u0090\0'), noise]),
    outcome: { code: 'FILE_UNSUPPORTED' },
  },
  {
    title: 'a web page called a Word file',
    name: 'p.docx',
    make: () => '<!doctype html><html><body><p>In truth a page</p></body></html>',
    outcome: { contains: 'In truth a page' },
  },
  {
    title: 'gzip called a CSV',
    name: 'q.csv',
    make: () => Buffer.concat([Buffer.from('1f8b0800', 'hex'), noise]),
    outcome: { code: 'FILE_UNSUPPORTED' },
  },
  {
    title: 'an old Word file',
    name: 'r.doc',
    make: () => oleFile('WordDocument'),
    outcome: { code: 'FILE_UNSUPPORTED', reason: 'old_office' },
  },
  {
    title: 'a Word file locked with a password',
    name: 's.docx',
    make: () => oleFile('EncryptedPackage'),
    outcome: { code: 'FILE_ENCRYPTED' },
  },
  {
    title: 'a table of ten million columns',
    name: 't.csv',
    make: () => `a${','.repeat(10_000_000)}\n1,2\n`,
    outcome: { code: 'FILE_TOO_COMPLEX', reason: 'too_many_columns' },
  },
  {
    title: 'a table whose second row has ten million columns',
    name: 'u.csv',
    make: () => `a,b\n${'1,'.repeat(10_000_000)}\n`,
    outcome: { code: 'FILE_TOO_COMPLEX', reason: 'too_many_columns' },
  },
  {
    title: 'a table of a million rows and much in them',
    name: 'v.csv',
    make: () => `name,city,street\n${'Ada Lovelace,London,St James’s Square\n'.repeat(1_000_000)}`,
    outcome: { code: 'FILE_TOO_LARGE', reason: 'too_much_text' },
  },
  {
    title: 'a table with one quotation mark that never ends',
    name: 'w.csv',
    make: () => `a,b\n"${'x,y\n'.repeat(100_000)}`,
    outcome: { contains: 'x,y' },
  },
  {
    title: 'JSON a million deep',
    name: 'x.json',
    make: () => '['.repeat(1_000_000) + ']'.repeat(1_000_000),
    outcome: { contains: '[[[[' },
  },
  {
    title: 'a page nested a hundred thousand deep',
    name: 'y.html',
    make: () => deepHtml('div', 100_000),
    outcome: { code: 'FILE_TOO_COMPLEX', reason: 'nested_too_deeply' },
  },
  {
    title: 'a page of tables in tables',
    name: 'z.html',
    make: () => nestedTables,
    outcome: { code: 'FILE_TOO_COMPLEX', reason: 'nested_too_deeply' },
  },
  {
    title: 'a table of a page with two hundred thousand rows',
    name: 'rows.html',
    make: () => `<table>${'<tr><td>a<td>b'.repeat(200_000)}</table>`,
    outcome: { contains: 'a | b' },
  },
  {
    title: 'a page that never closes a tag',
    name: 'open.html',
    make: () => `<p>words ${'<'.repeat(500_000)}`,
    outcome: { contains: 'words' },
  },
  {
    title: 'a page without words',
    name: 'bare.html',
    make: () => '<html><body><img src="a.png"></body></html>',
    outcome: { code: 'FILE_NO_TEXT' },
  },
  {
    title: 'RTF nested a hundred thousand deep',
    name: 'deep.rtf',
    make: () => `{\\rtf1 ${'{'.repeat(100_000)}words${'}'.repeat(100_000)}}`,
    outcome: { code: 'FILE_TOO_COMPLEX', reason: 'nested_too_deeply' },
  },
];

/** Read like any other text, and long to cut into passages. */
export const longCases: readonly HostileFile[] = [
  { title: 'a megabyte without a line end', name: 'line.txt', make: () => 'word '.repeat(200_000), outcome: { contains: 'word' } },
  { title: 'a megabyte without a space', name: 'word.txt', make: () => 'x'.repeat(1_000_000), outcome: { contains: 'xxx' } },
  { title: 'a megabyte of Japanese without a full stop', name: 'kana.txt', make: () => 'あ'.repeat(350_000), outcome: { contains: 'あ' } },
  { title: 'a megabyte of headings', name: 'headings.md', make: () => '# a\n'.repeat(250_000), outcome: { contains: '# a' } },
  { title: 'a megabyte of opened code fences', name: 'fences.md', make: () => '```\n'.repeat(250_000), outcome: { contains: '```' } },
  { title: 'a megabyte of broken words', name: 'hyphens.txt', make: () => 'ab-\n'.repeat(250_000), outcome: { contains: 'ab-' } },
];
