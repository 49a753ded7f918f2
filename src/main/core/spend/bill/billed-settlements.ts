import type { BillFile } from '../../../../shared/contract/bill.ts';
import type { Db } from '../../db/database.ts';

/** Which calls were settled by the word of which files. */
export function createBilledSettlements(db: Db) {
  const inForce =
    "usage_settlement, json_each(bill_json, '$.fileIds') AS file WHERE source = 'bill' AND undone_at IS NULL AND file.value = ?";
  const restingOn = db.prepare<[number], string>(`SELECT DISTINCT record_id FROM ${inForce}`).pluck();
  const count = db.prepare<[number], number>(`SELECT count(DISTINCT record_id) FROM ${inForce}`).pluck();
  return {
    /** The records whose amounts rest on a file, alone or with others. */
    restingOn: (fileId: number): string[] => restingOn.all(fileId),
    /** The file with the number of calls that rest on it. */
    withCount: (file: Omit<BillFile, 'settledCount'>): BillFile => ({ ...file, settledCount: count.get(file.id) ?? 0 }),
  };
}
