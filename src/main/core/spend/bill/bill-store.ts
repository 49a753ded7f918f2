import type { BadRow, BillFile, Seller } from '../../../../shared/contract/bill.ts';
import type { Db } from '../../db/database.ts';
import type { DayRange } from '../day-span.ts';
import type { ParsedBill } from './bill-entry.ts';
import type { BillLine, StoredBillLine } from './bill-lines.ts';

/** Bad rows that are kept with a file; of more only the number. */
const keptBadRows = 50;

/** A file as it is stored; how many calls rest on it is counted when it is shown. */
type StoredFile = Omit<BillFile, 'settledCount'>;

interface FileRow extends Omit<StoredFile, 'badRows'> {
  readonly badRowsJson: string;
}

/** The imported files and their lines. */
export function createBillStore(db: Db) {
  const fileColumns = `id, name, seller, kind, from_day AS fromDay, to_day AS toDay, row_count AS rowCount,
    bad_rows_json AS badRowsJson, bad_row_count AS badRowCount, imported_at AS importedAt`;
  const byHash = db.prepare<[string], FileRow>(`SELECT ${fileColumns} FROM bill_file WHERE content_hash = ?`);
  const all = db.prepare<[], FileRow>(`SELECT ${fileColumns} FROM bill_file ORDER BY id DESC`);
  const insertFile = db.prepare<Omit<FileRow, 'id'> & { contentHash: string; grain: string }>(`
    INSERT INTO bill_file
      (content_hash, name, seller, kind, grain, from_day, to_day, row_count, bad_rows_json, bad_row_count, imported_at)
    VALUES (@contentHash, @name, @seller, @kind, @grain, @fromDay, @toDay, @rowCount, @badRowsJson, @badRowCount, @importedAt)`);
  const insertLine = db.prepare<BillLine & { fileId: number | bigint }>(`
    INSERT INTO bill_line (file_id, day, item, part, call_id, cost_nanos, request_count, input_tokens, cached_tokens, output_tokens)
    VALUES (@fileId, @day, @item, @part, @callId, @costNanos, @requestCount, @inputTokens, @cachedTokens, @outputTokens)`);
  const remove = db.prepare<[number]>('DELETE FROM bill_file WHERE id = ?');
  const lines = db.prepare<DayRange, StoredBillLine>(`
    SELECT file_id AS fileId, seller, kind, grain, day, item, part, call_id AS callId, cost_nanos AS costNanos,
      request_count AS requestCount, input_tokens AS inputTokens, cached_tokens AS cachedTokens, output_tokens AS outputTokens
    FROM bill_line JOIN bill_file ON bill_file.id = file_id WHERE day BETWEEN @from AND @to ORDER BY file_id, day, item, part`);
  const covered = db.prepare<DayRange, { seller: Seller; fromDay: string; toDay: string }>(`
    SELECT seller, from_day AS fromDay, to_day AS toDay FROM bill_file
    WHERE kind IN ('costs', 'activity') AND from_day <= @to AND to_day >= @from`);

  return {
    /** The file with this SHA-256, if it was imported. */
    fileOf: (contentHash: string): StoredFile | null => toFile(byHash.get(contentHash)),
    /** The latest first. */
    files: (): StoredFile[] => all.all().flatMap((row) => toFile(row) ?? []),
    /** Stores a file with its lines. Belongs into a transaction. */
    insert(bill: ParsedBill, about: { contentHash: string; name: string; importedAt: number }, billLines: readonly BillLine[]): StoredFile {
      const { seller, kind, fromDay, toDay, rowCount, badRows } = bill;
      const badRowsJson = JSON.stringify(badRows.slice(0, keptBadRows));
      const row = { ...about, seller, kind, fromDay, toDay, rowCount, badRowsJson, badRowCount: badRows.length };
      const fileId = insertFile.run({ ...row, grain: bill.grain }).lastInsertRowid;
      for (const line of billLines) insertLine.run({ ...line, fileId });
      return { ...row, id: Number(fileId), badRows: badRows.slice(0, keptBadRows) };
    },
    remove: (id: number): void => void remove.run(id),
    /** Every line of every file about these days, those of earlier files first. */
    lines: (days: DayRange): StoredBillLine[] => lines.all(days),
    /** Stretches of days of which the files know what they cost, by seller. */
    coveredBy: (days: DayRange): readonly { seller: Seller; fromDay: string; toDay: string }[] => covered.all(days),
  };
}

function toFile(row: FileRow | undefined): StoredFile | null {
  if (row === undefined) return null;
  const { badRowsJson, ...file } = row;
  // Written by `insert` and by nobody else.
  return { ...file, badRows: JSON.parse(badRowsJson) as BadRow[] };
}
