import type { Database } from 'better-sqlite3';

/**
 * More kinds of calls (further queries, reranking, summaries), and the collection an indexing call was made for.
 * SQLite cannot change a CHECK, so the table is made anew and filled from the old one.
 */
export function widenUsageRecord(db: Database): void {
  db.exec(`
    ALTER TABLE usage_record RENAME TO usage_record_narrow;
    DROP TRIGGER usage_record_insert_only;
    DROP INDEX usage_record_by_message;
    DROP INDEX usage_record_by_conversation;
    DROP INDEX usage_record_by_document;
    DROP INDEX usage_record_by_day;
    CREATE TABLE usage_record (
      id TEXT PRIMARY KEY NOT NULL,
      run_id TEXT,
      attempt INTEGER NOT NULL CHECK (attempt > 0),
      purpose TEXT NOT NULL CHECK (purpose IN (
        'answer', 'condense', 'multi_query', 'query_embedding', 'rerank', 'index_embedding', 'title', 'summary'
      )),
      outcome TEXT NOT NULL CHECK (outcome IN ('done', 'stopped', 'failed', 'interrupted')),
      conversation_id TEXT,
      message_id TEXT,
      document_id TEXT,
      -- The collection of the document, when the call was made.
      collection_id TEXT,
      provider_id TEXT NOT NULL,
      provider_name TEXT NOT NULL,
      provider_kind TEXT NOT NULL CHECK (provider_kind IN ('remote', 'local', 'demo')),
      base_url TEXT NOT NULL,
      requested_model TEXT NOT NULL,
      served_model TEXT,
      service_tier TEXT,
      request_id TEXT,
      -- input = plain + cache read + cache write; reasoning is inside output. NULL is unknown, 0 was observed.
      input_tokens INTEGER CHECK (input_tokens >= 0),
      cache_read_tokens INTEGER CHECK (cache_read_tokens >= 0),
      cache_write_tokens INTEGER CHECK (cache_write_tokens >= 0),
      output_tokens INTEGER CHECK (output_tokens >= 0),
      reasoning_tokens INTEGER CHECK (reasoning_tokens >= 0),
      token_source TEXT NOT NULL CHECK (token_source IN ('provider', 'local')),
      -- The usage object as the provider sent it, for checking against the bill; no text of the user's is in it.
      usage_json TEXT CHECK (usage_json IS NULL OR json_valid(usage_json)),
      -- Set when the reported shares do not add up to the reported totals.
      anomaly TEXT,
      exactness TEXT NOT NULL CHECK (exactness IN ('exact', 'reported', 'estimated', 'lower_bound', 'no_price', 'free')),
      currency TEXT CHECK (currency = 'USD'),
      cost_nanos INTEGER CHECK (cost_nanos >= 0),
      price_json TEXT CHECK (price_json IS NULL OR json_valid(price_json)),
      http_status INTEGER,
      error_code TEXT,
      started_at INTEGER NOT NULL,
      first_token_ms INTEGER,
      duration_ms INTEGER NOT NULL CHECK (duration_ms >= 0),
      local_day TEXT NOT NULL,
      time_zone TEXT NOT NULL,
      CHECK ((cost_nanos IS NULL) = (currency IS NULL)),
      CHECK ((cost_nanos IS NULL) = (exactness IN ('no_price', 'free')))
    ) STRICT;
    INSERT INTO usage_record (
        id, run_id, attempt, purpose, outcome, conversation_id, message_id, document_id,
        collection_id, provider_id, provider_name, provider_kind, base_url, requested_model, served_model, service_tier,
        request_id, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens, token_source, usage_json,
        anomaly, exactness, currency, cost_nanos, price_json, http_status, error_code, started_at,
        first_token_ms, duration_ms, local_day, time_zone
      )
      SELECT id, run_id, attempt, purpose, outcome, conversation_id, message_id, document_id,
        (SELECT collection_id FROM document WHERE document.id = document_id), provider_id, provider_name, provider_kind, base_url, requested_model, served_model, service_tier,
        request_id, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens, token_source, usage_json,
        anomaly, exactness, currency, cost_nanos, price_json, http_status, error_code, started_at,
        first_token_ms, duration_ms, local_day, time_zone
      FROM usage_record_narrow;
    DROP TABLE usage_record_narrow;
    CREATE INDEX usage_record_by_message ON usage_record (message_id) WHERE message_id IS NOT NULL;
    CREATE INDEX usage_record_by_conversation ON usage_record (conversation_id) WHERE conversation_id IS NOT NULL;
    CREATE INDEX usage_record_by_document ON usage_record (document_id) WHERE document_id IS NOT NULL;
    CREATE INDEX usage_record_by_day ON usage_record (local_day, started_at);
    CREATE TRIGGER usage_record_insert_only BEFORE UPDATE ON usage_record BEGIN
      SELECT RAISE(ABORT, 'usage records are insert-only');
    END;
  `);
}
