import { describe, expect, it } from 'vitest';
import {
  column,
  lineByLine,
  makeJapaneseLayout,
  makeLaidOutPdf,
  type LaidOutLine,
  type LaidOutPage,
} from '../../../../../tests/sample-files/laid-out-pdf.ts';
import { readPdfText } from './read-pdf.ts';

const leftTexts = [
  'The tenant may keep small pets without',
  'asking. A dog needs the consent of the',
  'landlord, which he may refuse for a good',
  'reason only. Whoever hands back the flat',
  'has to remove what was built in. The land-',
];
const rightTexts = [
  'lord keeps the deposit for at most six',
  'months after the keys were handed back.',
  'What is left of it is paid out with the',
  'interest that the bank has paid for it.',
  'Nothing else was agreed on about it here.',
];
const left = column(50, 160, leftTexts);
const right = column(310, 160, rightTexts);
const inColumns = [
  ...leftTexts.slice(0, -1),
  'has to remove what was built in. The landlord',
  'keeps the deposit for at most six',
  ...rightTexts.slice(1),
];
const title = { x: 50, y: 120, text: 'On keeping animals in rented flats, and on what becomes of the deposit at the end' };
const tableRows = [
  ['Flat', 'Rent', 'Deposit'],
  ['North', '900', '1,800'],
  ['South', '1,100', '2,200'],
  ['Attic', '700', '1,400'],
];
const table = tableRows.flatMap((cells, row) => cells.map((text, index) => ({ x: 50 + index * 180, y: 300 + row * 13, text })));
const tableText = tableRows.map((cells) => cells.join(' '));

async function textsOf(pages: readonly LaidOutPage[]): Promise<string[]> {
  const { pages: read } = await readPdfText(await makeLaidOutPdf(pages));
  return read.map(({ text }) => text.replaceAll(/[ \t]+/g, ' '));
}

describe('columns', () => {
  it('are read one after the other though the file draws them line by line, between a title and a table that keeps its rows', async () => {
    const lines = [title, ...lineByLine(left, right), ...table];
    expect(await textsOf([{ lines }])).toEqual([[title.text, ...inColumns, ...tableText].join('\n')]);
  });

  it('are read from the left, and from the top, in whatever order they were drawn', async () => {
    expect(await textsOf([{ lines: [...right, ...left, title] }])).toEqual([[title.text, ...inColumns].join('\n')]);
  });

  it('are found on a page that is stored on its side', async () => {
    expect(await textsOf([{ lines: [title, ...lineByLine(left, right)], isSideways: true }])).toEqual([
      [title.text, ...inColumns].join('\n'),
    ]);
  });

  it('are found in Japanese', async () => {
    const leftJapanese = [
      '賃借人は小さな動物を許可なく飼うこと',
      'ができる。犬を飼うには家主の同意が必',
      '要であり、家主は正当な理由がある場合',
      'にだけ拒むことができる。家主は敷金を',
    ];
    const rightJapanese = [
      '鍵の返還から六か月を超えて保持しては',
      'ならない。残額は銀行の利息とともに支',
      '払われる。そのほかに取り決めはないも',
      'のとする。この契約は二通作成される。',
    ];
    const lines = lineByLine(column(60, 200, leftJapanese), column(320, 200, rightJapanese));
    const { pages } = await readPdfText(makeJapaneseLayout(lines));
    expect(pages).toEqual([{ page: 1, text: [...leftJapanese, ...rightJapanese].join('\n') }]);
  });

  it('are not made of a table, a list of terms, or a page of short lines', async () => {
    const terms = [...column(50, 100, ['Rent', 'Deposit', 'Notice', 'Keys']), ...column(250, 100, ['What is paid for the flat each month.', 'Two months of rent, paid at the start.', 'Three months to the end of a month.', 'Two for the house, one for the cellar.'])]; // prettier-ignore
    const poem = column(50, 400, ['Short lines', 'of a text that', 'nobody would take for', 'two columns, as little', 'as its reader']);
    expect(await textsOf([{ lines: lineByLine(terms) }, { lines: table }, { lines: poem }])).toEqual([
      ['Rent What is paid for the flat each month.', 'Deposit Two months of rent, paid at the start.', 'Notice Three months to the end of a month.', 'Keys Two for the house, one for the cellar.'].join('\n'),
      tableText.join('\n'),
      poem.map(({ text }) => text).join('\n'),
    ]); // prettier-ignore
  });
});

describe('running heads and page numbers', () => {
  const body = (page: number): LaidOutLine[] => column(50, 120, [`Matter ${page} is settled like this.`, 'So it was agreed by both.']);
  const head = { x: 50, y: 40, text: 'Lease agreement no. 4711' };

  it('are left out, but for the first of those that say the same', async () => {
    const pages = [1, 2, 3, 4].map((page) => ({ lines: [{ x: 290, y: 810, text: `Page ${page} of 4` }, head, ...body(page)] }));
    expect(await textsOf(pages)).toEqual([
      `${head.text}\nMatter 1 is settled like this.\nSo it was agreed by both.`,
      ...[2, 3, 4].map((page) => `Matter ${page} is settled like this.\nSo it was agreed by both.`),
    ]);
  });

  it('may differ on left and right pages, and count from elsewhere', async () => {
    const pages = [1, 2, 3, 4, 5, 6].map((page) => ({
      lines: [{ x: page % 2 === 0 ? 50 : 500, y: 40, text: `${page + 16}` }, ...(page % 2 === 0 ? [head] : []), ...body(page)],
    }));
    const texts = await textsOf(pages);
    expect(texts.slice(2).join('\n')).not.toContain(head.text);
    expect(texts.join('\n')).not.toMatch(/^\d+$/m);
  });

  it('are not what stands there only once or twice, or belongs to the text below', async () => {
    const first = [1, 2].map((page) => ({ lines: [head, ...body(page)] }));
    const close = [3, 4, 5].map((page) => ({ lines: column(50, 60, ['The same first line.', `And what follows it on page ${page}.`]) }));
    const texts = await textsOf([...first, ...close]);
    expect(texts.slice(0, 2).every((text) => text.startsWith(head.text))).toBe(true);
    expect(texts.slice(2).every((text) => text.startsWith('The same first line.'))).toBe(true);
  });
});

describe('words cut by the end of a line', () => {
  it('are made whole, save for those that have a hyphen of their own', async () => {
    const texts = [
      'A well-known rule of the house: the land-',
      'lord, as is well-',
      'known, pays. The EU-',
      'Commission and 2019-',
      '2024 stay as they are.',
    ];
    expect(await textsOf([{ lines: column(50, 100, texts) }])).toEqual([
      'A well-known rule of the house: the landlord,\nas is well-known,\npays. The EU-\nCommission and 2019-\n2024 stay as they are.',
    ]);
  });
});

it('tells how many pages there are, and gives only those with text', async () => {
  const { pageCount, pages } = await readPdfText(await makeLaidOutPdf([{ lines: [] }, { lines: [title] }]));
  expect(pageCount).toBe(2);
  expect(pages).toEqual([{ page: 2, text: title.text }]);
});
