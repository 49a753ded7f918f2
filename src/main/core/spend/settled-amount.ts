/*
 * The amount of a row of usage_record as SQL: what the seller's bill has settled, else what was booked. The record itself never
 * changes.
 */

/** How sure the amount is. */
export const settledExactness = `iif(EXISTS (SELECT 1 FROM usage_settlement WHERE record_id = usage_record.id), 'reported', exactness)`;

/** The amount in nano-USD; NULL without one. */
export const settledNanos = `coalesce((SELECT cost_nanos FROM usage_settlement WHERE record_id = usage_record.id), cost_nanos)`;
