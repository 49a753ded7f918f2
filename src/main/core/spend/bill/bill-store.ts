import type { BadRow, BillFile, Seller } from '../../../../shared/contract/bill.ts';
import type { Db } from '../../db/database.ts';
import type { DayRange } from '../day-span.ts';
import type { ParsedBill } from './bill-entry.ts';
import { toNanos } from './decimal-amount.ts';

/** Bad rows that are kept with a file; of more only the number. */
const keptBadRows = 50;

export type BillAspect = 'cost' | 'usage';

/** What a file says about a day and an item. */
export interface BillLine {
  readonly aspect: BillAspect;
  readonly day: string;
  readonly item: string;
  readonly costNanos: number | null;
  readonly requestCount: number | null;
  readonly inputTokens: number | null;
  readonly cachedTokens: number | null;
  readonly outputTokens: number | null;
}

export interface StoredBillLine extends BillLine {
  readonly fileId: number;
  readonly seller: Seller;
}

interface FileRow extends Omit<BillFile, 'badRows'> {
  readonly badRowsJson: string;
}

/** The imported files and their lines. */
export function createBillStore(db: Db) {
  const fileColumns = `id, name, seller, kind, from_day AS fromDay, to_day AS toDay, row_count AS rowCount,
    bad_rows_json AS badRowsJson, bad_row_count AS badRowCount, imported_at AS importedAt`;
  const byHash = db.prepare<[string], FileRow>(`SELECT ${fileColumns} FROM bill_file WHERE content_hash = ?`);
  const all = db.prepare<[], FileRow>(`SELECT ${fileColumns} FROM bill_file ORDER BY id DESC`);
  const insertFile = db.prepare<Omit<FileRow, 'id'> & { contentHash: string }>(`
    INSERT INTO bill_file (content_hash, name, seller, kind, from_day, to_day, row_count, bad_rows_json, bad_row_count, imported_at)
    VALUES (@contentHash, @name, @seller, @kind, @fromDay, @toDay, @rowCount, @badRowsJson, @badRowCount, @importedAt)`);
  const insertLine = db.prepare<BillLine & { fileId: number | bigint }>(`
    INSERT INTO bill_line (file_id, aspect, day, item, cost_nanos, request_count, input_tokens, cached_tokens, output_tokens)
    VALUES (@fileId, @aspect, @day, @item, @costNanos, @requestCount, @inputTokens, @cachedTokens, @outputTokens)`);
  const remove = db.prepare<[number]>('DELETE FROM bill_file WHERE id = ?');
  const lines = db.prepare<DayRange, StoredBillLine>(`
    SELECT file_id AS fileId, seller, aspect, day, item, cost_nanos AS costNanos, request_count AS requestCount,
      input_tokens AS inputTokens, cached_tokens AS cachedTokens, output_tokens AS outputTokens
    FROM bill_line JOIN bill_file ON bill_file.id = file_id WHERE day BETWEEN @from AND @to ORDER BY file_id, day, item`);
  const covered = db.prepare<DayRange, { seller: Seller; fromDay: string; toDay: string }>(`
    SELECT seller, from_day AS fromDay, to_day AS toDay FROM bill_file
    WHERE kind IN ('costs', 'activity') AND from_day <= @to AND to_day >= @from`);

  return {
    /** The file with this SHA-256, if it was imported. */
    fileOf: (contentHash: string): BillFile | null => toFile(byHash.get(contentHash)),
    /** The latest first. */
    files: (): BillFile[] => all.all().flatMap((row) => toFile(row) ?? []),
    /** Stores a file with its lines. Belongs into a transaction. */
    insert(bill: ParsedBill, about: { contentHash: string; name: string; importedAt: number }, billLines: readonly BillLine[]): BillFile {
      const { seller, kind, fromDay, toDay, rowCount, badRows } = bill;
      const badRowsJson = JSON.stringify(badRows.slice(0, keptBadRows));
      const row = { ...about, seller, kind, fromDay, toDay, rowCount, badRowsJson, badRowCount: badRows.length };
      const fileId = insertFile.run(row).lastInsertRowid;
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

function toFile(row: FileRow | undefined): BillFile | null {
  if (row === undefined) return null;
  const { badRowsJson, ...file } = row;
  // Written by `insert` and by nobody else.
  return { ...file, badRows: JSON.parse(badRowsJson) as BadRow[] };
}

/** The rows of a file as lines: one for each day, item and aspect. */
export function linesOf({ entries }: ParsedBill): BillLine[] {
  const byDay = Map.groupBy(entries, ({ day, item }) => JSON.stringify([day, item]));
  return [...byDay.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { day, item } = first;
    const none = { costNanos: null, requestCount: null, inputTokens: null, cachedTokens: null, outputTokens: null };
    const costs = group.flatMap(({ cost }) => cost ?? []);
    const usages = group.flatMap(({ usage }) => usage ?? []);
    const sum = (count: keyof (typeof usages)[number]): number | null =>
      usages.every((usage) => usage[count] === null) ? null : usages.reduce((whole, usage) => whole + (usage[count] ?? 0), 0);
    return [
      ...(costs.length === 0 ? [] : [{ ...none, aspect: 'cost' as const, day, item, costNanos: toNanos(costs.reduce((a, b) => a + b)) }]),
      ...(usages.length === 0
        ? []
        : [
            {
              ...none,
              aspect: 'usage' as const,
              day,
              item,
              requestCount: sum('requestCount'),
              inputTokens: sum('inputTokens'),
              cachedTokens: sum('cachedTokens'),
              outputTokens: sum('outputTokens'),
            },
          ]),
    ];
  });
}

/**
 * The lines that hold: of files that speak of the same the latest, and of a day that one file divides by model and another does not
 * the way the latest one has it, since both together would count the day twice. `lines` with those of earlier files first.
 */
export function holdingLines<Line extends StoredBillLine>(lines: readonly Line[]): Line[] {
  const days = Map.groupBy(lines, ({ seller, aspect, day }) => `${seller} ${aspect} ${day}`);
  return [...days.values()].flatMap((ofDay) => {
    const isWhole = ofDay.at(-1)?.item === '' && ofDay.every(({ fileId, item }) => fileId !== ofDay.at(-1)?.fileId || item === '');
    const latest = new Map(ofDay.filter(({ item }) => (item === '') === isWhole).map((line) => [line.item, line]));
    return [...latest.values()];
  });
}
