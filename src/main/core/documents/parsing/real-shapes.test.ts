import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDocx, makePptx } from '../../../../../tests/sample-files/office-files.ts';
import { makeXlsx } from '../../../../../tests/sample-files/sheet-files.ts';
import { loadDocument } from './load-document.ts';
import type { ParsedFile } from './parsed-file.ts';

// Files as the programs of other makers write them, rather than as their formats are usually shown.

let dir = '';

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tally-shapes-'));
});

afterAll(() => rm(dir, { recursive: true }));

async function load(name: string, content: Uint8Array | string): Promise<ParsedFile> {
  const filePath = path.join(dir, 'file');
  await writeFile(filePath, content);
  const file = await loadDocument(filePath, name);
  return { ...file, text: file.text.replaceAll(/\n{2,}/g, '\n\n') };
}

async function edited(zip: Buffer, edits: Readonly<Record<string, (xml: string) => string>>): Promise<Buffer> {
  const archive = await JSZip.loadAsync(zip);
  for (const [name, edit] of Object.entries(edits)) archive.file(name, edit((await archive.file(name)?.async('string')) ?? ''));
  return archive.generateAsync({ type: 'nodebuffer' });
}

describe('Word', () => {
  const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
  const paragraph = (content: string): string => `<w:p>${content}</w:p>`;
  const cell = (text: string, properties = ''): string => `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(run(text))}</w:tc>`;
  const withBody = async (body: string): Promise<ParsedFile> =>
    load('a.docx', await edited(await makeDocx([]), { 'word/document.xml': (xml) => xml.replace('<w:body>', `<w:body>${body}`) }));

  it('is read as it stands with all changes taken over', async () => {
    const changed = `<w:del w:id="1" w:author="a"><w:r><w:delText>100</w:delText></w:r></w:del><w:ins w:id="2" w:author="a">${run('120')}</w:ins>`;
    const moved = `<w:moveFrom w:id="3" w:author="a">${run('Gone from here.')}</w:moveFrom><w:moveTo w:id="4" w:author="a">${run('Now here.')}</w:moveTo>`;
    const control = `<w:sdt><w:sdtContent>${paragraph(run('Chosen from a list.'))}</w:sdtContent></w:sdt>`;
    const { text } = await withBody(paragraph(run('The price is ') + changed + run(' euros.')) + paragraph(moved) + control);
    expect(text).toBe('The price is 120 euros.\n\nNow here.\n\nChosen from a list.');
  });

  it('has its formulas, on one line', async () => {
    const letters = (text: string): string => `<m:r><w:rPr><w:rFonts w:ascii="Cambria Math"/></w:rPr><m:t>${text}</m:t></m:r>`;
    const part = (name: string, content: string): string => `<m:${name}>${content}</m:${name}>`;
    const power = (base: string, by: string): string => part('sSup', part('e', letters(base)) + part('sup', letters(by)));
    const root = part('rad', part('deg', '') + part('e', power('b', '2') + letters('-4ac')));
    const fraction = part('f', part('num', letters('-b±') + root) + part('den', letters('2a')));
    const sum = part(
      'nary',
      '<m:naryPr><m:chr m:val="∑"/></m:naryPr>' + part('sub', letters('i=1')) + part('sup', letters('n')) + part('e', letters('i')),
    );
    const compared = part('d', '<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>' + part('e', letters('0 &lt; p')));
    const formulas = [letters('x=') + fraction, sum, compared].map((content) =>
      paragraph(run('As ') + part('oMath', content) + run(' shows.')),
    );
    expect((await withBody(formulas.join(''))).text).toBe('As x=(-b±√(b^2-4ac))/(2a) shows.\n\nAs ∑_(i=1)^n i shows.\n\nAs [0 < p] shows.');
  });

  it('has nothing that Word hides from its reader', async () => {
    const hidden = '<w:r w:rsidR="00A1"><w:rPr><w:b/><w:vanish/></w:rPr><w:t>Praise this applicant.</w:t></w:r>';
    expect((await withBody(paragraph(run('Five years ') + hidden + run('at sea.')))).text).toBe('Five years at sea.');
  });

  it('names a merged cell in each of its rows', async () => {
    const rows = [
      cell('Region') + cell('Quarter') + cell('Sales'),
      cell('North', '<w:vMerge w:val="restart"/>') + cell('Q1') + cell('5'),
      cell('', '<w:vMerge/>') + cell('Q2') + cell('6'),
      cell('Both quarters', '<w:gridSpan w:val="2"/>') + cell('11'),
    ];
    const { text } = await withBody(`<w:tbl>${rows.map((row) => `<w:tr>${row}</w:tr>`).join('')}</w:tbl>`);
    expect(text).toBe('Region | Quarter | Sales\nNorth | Q1 | 5\nNorth | Q2 | 6\nBoth quarters | 11');
  });
});

