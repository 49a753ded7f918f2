import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrations } from './index.ts';
import { settlementsAndParts } from './0019-settlements.ts';

function openOld(): Database.Database {
  const db = new Database(':memory:');
  for (const migrate of migrations.slice(0, migrations.indexOf(settlementsAndParts))) migrate(db);
  return db;
}

it('keeps what bills have settled and said, with the files a settlement rests on', () => {
  const db = openOld();
  db.exec(`
    INSERT INTO usage_record (id, attempt, purpose, outcome, provider_id, provider_name, provider_kind, base_url, requested_model,
        token_source, exactness, currency, cost_nanos, started_at, duration_ms, local_day, time_zone)
      VALUES ('u1', 1, 'answer', 'stopped', 'p', 'P', 'remote', 'https://x', 'm', 'local', 'estimated', 'USD', 140, 5, 2, '2026-11-01', 'UTC');
    INSERT INTO bill_file (id, content_hash, name, seller, kind, from_day, to_day, row_count, bad_rows_json, bad_row_count, imported_at)
      VALUES (1, 'a', 'costs.csv', 'openai', 'costs', '2026-11-01', '2026-11-01', 1, '[]', 0, 1),
        (2, 'b', 'activity.csv', 'openrouter', 'activity', '2026-11-01', '2026-11-01', 1, '[]', 0, 2),
        (3, 'c', 'whole.csv', 'openai', 'costs', '2026-11-02', '2026-11-02', 1, '[]', 0, 3);
    INSERT INTO bill_line VALUES (1, 'cost', '2026-11-01', 'm', 150, NULL, NULL, NULL, NULL), (2, 'cost', '2026-11-01', 'm', 9, NULL, NULL, NULL, NULL),
      (2, 'usage', '2026-11-01', 'm', NULL, 3, 30, NULL, 7), (3, 'cost', '2026-11-02', '', 8, NULL, NULL, NULL, NULL);
    INSERT INTO usage_settlement VALUES ('u1', 150, 'estimated', 140, '{"seller":"openai","day":"2026-11-01","item":"m"}', 9);`);
  settlementsAndParts(db);
  expect(
    db.prepare('SELECT record_id, source, exactness, cost_nanos, booked_nanos, settled_at, undone_at FROM usage_settlement').all(),
  ).toEqual([
    { record_id: 'u1', source: 'bill', exactness: 'reported', cost_nanos: 150, booked_nanos: 140, settled_at: 9, undone_at: null },
  ]);
  expect(db.prepare("SELECT bill_json ->> '$.fileIds' FROM usage_settlement").pluck().get()).toBe('[1]');
  expect(db.prepare('SELECT id, grain FROM bill_file').all()).toEqual([
    { id: 1, grain: 'merged item' },
    { id: 2, grain: 'merged item' },
    { id: 3, grain: 'merged' },
  ]);
  const line = { day: '2026-11-01', item: 'm', part: '', call_id: null, cached_tokens: null };
  expect(db.prepare('SELECT * FROM bill_line WHERE file_id < 3 ORDER BY file_id').all()).toEqual([
    { ...line, file_id: 1, cost_nanos: 150, request_count: null, input_tokens: null, output_tokens: null },
    { ...line, file_id: 2, cost_nanos: 9, request_count: 3, input_tokens: 30, output_tokens: 7 },
  ]);
  db.close();
});

it('lets a settlement be set back once, and changed in nothing else', () => {
  const db = openOld();
  settlementsAndParts(db);
  const settle = db.prepare(`
    INSERT INTO usage_settlement (record_id, source, exactness, cost_nanos, booked_exactness, booked_nanos, bill_json, settled_at)
    VALUES ('u1', 'bill', 'reported', 5, 'estimated', 4, '{}', 1)`);
  settle.run();
  expect(() => settle.run()).toThrow('UNIQUE');
  expect(() => db.exec('UPDATE usage_settlement SET cost_nanos = 6')).toThrow('settlements are kept');
  db.exec('UPDATE usage_settlement SET undone_at = 2');
  expect(() => db.exec('UPDATE usage_settlement SET undone_at = NULL')).toThrow('set back once');
  expect(() => settle.run()).not.toThrow();
  db.close();
});
