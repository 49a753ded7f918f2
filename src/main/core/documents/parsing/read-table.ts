import { dsvFormat } from 'd3-dsv';
import { createTableText } from './table-text.ts';

/** The separator shows well before; a line can be as long as the file. */
const headerChars = 64 * 1024;
/** In the order in which a tie is decided. */
const separators = [',', ';', '\t', '|'];

/**
 * The text of a table with separators: its first row names the columns. Throws AppError FILE_TOO_COMPLEX or FILE_TOO_LARGE.
 * Not the community CSVLoader: it writes "undefined" for the missing cells of short rows and knows one separator.
 */
export function readTable(text: string, separator: string | null): string {
  const table = createTableText(() => true);
  // Handed on row by row, so that neither a million rows nor as many columns are held at once.
  // White space at the beginning may be the first, empty cell.
  const [named, rows] = separatorLine(text.replace(/^[\r\n]+/, '').trimEnd());
  dsvFormat(named ?? separator ?? likelySeparator(rows)).parseRows(rows, (row) => {
    table.add(row);
  });
  return table.text();
}

/** Excel writes, and reads, a first line that only names the separator. */
function separatorLine(text: string): [separator: string | null, rest: string] {
  const line = /^"?sep=([,;\t|])"?\r?\n/i.exec(text);
  return [line?.[1] ?? null, text.slice(line?.[0].length ?? 0)];
}

/** Spreadsheets write `;` where the comma is the decimal sign, so the header line has to tell. */
function likelySeparator(text: string): string {
  // Without what is in quotes first: the name of a column may have a line end in it.
  const start = text.slice(0, headerChars).replaceAll(/"[^"]*"/g, '');
  const newline = start.indexOf('\n');
  const header = newline < 0 ? start : start.slice(0, newline);
  const counts = separators.map((separator) => header.split(separator).length);
  return separators[counts.indexOf(Math.max(...counts))] ?? ',';
}
