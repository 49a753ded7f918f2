/*
 * The amount of a row of usage_record as SQL: what it was settled at afterwards, else what was booked. The record itself never
 * changes.
 */

const inForce = 'FROM usage_settlement WHERE record_id = usage_record.id AND undone_at IS NULL';

/** How sure the amount is. */
export const settledExactness = `coalesce((SELECT exactness ${inForce}), exactness)`;

/** The amount in nano-USD; NULL without one. */
export const settledNanos = `coalesce((SELECT cost_nanos ${inForce}), cost_nanos)`;

/** The price the amount was reckoned with, as JSON; NULL without one. */
export const settledPrice = `coalesce((SELECT price_json ${inForce}), price_json)`;

/** By whose word the amount was settled afterwards: bill, own_price; NULL: it is as it was booked. */
export const settledBy = `(SELECT source ${inForce})`;

/** Whether the call was booked without a price and has none yet. */
export const isWithoutPrice = `exactness = 'no_price' AND ${settledBy} IS NULL`;
