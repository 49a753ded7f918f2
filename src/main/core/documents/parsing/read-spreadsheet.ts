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
  return book.SheetNames.flatMap((name, index) => {
    // A sheet that nobody sees cannot be looked up either.
    const isHidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
    const sheet = isHidden ? undefined : book.Sheets[name];
    const text = sheet === undefined ? '' : sheetText(sheet, firstDay);
    return text === '' ? [] : [`# ${name}\n\n${text}`];
  }).join('\n\n');
}

function sheetText(sheet: WorkSheet, firstDay: number): string {
  const table = createTableText(looksLikeHeader);
  // `dense` has the library keep rows of cells; both lists have holes, which `forEach` does not visit.
  const rows: readonly (readonly CellObject[])[] = sheet['!data'] ?? [];
  const merged = mergedAbove(sheet);
  rows.forEach((row, place) => {
    const cells: string[] = [];
    row.forEach((cell, column) => (cells[column] = shownText(cell, firstDay)));
    const isEmpty = !cells.some((text) => text !== '');
    for (const [column, first] of isEmpty ? [] : merged(place)) {
      const above = rows[first]?.[column];
      if (above !== undefined) cells[column] ||= shownText(above, firstDay);
    }
    if (cells.length > 0) table.add(Array.from(cells, (cell) => cell ?? ''));
  });
  return table.text();
}

/**
 * For a row, the columns whose cell began in a row above, each with that row: what stands there holds for this row, too.
 * Rows are to be asked for in order.
 */
function mergedAbove(sheet: WorkSheet): (row: number) => readonly (readonly [column: number, firstRow: number])[] {
  const tall = (sheet['!merges'] ?? []).filter(({ s: start, e: end }) => end.r > start.r).toSorted((a, b) => a.s.r - b.s.r);
  let open: typeof tall = [];
  let next = 0;
  return (row) => {
    for (; (tall[next]?.s.r ?? Infinity) < row; next += 1) open.push(...tall.slice(next, next + 1));
    open = open.filter(({ e: end }) => end.r >= row);
    return open.map(({ s: start }) => [start.c, start.r]);
  };
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
