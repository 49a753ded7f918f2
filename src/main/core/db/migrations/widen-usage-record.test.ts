import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { initial } from './0001-initial.ts';
import { widenUsageRecord } from './0002-widen-usage-record.ts';

const record = `INSERT INTO usage_record (id, attempt, purpose, outcome, document_id, provider_id, provider_name, provider_kind, base_url,
    requested_model, input_tokens, token_source, exactness, currency, cost_nanos, started_at, duration_ms, local_day, time_zone)
  VALUES ('u1', 1, 'index_embedding', 'done', 'd1', 'p', 'P', 'remote', 'https://x', 'm', 7, 'provider', 'exact', 'USD', 140, 5, 2,
    '2026-11-01', 'UTC')`;

it('keeps every record as it was booked, says which collection it was for, and still refuses updates', () => {
  const db = new Database(':memory:');
  initial(db);
  db.exec(`INSERT INTO collection (id, name, created_at) VALUES ('c1', 'Lease', 1);
    INSERT INTO document (id, collection_id, name, media_type, size_bytes, content_hash, status, added_at)
      VALUES ('d1', 'c1', 'lease.pdf', 'application/pdf', 1, 'h', 'ready', 1)`);
  db.exec(record);
  const before = db.prepare('SELECT * FROM usage_record').get();
  widenUsageRecord(db);
  expect(db.prepare('SELECT * FROM usage_record').get()).toEqual({ ...Object(before), collection_id: 'c1' });
  expect(() => db.exec('UPDATE usage_record SET cost_nanos = 0')).toThrow('insert-only');
  expect(() => db.exec(record.replace("'u1'", "'u2'").replace('index_embedding', 'summary'))).not.toThrow();
  db.close();
});