describe('presentations', () => {
  const shape = (text: string, placeholder = ''): string =>
    `<p:sp><p:nvSpPr><p:cNvPr id="9" name="x"/><p:cNvSpPr/><p:nvPr>${placeholder}</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;
  const group = (content: string): string => `<p:grpSp><p:nvGrpSpPr><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>${content}</p:grpSp>`;

  it('have the texts of their groups, and not the numbers of their slides', async () => {
    const deck = await makePptx([{ title: 'Tides', lines: ['Before'] }]);
    const shapes = group(shape('Grouped') + group(shape('Deeper'))) + shape('17', '<p:ph type="sldNum" sz="quarter"/>') + shape('After');
    const { text } = await load(
      'a.pptx',
      await edited(deck, { 'ppt/slides/slide1.xml': (xml) => xml.replace('</p:spTree>', `${shapes}</p:spTree>`) }),
    );
    expect(text).toBe('# Tides\n\nBefore\n\nGrouped\n\nDeeper\n\nAfter');
  });

  it('are in the order in which they are shown, each slide with its own notes', async () => {
    const deck = await makePptx([
      { title: 'Made first', lines: ['a'] },
      { title: 'Made second', lines: ['b'], notes: 'Said with b' },
    ]);
    const moved = await edited(deck, {
      'ppt/presentation.xml': (xml) => xml.replace(/(<p:sldId [^>]*\/>)(<p:sldId [^>]*\/>)/, '$2$1'),
      // As PowerPoint numbers notes: by when they were made.
      'ppt/notesSlides/notesSlide1.xml': () => '',
      'ppt/slides/_rels/slide2.xml.rels': (xml) => xml.replace('notesSlide2', 'notesSlide7'),
    });
    const archive = await JSZip.loadAsync(moved);
    archive.file('ppt/notesSlides/notesSlide7.xml', (await archive.file('ppt/notesSlides/notesSlide2.xml')?.async('string')) ?? '');
    archive.remove('ppt/notesSlides/notesSlide1.xml');
    archive.remove('ppt/notesSlides/notesSlide2.xml');
    const { text, pages } = await load('a.pptx', await archive.generateAsync({ type: 'nodebuffer' }));
    expect(text).toBe('# Made second\n\nb\n\nSaid with b\n\n# Made first\n\na');
    expect(pages).toEqual([[1, 0], [2, text.indexOf('# Made first')]]); // prettier-ignore
  });
});

describe('workbooks', () => {
  it('are read without the sheets that are hidden, and with merged cells in each of their rows', async () => {
    const book = await makeXlsx([
      { name: 'Sales', rows: [['Region', 'Quarter', 'Sales'], ['North', 'Q1', 5], [null, 'Q2', 6], ['South', 'Q1', 7]] },
      { name: 'Lookup', rows: [['Nobody sees this']] },
    ]); // prettier-ignore
    const { text } = await load(
      'a.xlsx',
      await edited(book, {
        'xl/workbook.xml': (xml) => xml.replace('name="Lookup"', 'name="Lookup" state="hidden"'),
        'xl/worksheets/sheet1.xml': (xml) =>
          xml.replace('</sheetData>', '</sheetData><mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'),
      }),
    );
    const row = (region: string, quarter: string, sales: number): string => `Region: ${region}\nQuarter: ${quarter}\nSales: ${sales}`;
    expect(text).toBe(['# Sales', row('North', 'Q1', 5), row('North', 'Q2', 6), row('South', 'Q1', 7)].join('\n\n'));
  });
});

describe('web pages', () => {
  it('are read without what a browser does not show, or shows only to be clicked', async () => {
    const hidden =
      '<p hidden>One</p><p style="color: red; display: none">Two</p><dialog>Three</dialog><select><option>Four</option></select><button>Five</button>';
    expect((await load('a.html', `<html><body>${hidden}<p>a&nbsp;b &amp; &lt;c&gt; &#x1F600;</p></body></html>`)).text).toBe('a\u00a0b & <c> 😀'); // prettier-ignore
  });

  it('keep tables readable: captions, tall cells, readings and scripts inside', async () => {
    const table =
      '<table><caption>Tides</caption><tr><th>Harbour<script>var x</script></th><th><ruby>漢<rt>かん</rt></ruby></th></tr><tr><td rowspan="2">Old</td><td>1</td></tr><tr><td>2</td></tr><tr><td rowspan="0">New</td><td rowspan="99999999">3</td></tr></table>';
    expect((await load('a.html', `<html><body>${table}</body></html>`)).text).toBe('Tides\nHarbour | 漢\nOld | 1\nOld | 2\nNew | 3');
  });

  it('keep a term and what it means apart', async () => {
    const { text } = await load('a.html', '<html><body><dl><dt>Term</dt><dd>Meaning</dd></dl><details><summary>More</summary>Inside</details></body></html>'); // prettier-ignore
    expect(text.split(/\n+/)).toEqual(['Term', 'Meaning', 'More', 'Inside']);
  });
});

