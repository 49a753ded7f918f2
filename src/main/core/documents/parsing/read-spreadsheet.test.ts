import JSZip from 'jszip';
import { expect, it } from 'vitest';
import { makeXlsx } from '../../../../../tests/sample-files/sheet-files.ts';
import { readSpreadsheet } from './read-spreadsheet.ts';

it('gives each row of each sheet its column names, with cells as the sheet shows them', async () => {
  const book = await makeXlsx([
    {
      name: 'Rent & dues',
      rows: [
        ['Flat', 'Paid on', 'Amount', 'Share', 'Kept'],
        [
          'A 1',
          { value: 45_992, format: 'd. mmm yyyy' },
          { value: 1234.5, format: '#,##0.00 "€"' },
          { value: 0.125, format: '0.0%' },
          true,
        ],
        ['B 2', { value: 45_992.75, format: 'yyyy-mm-dd hh:mm' }, { value: -3, format: '0;[Red](0)' }, null, false],
      ],
    },
    { name: '合計', rows: [['Total of everything'], [], ['項目', '値'], ['家賃', { formula: 'SUM(A1:A2)', value: 2469 }]] },
    { name: 'Empty', rows: [] },
  ]);
  expect(readSpreadsheet(book)).toBe(
    [
      '# Rent & dues',
      'Flat: A 1\nPaid on: 1. Dec 2025\nAmount: 1,234.50 €\nShare: 12.5%\nKept: TRUE',
      'Flat: B 2\nPaid on: 2025-12-01 18:00\nAmount: (3)\nKept: FALSE',
      '# 合計',
      'Total of everything',
      '項目: 家賃\n値: 2469',
    ].join('\n\n'),
  );
});

it('leaves rows of numbers as rows', async () => {
  expect(readSpreadsheet(await makeXlsx([{ name: 'A', rows: [[1, 2.5], [null, null, 3]] }]))).toBe('# A\n\n1 | 2.5\n3'); // prettier-ignore
});

it('writes short dates the same for everyone', async () => {
  const book = await makeXlsx([
    {
      name: 'A',
      rows: [
        [
          { value: 45_992, format: 14 },
          { value: 45_992.5, format: 22 },
        ],
      ],
    },
  ]);
  expect(readSpreadsheet(book)).toBe('# A\n\n2025-12-01 | 2025-12-01 12:00');
});

it('shows the number where its format is broken, and knows workbooks that count from 1904', async () => {
  const book = await makeXlsx([
    {
      name: 'A',
      rows: [
        [
          { value: 7, format: 'bad[[' },
          { value: 44_530, format: 'dd.mm.yyyy' },
        ],
      ],
    },
  ]);
  const zip = await JSZip.loadAsync(book);
  const workbook = await zip.file('xl/workbook.xml')?.async('string');
  zip.file('xl/workbook.xml', (workbook ?? '').replace('<sheets>', '<workbookPr date1904="1"/><sheets>'));
  expect(readSpreadsheet(await zip.generateAsync({ type: 'nodebuffer' }))).toBe('# A\n\n7 | 01.12.2025');
});
