import type { Database } from 'better-sqlite3';

/** Room for what a line needs that a factor did not. What was learned is dropped: the next call brings it back. */
export function calibrationLine(db: Database): void {
  db.exec(`
    DROP TABLE token_calibration;

    -- How tokens counted here compare with those a provider reported, in sums that fade with every new call.
    CREATE TABLE token_calibration (
      base_url TEXT NOT NULL,
      model TEXT NOT NULL,
      share TEXT NOT NULL CHECK (share IN ('input', 'output')),
      weight REAL NOT NULL CHECK (weight > 0),
      counted_sum REAL NOT NULL CHECK (counted_sum > 0),
      reported_sum REAL NOT NULL CHECK (reported_sum > 0),
      counted_square_sum REAL NOT NULL CHECK (counted_square_sum > 0),
      product_sum REAL NOT NULL CHECK (product_sum > 0),
      PRIMARY KEY (base_url, model, share)
    ) STRICT, WITHOUT ROWID;
  `);
}