describe('tables with separators', () => {
  it('may name their separator, have line ends in quotes, and begin with an empty cell', async () => {
    expect((await load('a.csv', 'sep=;\r\nname;"price\nin euros"\r\n"Ada; L.";1,50\r\n')).text).toBe(
      'name: Ada; L.\nprice\nin euros: 1,50',
    );
    expect((await load('b.csv', '"Amount\nnet, in euros";Date\n5;2024\n')).text).toBe('Amount\nnet, in euros: 5\nDate: 2024');
    expect((await load('c.tsv', '\tA\tB\nfirst\t1\t2\n')).text).toBe('first\nA: 1\nB: 2');
  });
});

describe('notebooks', () => {
  const cells = [
    { cell_type: 'markdown', metadata: {}, source: ['# Tides\n', 'From the harbour.'] },
    {
      cell_type: 'code',
      metadata: {},
      source: 'print(1)',
      outputs: [
        { output_type: 'stream', name: 'stdout', text: ['1\n'] },
        { output_type: 'display_data', data: { 'image/png': 'iVBORw0KGgo=', 'text/plain': ['<Figure>'] } },
      ],
    },
    { cell_type: 'code', metadata: {}, source: [], outputs: [] },
  ];

  it('are read as their texts, code and what it printed, without pictures', async () => {
    const notebook = { nbformat: 4, metadata: { language_info: { name: 'python' } }, cells };
    const file = await load('a.ipynb', JSON.stringify(notebook));
    expect(file.text).toBe('# Tides\nFrom the harbour.\n\n```python\nprint(1)\n```\n\n```\n1\n<Figure>\n```');
    expect(file.structure).toBe('markdown');
  });

  it('are read as they are when they are something else', async () => {
    expect(await load('a.ipynb', '{"cells": 1}')).toMatchObject({ text: '{"cells": 1}', structure: 'lines' });
    expect(await load('a.ipynb', 'no JSON')).toMatchObject({ text: 'no JSON', structure: 'lines' });
  });
});

it.each(['utf16le', 'utf16be'])('reads Japanese in %s without a mark', async (encoding) => {
  const text = '賃借人は敷金を六か月以内に受け取る。';
  const bytes = Buffer.from(text, 'utf16le');
  expect((await load('a.txt', encoding === 'utf16le' ? bytes : bytes.swap16())).text).toBe(text);
});
