import { maxFileBytes } from '../../../../shared/file-limits.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';

/** Longest text kept of one file, in UTF-16 code units: some 10,000 pages. */
export const maxTextChars = 30_000_000;
/** A page tree can name one page any number of times, and each costs its time. */
export const maxPages = 10_000;
/** As many as a sheet of Excel has. */
export const maxColumns = 16_384;

/** Throws AppError FILE_TOO_LARGE for a file of more bytes than are taken. */
export function assertFileSize(sizeBytes: number): void {
  if (sizeBytes > maxFileBytes)
    throw new AppError('FILE_TOO_LARGE', 'The file is too large.', { data: { limitMegabytes: maxFileBytes / 1024 / 1024 } });
}

/** Throws AppError FILE_TOO_LARGE for a text that is longer than is kept. */
export function assertTextLength(charCount: number): void {
  if (charCount <= maxTextChars) return;
  throw new AppError('FILE_TOO_LARGE', 'The file holds too much text.', { data: { reason: 'too_much_text', limitChars: maxTextChars } });
}

/** Throws AppError FILE_TOO_LARGE for more pages than are read. */
export function assertPageCount(pageCount: number): void {
  if (pageCount <= maxPages) return;
  throw new AppError('FILE_TOO_LARGE', 'The file has too many pages.', { data: { reason: 'too_many_pages', limitPages: maxPages } });
}

/** Throws AppError FILE_TOO_COMPLEX for a table row of more cells than any sheet has. */
export function assertColumnCount(columnCount: number): void {
  if (columnCount <= maxColumns) return;
  throw new AppError('FILE_TOO_COMPLEX', 'The table has too many columns.', {
    data: { reason: 'too_many_columns', limitColumns: maxColumns },
  });
}

/** For what lies inside itself deeper than a parser can follow. */
export function nestedTooDeeply(cause?: unknown): AppError {
  return new AppError('FILE_TOO_COMPLEX', 'The file is nested too deeply.', { data: { reason: 'nested_too_deeply' }, cause });
}
