import { dsvFormat } from 'd3-dsv';

/** In the order in which a tie is decided. */
const separators = [',', ';', '\t', '|'];

/**
 * Rows of a table as `column: value` lines with a blank line between rows, so that every row makes sense alone.
 * Not the community CSVLoader: it writes "undefined" for the missing cells of short rows and knows one separator.
 */
export function readTable(text: string, separator: string | null): string {
  const [header, ...rows] = dsvFormat(separator ?? likelySeparator(text)).parseRows(text.trim());
  if (header === undefined) return '';
  if (rows.length === 0) return header.join('\n');
  return rows
    .map((row) => rowLines(header, row))
    .filter((lines) => lines !== '')
    .join('\n\n');
}

/** Spreadsheets write `;` where the comma is the decimal sign, so the header line has to tell. */
function likelySeparator(text: string): string {
  const newline = text.indexOf('\n');
  const header = (newline < 0 ? text : text.slice(0, newline)).replaceAll(/"[^"]*"/g, '');
  const counts = separators.map((separator) => header.split(separator).length);
  return separators[counts.indexOf(Math.max(...counts))] ?? ',';
}

function rowLines(header: readonly string[], row: readonly string[]): string {
  return row
    .map((cell, index) => ({ column: header[index]?.trim() ?? '', cell: cell.trim() }))
    .filter(({ cell }) => cell !== '')
    .map(({ column, cell }) => (column === '' ? cell : `${column}: ${cell.replaceAll(/\n\s*\n/g, '\n')}`))
    .join('\n');
}
