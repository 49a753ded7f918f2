import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDocx, makeDocxBomb, makeEpub, makePptx } from '../../../../../tests/sample-files/office-files.ts';
import { makeEncryptedPdf, makePdf, makeShiftJisPdf } from '../../../../../tests/sample-files/pdf-files.ts';
import { loadDocument } from './load-document.ts';
import type { ParsedFile } from './parsed-file.ts';

let dir = '';
let fileCount = 0;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tally-load-'));
});

afterAll(() => rm(dir, { recursive: true }));

/** Stored as the app does it: without the name, which says nothing about what is inside. */
async function load(name: string, content: Uint8Array | string): Promise<ParsedFile> {
  const filePath = path.join(dir, String((fileCount += 1)));
  await writeFile(filePath, content);
  return loadDocument(filePath, name);
}

const shiftJis = Buffer.from('93fa967b8cea82cc95b68fcd82c582b78142', 'hex');

describe('loadDocument', () => {
  it('keeps the page numbers of a PDF, also behind an empty page', async () => {
    const file = await load('a.pdf', await makePdf([['One', 'more line'], [], ['Three']]));
    expect(file).toEqual({ text: 'One\nmore line\n\nThree', pages: [[1, 0], [3, 15]], pageCount: 3, structure: 'prose', mediaType: 'application/pdf' }); // prettier-ignore
  });

  it('reads a Japanese PDF whose font is not embedded', async () => {
    expect((await load('a.pdf', makeShiftJisPdf(shiftJis))).text).toBe('日本語の文章です。');
  });

  it('keeps headings, lists and tables of a Word file', async () => {
    const docx = await makeDocx([{ heading: 1, text: 'Title' }, 'a < b & c', { heading: 2, text: 'Sub' }, { rows: [['x', 'y'], ['1', '2']] }, 'End']); // prettier-ignore
    expect((await load('a.docx', docx)).text.replaceAll(/\n{2,}/g, '\n\n')).toBe('# Title\n\na < b & c\n\n## Sub\n\nx | y\n1 | 2\n\nEnd');
  });

  it('keeps the slide numbers of a presentation, its titles and notes', async () => {
    const file = await load('a.pptx', await makePptx([{ title: 'First', lines: ['alpha'], notes: 'Said aloud' }, { title: 'Second', lines: ['beta'] }])); // prettier-ignore
    expect(file.text).toBe('# First\n\nalpha\n\nSaid aloud\n\n# Second\n\nbeta');
    expect(file).toMatchObject({ pages: [[1, 0], [2, file.text.indexOf('# Second')]], pageCount: 2, structure: 'markdown' }); // prettier-ignore
  });

  it('reads the chapters of an e-book in order, without link targets, capitals or readings beside the words', async () => {
    const chapters = [
      { title: 'One', body: '<h1>Chapter One</h1><p>See <a href="b.xhtml">there</a>.</p><img src="x.png" alt="x"/>' },
      { title: '第二章', body: '<p><ruby>漢<rp>(</rp><rt>かん</rt>字<rt>じ</rt></ruby>を読む。</p>' },
    ];
    expect((await load('a.epub', await makeEpub(chapters))).text).toBe('# Chapter One\n\nSee there.\n\n# 第二章\n\n漢字を読む。');
  });

  it('reads what a person sees of a web page', async () => {
    const html = `<!doctype html><html><head><title>T</title><style>p{}</style></head><body><nav>Menu</nav><h2>Head</h2><script>var secret</script>
      <p>One  two<br>three</p><ul><li>item</li></ul><pre>  code
    kept</pre><table><tr><th>k</th><td>v</td></tr></table><table><tr><td><h3>Layout</h3><p>text</p></td></tr></table></body></html>`;
    const text = (await load('a.html', html)).text.replaceAll(/\n{2,}/g, '\n\n');
    expect(text).toBe('## Head\n\nOne two\nthree\n\n- item\n\n```\n  code\n    kept\n```\n\nk | v\n\n### Layout\n\ntext');
  });

  it('gives each row of a table its column names', async () => {
    expect((await load('a.csv', 'name,age\n"Ada, L.",36\nBob\n')).text).toBe('name: Ada, L.\nage: 36\n\nname: Bob');
    expect((await load('b.csv', '\ufeffname;price\nTea;1,50\n')).text).toBe('name: Tea\nprice: 1,50');
    expect((await load('c.tsv', 'a\tb\n1\t2')).text).toBe('a: 1\nb: 2');
  });

  it('leaves source code and JSON as they are', async () => {
    expect(await load('x.json', '{ "n": 12345678901234567890 }')).toMatchObject({ text: '{ "n": 12345678901234567890 }', mediaType: 'application/json', structure: 'lines' }); // prettier-ignore
    expect(await load('x.py', '# comment\r\nx = 1\r\n')).toMatchObject({ text: '# comment\nx = 1\n', structure: 'lines' });
    expect(await load('Makefile', 'all:\n\techo hi')).toMatchObject({ mediaType: 'text/plain' });
  });

  it.each([
    ['UTF-8 with a mark', Buffer.from('\ufeffnaïve'), 'naïve'],
    ['UTF-16LE with a mark', Buffer.from('\ufeffnaïve', 'utf16le'), 'naïve'],
    ['UTF-16LE without one', Buffer.from('plain words', 'utf16le'), 'plain words'],
    ['UTF-16BE without one', Buffer.from('plain words', 'utf16le').swap16(), 'plain words'],
    ['Shift_JIS', Buffer.concat(Array.from({ length: 8 }, () => shiftJis)), '日本語の文章です。'.repeat(8)],
    ['Windows-1252', Buffer.from('caf\u00e9 na\u00efve r\u00e9sum\u00e9 d\u00e9j\u00e0 vu', 'latin1'), 'café naïve résumé déjà vu'],
  ])('reads text in %s', async (_, bytes, text) => {
    expect((await load('a.txt', bytes)).text).toBe(text);
  });

  it('believes the encoding a page declares when it is not UTF-8', async () => {
    const html = Buffer.concat([
      Buffer.from('<html><head><meta charset="shift_jis"></head><body>'),
      shiftJis,
      Buffer.from('</body></html>'),
    ]);
    expect((await load('a.html', html)).text).toBe('日本語の文章です。');
  });

  it('goes by the bytes when the name is wrong', async () => {
    expect((await load('a.txt', await makePdf([['In truth a PDF']]))).mediaType).toBe('application/pdf');
    expect((await load('a.pdf', await makeDocx(['In truth a Word file']))).text).toBe('In truth a Word file');
    expect((await load('a.pdf', 'In truth plain text')).text).toBe('In truth plain text');
    expect((await load('a.txt', '<!DOCTYPE html><html><body><p>In truth a page</p></body></html>')).text).toBe('In truth a page');
  });

  it('reads a text that speaks of PDFs as text', async () => {
    expect((await load('a.md', 'A PDF starts with %PDF-1.7, says the manual.')).mediaType).toBe('text/markdown');
  });

  it('keeps no lone surrogate and no NUL', async () => {
    expect((await load('a.txt', Buffer.from([0xff, 0xfe, 0x61, 0, 0, 0xd8, 0, 0, 0x62, 0]))).text).toBe('a\ufffdb');
  });

  const xml = '<?xml version="1.0"?>';
  it.each<[string, string, () => Promise<Uint8Array | string> | Uint8Array | string, string]>([
    ['an encrypted PDF', 'a.pdf', () => makeEncryptedPdf(), 'FILE_ENCRYPTED'],
    ['a PDF of pictures', 'a.pdf', () => makePdf([[], []]), 'FILE_NO_TEXT'],
    ['a truncated PDF', 'a.pdf', async () => (await makePdf([['words']])).subarray(0, 300), 'FILE_DAMAGED'],
    ['a truncated Word file', 'a.docx', async () => (await makeDocx(['words'])).subarray(0, 400), 'FILE_DAMAGED'],
    ['a Word file of broken XML', 'a.docx', () => makeDocx([]).then((docx) => replaceEntry(docx, 'word/document.xml', '<w:document><w:p')), 'FILE_DAMAGED'],
    ['an empty Word file', 'a.docx', () => makeDocx([]), 'FILE_NO_TEXT'],
    ['a Word file locked with a password', 'a.docx', () => oleFile('EncryptedPackage'), 'FILE_ENCRYPTED'],
    ['an old Word file', 'a.doc', () => oleFile('WordDocument'), 'FILE_UNSUPPORTED'],
    ['a bomb', 'a.docx', () => makeDocxBomb(60 * 1024 * 1024), 'FILE_ARCHIVE_BOMB'],
    ['a bomb that lies about its size', 'a.docx', async () => shrinkDeclaredSizes(await makeDocxBomb(60 * 1024 * 1024)), 'FILE_DAMAGED'],
    ['a path that leaves the archive', 'a.docx', async () => renameEntry(await makeDocx(['x']), 'word/styles.xml', '../w/styles.xml'), 'FILE_DAMAGED'],
    ['an external entity', 'a.docx', () => makeDocx([]).then((docx) => replaceEntry(docx, 'word/document.xml', `${xml}<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>`)), 'FILE_DAMAGED'],
    ['an e-book with locked chapters', 'a.epub', async () => replaceEntry(await makeEpub([{ title: 'a', body: '<p>b</p>' }]), 'META-INF/rights.xml', '<rights/>'), 'FILE_ENCRYPTED'],
    ['a ZIP of something else', 'a.zip', () => new JSZip().file('a.txt', 'words').generateAsync({ type: 'nodebuffer' }), 'FILE_UNSUPPORTED'],
    ['a picture', 'a.png', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'FILE_UNSUPPORTED'],
    ['noise called text', 'a.txt', () => Buffer.from(Array.from({ length: 400 }, (_, index) => ((index * 73) % 254) + 1)), 'FILE_UNSUPPORTED'],
    ['nothing', 'a.txt', () => '', 'FILE_EMPTY'],
    ['white space', 'a.txt', () => ' \n\n\t', 'FILE_EMPTY'],
    ['a page without words', 'a.html', () => '<html><body><img src="a.png"></body></html>', 'FILE_NO_TEXT'],
  ])('refuses %s', async (_, name, make, code) => {
    await expect(load(name, await make())).rejects.toMatchObject({ code });
  }); // prettier-ignore
});

async function replaceEntry(zip: Buffer, name: string, content: string): Promise<Buffer> {
  const archive = await JSZip.loadAsync(zip);
  archive.file(name, content);
  return archive.generateAsync({ type: 'nodebuffer' });
}

/** Names of one length only, so that no offset changes. */
function renameEntry(zip: Buffer, from: string, to: string): Buffer {
  if (from.length !== to.length) throw new RangeError('The names have to be of one length.');
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');
}

/** Says of every entry in the central directory that it inflates to 1,000 bytes. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3.12 */
function shrinkDeclaredSizes(zip: Buffer): Buffer {
  const copy = Buffer.from(zip);
  for (let at = copy.indexOf('PK\u0001\u0002'); at >= 0; at = copy.indexOf('PK\u0001\u0002', at + 4)) copy.writeUInt32LE(1_000, at + 24);
  return copy;
}

/** As much of an OLE container as is looked at: its signature and the name of a stream. */
function oleFile(streamName: string): Buffer {
  return Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(1_000),
    Buffer.from(streamName, 'utf16le'),
    Buffer.alloc(1_000),
  ]);
}
