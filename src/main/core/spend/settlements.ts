import type { Db } from '../db/database.ts';
import { prepareChangeOfSums } from './usage-sum.ts';

/** An amount that takes the place of what was booked for a record. */
export interface Settlement {
  readonly recordId: string;
  readonly source: 'bill' | 'own_price';
  readonly exactness: 'exact' | 'reported' | 'estimated' | 'lower_bound';
  readonly costNanos: number;
  /** The price it was reckoned with; null where a bill names the amount. */
  readonly priceJson: string | null;
  /** What the bill said, and the files it rests on; null without a bill. */
  readonly billJson: string | null;
}

/**
 * Amounts settled after a call was booked. The record and what was booked stay; sums follow. A settlement that is set back is kept,
 * with the time it was. Everything here belongs into a transaction.
 */
export function createSettlements(db: Db, now: () => number) {
  const takeOut = prepareChangeOfSums(db, -1);
  const putIn = prepareChangeOfSums(db, 1);
  const insert = db.prepare<Settlement & { settledAt: number }>(`
    INSERT INTO usage_settlement
      (record_id, source, exactness, cost_nanos, price_json, booked_exactness, booked_nanos, bill_json, settled_at)
    SELECT id, @source, @exactness, @costNanos, @priceJson, exactness, cost_nanos, @billJson, @settledAt
    FROM usage_record WHERE id = @recordId`);
  const undo = db.prepare<{ idsJson: string; undoneAt: number }>(`
    UPDATE usage_settlement SET undone_at = @undoneAt
    WHERE undone_at IS NULL AND record_id IN (SELECT value FROM json_each(@idsJson))`);

  /** Sums have a record's amount as it is now, so it goes out before the change and comes in after it. */
  function change(recordIds: readonly string[], work: () => void): void {
    takeOut(recordIds);
    work();
    putIn(recordIds);
  }

  return {
    /** Each record once; one that is settled already has to be set back first. */
    settle(settlements: readonly Settlement[]): void {
      const settledAt = now();
      change(
        settlements.map(({ recordId }) => recordId),
        () => settlements.forEach((settlement) => insert.run({ ...settlement, settledAt })),
      );
    },
    /** Gives records the amounts again that they were booked at. */
    setBack(recordIds: readonly string[]): void {
      change(recordIds, () => void undo.run({ idsJson: JSON.stringify(recordIds), undoneAt: now() }));
    },
  };
}
