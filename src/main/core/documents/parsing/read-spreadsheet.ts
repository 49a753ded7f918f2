import { read, type CellObject, type WorkSheet } from '@e965/xlsx';
import { format, isDateFormat } from 'numfmt';
import { createTableText } from './table-text.ts';

/** Days between the two dates from which workbooks count: the end of 1899, and 1904 where they come from older Macs. */
const daysTo1904 = 1_462;
/** Excel shows these in the order of whoever looks; this way everyone reads the same. */
const orderedFormats: Readonly<Record<string, string>> = { 'm/d/yy': 'yyyy-mm-dd', 'm/d/yy h:mm': 'yyyy-mm-dd hh:mm' };

/**
 * A workbook as Markdown: each sheet a heading and its rows, cells as the sheet shows them (dates, percentages, currency).
 * Only cells that hold something are looked at: one in the last corner of a sheet costs no more than one in the first.
 * Throws AppError FILE_TOO_COMPLEX or FILE_TOO_LARGE, and whatever the library throws at a damaged file.
 */
export function readSpreadsheet(bytes: Uint8Array): string {
  const book = read(bytes, { dense: true, cellNF: true, cellFormula: false, cellHTML: false });
  const firstDay = book.Workbook?.WBProps?.date1904 === true ? daysTo1904 : 0;
  return book.SheetNames.flatMap((name) => {
    const sheet = book.Sheets[name];
    const text = sheet === undefined ? '' : sheetText(sheet, firstDay);
    return text === '' ? [] : [`# ${name}\n\n${text}`];
  }).join('\n\n');
}

function sheetText(sheet: WorkSheet, firstDay: number): string {
  const table = createTableText(looksLikeHeader);
  // `dense` has the library keep rows of cells; both lists have holes, which `forEach` does not visit.
  const rows: readonly (readonly CellObject[])[] = sheet['!data'] ?? [];
  rows.forEach((row) => {
    const cells: string[] = [];
    row.forEach((cell, column) => (cells[column] = shownText(cell, firstDay)));
    if (cells.length > 0) table.add(Array.from(cells, (cell) => cell ?? ''));
  });
  return table.text();
}

function shownText({ t: type, v: value, w: text, z: cellFormat }: CellObject, firstDay: number): string {
  if (type === 'z' || value === undefined) return '';
  if (typeof value !== 'number' || type === 'e') return text ?? String(value);
  const shown = typeof cellFormat === 'string' ? (orderedFormats[cellFormat] ?? cellFormat) : 'General';
  try {
    return format(shown, isDateFormat(shown) ? value + firstDay : value);
  } catch {
    // A format nobody can read; the number is still what it is.
    return String(value);
  }
}

/** A title above a table fills one cell; the names of columns are several texts, none of them a number and none twice. */
function looksLikeHeader(row: readonly string[]): boolean {
  const filled = row.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return filled.length > 1 && new Set(filled).size === filled.length && filled.every((cell) => /\p{L}/u.test(cell));
}
