import { assertColumnCount, assertTextLength } from './parsing-limits.ts';

/** Takes the rows of a table one after the other. */
export interface TableText {
  /** Throws AppError FILE_TOO_COMPLEX for too many columns and FILE_TOO_LARGE once the text is too long. */
  add(row: readonly string[]): void;
  text(): string;
}

/**
 * Rows of a table as `column: value` lines with a blank line between rows, so that every row makes sense alone. The first
 * row for which `isHeader` holds names the columns; rows before it, and all rows where there is none, are one line each.
 */
export function createTableText(isHeader: (row: readonly string[]) => boolean): TableText {
  const parts: string[] = [];
  let header: readonly string[] | null = null;
  let rowCount = 0;
  let charCount = 0;

  function write(part: string): void {
    if (part === '') return;
    charCount += part.length;
    assertTextLength(charCount);
    parts.push(part);
  }

  return {
    add(row) {
      assertColumnCount(row.length);
      if (header === null && isHeader(row)) {
        header = row.map((cell) => cell.trim());
        return;
      }
      rowCount += 1;
      write(header === null ? plainRow(row) : labelledRow(header, row));
    },
    text() {
      if (header !== null && rowCount === 0) write(header.join('\n'));
      return parts.join(header === null ? '\n' : '\n\n');
    },
  };
}

function plainRow(row: readonly string[]): string {
  return row
    .map((cell) => cell.replaceAll(/\s+/g, ' ').trim())
    .filter((cell) => cell !== '')
    .join(' | ');
}

function labelledRow(header: readonly string[], row: readonly string[]): string {
  const lines: string[] = [];
  for (const [index, value] of row.entries()) {
    const cell = value.trim();
    if (cell === '') continue;
    const column = header[index] ?? '';
    lines.push(column === '' ? cell : `${column}: ${cell.replaceAll(/\n\s*\n/g, '\n')}`);
  }
  return lines.join('\n');
}
