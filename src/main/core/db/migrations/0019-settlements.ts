import type { Database } from 'better-sqlite3';

/**
 * Settlements can be set back, and are kept when they are; a call can also be priced afterwards, by a price the user has set. Bill
 * files keep their lines in finer parts, so that files which speak of other parts of a day add up.
 */
export function settlementsAndParts(db: Database): void {
  db.exec(`
    DROP TRIGGER usage_settlement_of_deleted;
    ALTER TABLE usage_settlement RENAME TO usage_settlement_before;

    -- The amount of a record that was settled after it was booked. The record itself stays as it was booked.
    CREATE TABLE usage_settlement (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      record_id TEXT NOT NULL,
      -- bill: the seller's bill says so; own_price: reckoned afterwards with a price the user has set.
      source TEXT NOT NULL CHECK (source IN ('bill', 'own_price')),
      exactness TEXT NOT NULL CHECK (exactness IN ('exact', 'reported', 'estimated', 'lower_bound')),
      cost_nanos INTEGER NOT NULL CHECK (cost_nanos >= 0),
      price_json TEXT CHECK (price_json IS NULL OR json_valid(price_json)),
      booked_exactness TEXT NOT NULL CHECK (booked_exactness IN ('estimated', 'lower_bound', 'no_price')),
      booked_nanos INTEGER,
      -- What the bill said of that day and model, for whoever asks later, and fileIds: the files it rests on.
      bill_json TEXT CHECK (bill_json IS NULL OR json_valid(bill_json)),
      settled_at INTEGER NOT NULL,
      -- When it was set back; NULL: it holds.
      undone_at INTEGER,
      CHECK ((source = 'bill') = (bill_json IS NOT NULL)),
      CHECK ((source = 'own_price') = (price_json IS NOT NULL)),
      CHECK ((booked_exactness = 'no_price') = (booked_nanos IS NULL))
    ) STRICT;

    INSERT INTO usage_settlement
      (record_id, source, exactness, cost_nanos, booked_exactness, booked_nanos, bill_json, settled_at)
    SELECT record_id, 'bill', 'reported', cost_nanos, booked_exactness, booked_nanos,
      json_set(bill_json, '$.fileIds', json((
        SELECT json_group_array(DISTINCT file_id) FROM bill_line JOIN bill_file ON bill_file.id = file_id
        WHERE bill_line.day = bill_json ->> 'day' AND seller = bill_json ->> 'seller'
      ))), settled_at
    FROM usage_settlement_before ORDER BY settled_at, record_id;
    DROP TABLE usage_settlement_before;

    CREATE UNIQUE INDEX usage_settlement_in_force ON usage_settlement (record_id) WHERE undone_at IS NULL;
    CREATE INDEX usage_settlement_by_record ON usage_settlement (record_id);

    CREATE TRIGGER usage_settlement_kept BEFORE UPDATE OF
      id, record_id, source, exactness, cost_nanos, price_json, booked_exactness, booked_nanos, bill_json, settled_at ON usage_settlement
    BEGIN
      SELECT RAISE(ABORT, 'settlements are kept');
    END;

    CREATE TRIGGER usage_settlement_undone_once BEFORE UPDATE OF undone_at ON usage_settlement WHEN old.undone_at IS NOT NULL BEGIN
      SELECT RAISE(ABORT, 'settlements are set back once');
    END;

    CREATE TRIGGER usage_settlement_of_deleted AFTER DELETE ON usage_record BEGIN
      DELETE FROM usage_settlement WHERE record_id = old.id;
    END;

    -- What a file divides its days by, in words. Files that divide a day alike add up; of others the latest holds.
    ALTER TABLE bill_file ADD COLUMN grain TEXT NOT NULL DEFAULT 'merged';
    UPDATE bill_file SET grain = 'merged item' WHERE EXISTS (SELECT 1 FROM bill_line WHERE file_id = bill_file.id AND item <> '');

    ALTER TABLE bill_line RENAME TO bill_line_before;

    CREATE TABLE bill_line (
      file_id INTEGER NOT NULL REFERENCES bill_file (id) ON DELETE CASCADE,
      -- In UTC.
      day TEXT NOT NULL,
      -- As the bill calls the model or what else was sold; '' for a day that is not divided.
      item TEXT NOT NULL,
      -- Which part of the day and the item: the project, the key, the hour and so on, as JSON; '' for all of it.
      part TEXT NOT NULL,
      -- Of a line that is one call: its id with the seller.
      call_id TEXT,
      -- Credits are below 0. NULL: the file says nothing of money.
      cost_nanos INTEGER,
      request_count INTEGER CHECK (request_count >= 0),
      input_tokens INTEGER CHECK (input_tokens >= 0),
      cached_tokens INTEGER CHECK (cached_tokens >= 0),
      output_tokens INTEGER CHECK (output_tokens >= 0),
      PRIMARY KEY (file_id, day, item, part)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO bill_line (file_id, day, item, part, cost_nanos, request_count, input_tokens, cached_tokens, output_tokens)
    SELECT file_id, day, item, '', max(cost_nanos), max(request_count), max(input_tokens), max(cached_tokens), max(output_tokens)
    FROM bill_line_before GROUP BY file_id, day, item;
    DROP TABLE bill_line_before;

    CREATE INDEX bill_line_by_day ON bill_line (day);
  `);
}
