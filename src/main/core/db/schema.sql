-- What the migrations come to, at user_version 22. Made by `npx node scripts/dump-schema.ts`; do not edit.

CREATE TABLE instance (
  id TEXT PRIMARY KEY NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
  key TEXT PRIMARY KEY NOT NULL,
  value_json TEXT NOT NULL CHECK (json_valid(value_json))
) STRICT;

CREATE TABLE provider (
  id TEXT PRIMARY KEY NOT NULL,
  preset TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('remote', 'local', 'demo')),
  name TEXT NOT NULL,
  base_url TEXT NOT NULL,
  needs_key INTEGER NOT NULL CHECK (needs_key IN (0, 1)),
  embedding_model_id TEXT,
  small_model_id TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE provider_key (
  provider_id TEXT PRIMARY KEY NOT NULL REFERENCES provider (id) ON DELETE CASCADE,
  protection TEXT NOT NULL CHECK (protection IN ('electron_safe_storage', 'os_keyring', 'passphrase')),
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE provider_model (
  provider_id TEXT NOT NULL REFERENCES provider (id) ON DELETE CASCADE,
  model_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('chat', 'embedding', 'other')),
  -- As the provider's list says; NULL where it does not.
  context_tokens INTEGER,
  input_per_million REAL,
  output_per_million REAL,
  fetched_at INTEGER NOT NULL, takes_images INTEGER CHECK (takes_images IN (0, 1)),
  PRIMARY KEY (provider_id, model_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE conversation (
  id TEXT PRIMARY KEY NOT NULL,
  title TEXT NOT NULL,
  title_by TEXT NOT NULL CHECK (title_by IN ('text', 'model', 'user')),
  provider_id TEXT,
  model_id TEXT,
  collection_ids_json TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(collection_ids_json)),
  leaf_message_id TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  removed_at INTEGER, parameters_json TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(parameters_json)), system_prompt TEXT NOT NULL DEFAULT '', assistant_id TEXT, pinned_at INTEGER, archived_at INTEGER,
  CHECK ((provider_id IS NULL) = (model_id IS NULL))
) STRICT;

CREATE INDEX conversation_by_update ON conversation (updated_at DESC, id DESC) WHERE removed_at IS NULL;

CREATE TABLE message (
  row_id INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  parent_id TEXT REFERENCES message (id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
  text TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('streaming', 'done', 'stopped', 'failed', 'interrupted')),
  failure_json TEXT CHECK (failure_json IS NULL OR json_valid(failure_json)),
  notice_json TEXT CHECK (notice_json IS NULL OR json_valid(notice_json)),
  provider_id TEXT,
  model_id TEXT,
  model_label TEXT,
  run_id TEXT UNIQUE,
  condensed_question TEXT,
  created_at INTEGER NOT NULL,
  finished_at INTEGER, reasoning TEXT NOT NULL DEFAULT '', reasoning_ms INTEGER CHECK (reasoning_ms >= 0), scope_json TEXT CHECK (scope_json IS NULL OR json_valid(scope_json)), removed_with TEXT, comparison_id TEXT, import_json TEXT CHECK (import_json IS NULL OR json_valid(import_json)),
  CHECK (role = 'assistant' OR status = 'done')
) STRICT;

CREATE INDEX message_by_conversation ON message (conversation_id, row_id);

CREATE INDEX message_by_parent ON message (parent_id, row_id);

CREATE INDEX message_streaming ON message (status) WHERE status = 'streaming';

CREATE TABLE message_source (
  message_id TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL CHECK (ordinal > 0),
  passage_id TEXT NOT NULL,
  document_id TEXT NOT NULL,
  document_name TEXT NOT NULL,
  page INTEGER CHECK (page IS NULL OR page > 0),
  heading_path_json TEXT NOT NULL CHECK (json_valid(heading_path_json)),
  start_offset INTEGER NOT NULL CHECK (start_offset >= 0),
  end_offset INTEGER NOT NULL CHECK (end_offset >= start_offset),
  text TEXT NOT NULL,
  keyword_rank INTEGER,
  vector_rank INTEGER,
  score REAL NOT NULL,
  PRIMARY KEY (message_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX message_source_by_document ON message_source (document_id);

CREATE TABLE message_trace (
  message_id TEXT PRIMARY KEY NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  trace_json TEXT NOT NULL CHECK (json_valid(trace_json))
) STRICT;

CREATE VIRTUAL TABLE message_fts USING fts5 (terms, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');

CREATE TRIGGER message_fts_delete AFTER DELETE ON message BEGIN
  DELETE FROM message_fts WHERE rowid = old.row_id;
END;

CREATE TABLE open_call (
  id TEXT PRIMARY KEY NOT NULL,
  call_json TEXT NOT NULL CHECK (json_valid(call_json)),
  started_at INTEGER NOT NULL
) STRICT;

CREATE TABLE own_price (
  base_url TEXT NOT NULL,
  model TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  input_per_million REAL NOT NULL CHECK (input_per_million >= 0),
  cache_read_per_million REAL CHECK (cache_read_per_million >= 0),
  cache_write_per_million REAL CHECK (cache_write_per_million >= 0),
  output_per_million REAL CHECK (output_per_million >= 0),
  PRIMARY KEY (base_url, model, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE endpoint_quirk (
  base_url TEXT PRIMARY KEY NOT NULL,
  refused_stream_options_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE collection (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  -- terminal: made for the files of one question there.
  origin TEXT NOT NULL DEFAULT 'app' CHECK (origin IN ('app', 'terminal')),
  created_at INTEGER NOT NULL,
  removed_at INTEGER
, passage_settings_json TEXT CHECK (passage_settings_json IS NULL OR json_valid(passage_settings_json))) STRICT;

CREATE TABLE document (
  id TEXT PRIMARY KEY NOT NULL,
  collection_id TEXT NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
  -- SHA-256 of the file; the file itself lies in dataDir/documents under this name.
  content_hash TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'reading', 'embedding', 'waiting', 'ready', 'failed')),
  failure_json TEXT CHECK (failure_json IS NULL OR json_valid(failure_json)),
  notice_json TEXT CHECK (notice_json IS NULL OR json_valid(notice_json)),
  page_count INTEGER,
  token_count INTEGER,
  -- What the person said about sending its text to an embedding model, and to which. Of another model nothing is said.
  embedding_answer TEXT CHECK (embedding_answer IN ('accepted', 'declined')),
  embedding_answer_model TEXT,
  -- What embedding would send to which model, while that is not answered.
  estimate_json TEXT CHECK (estimate_json IS NULL OR json_valid(estimate_json)),
  added_at INTEGER NOT NULL,
  removed_at INTEGER,
  CHECK ((embedding_answer IS NULL) = (embedding_answer_model IS NULL)),
  CHECK (status <> 'waiting' OR estimate_json IS NOT NULL)
) STRICT;

CREATE INDEX document_by_collection ON document (collection_id, added_at);

CREATE INDEX document_by_name ON document (collection_id, name);

CREATE UNIQUE INDEX document_by_content ON document (collection_id, content_hash, name) WHERE removed_at IS NULL;

CREATE TABLE passage (
  row_id INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  page INTEGER,
  heading_path_json TEXT NOT NULL CHECK (json_valid(heading_path_json)),
  -- Into document_text.text, UTF-16 code units, end exclusive.
  start_offset INTEGER NOT NULL,
  end_offset INTEGER NOT NULL CHECK (end_offset > start_offset),
  -- SHA-256 of the text that is embedded; the same text is never embedded twice.
  content_hash TEXT NOT NULL,
  token_count INTEGER NOT NULL,
  UNIQUE (document_id, position)
) STRICT;

CREATE INDEX passage_by_content ON passage (content_hash);

CREATE VIRTUAL TABLE passage_fts USING fts5 (title, terms, content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2');

CREATE TRIGGER passage_fts_delete AFTER DELETE ON passage BEGIN
  DELETE FROM passage_fts WHERE rowid = old.row_id;
END;

CREATE TABLE embedding (
  content_hash TEXT NOT NULL,
  model TEXT NOT NULL,
  dimensions INTEGER NOT NULL CHECK (dimensions > 0),
  vector BLOB NOT NULL CHECK (length(vector) = dimensions * 4),
  PRIMARY KEY (content_hash, model)
) STRICT;

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

CREATE INDEX usage_record_by_message ON usage_record (message_id) WHERE message_id IS NOT NULL;

CREATE INDEX usage_record_by_conversation ON usage_record (conversation_id) WHERE conversation_id IS NOT NULL;

CREATE INDEX usage_record_by_document ON usage_record (document_id) WHERE document_id IS NOT NULL;

CREATE INDEX usage_record_by_day ON usage_record (local_day, started_at);

CREATE TRIGGER usage_record_insert_only BEFORE UPDATE ON usage_record BEGIN
  SELECT RAISE(ABORT, 'usage records are insert-only');
END;

CREATE TABLE draft (
  -- A conversation's id, or 'new' for the one that has not begun.
  conversation_key TEXT PRIMARY KEY NOT NULL,
  text TEXT NOT NULL,
  scope_json TEXT CHECK (scope_json IS NULL OR json_valid(scope_json)),
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER draft_of_erased AFTER DELETE ON conversation BEGIN
  DELETE FROM draft WHERE conversation_key = old.id;
END;

CREATE TABLE prompt (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE assistant (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  -- What is drawn beside the name: a letter or an emoji, on one of a few grounds.
  symbol TEXT NOT NULL,
  colour TEXT NOT NULL,
  system_prompt TEXT NOT NULL,
  -- NULL: the model new chats have.
  provider_id TEXT,
  model_id TEXT,
  parameters_json TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(parameters_json)),
  -- NULL: the documents new chats have.
  collection_ids_json TEXT CHECK (collection_ids_json IS NULL OR json_valid(collection_ids_json)),
  updated_at INTEGER NOT NULL,
  CHECK ((provider_id IS NULL) = (model_id IS NULL))
) STRICT;

CREATE TABLE usage_provider (
  provider_id TEXT PRIMARY KEY NOT NULL,
  -- As in its latest record.
  provider_name TEXT NOT NULL,
  provider_kind TEXT NOT NULL CHECK (provider_kind IN ('remote', 'local', 'demo')),
  started_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX usage_record_by_collection ON usage_record (collection_id, local_day, started_at) WHERE collection_id IS NOT NULL;

CREATE INDEX usage_record_without_price ON usage_record (local_day, started_at) WHERE exactness = 'no_price';

CREATE TABLE message_request (
  message_id TEXT PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  -- [{kind, tokens, ordinal}], in the order they were sent
  parts_json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE usage_deletion (
  id INTEGER PRIMARY KEY,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL CHECK (to_day >= from_day),
  call_count INTEGER NOT NULL CHECK (call_count > 0),
  cost_nanos INTEGER NOT NULL,
  deleted_at INTEGER NOT NULL,
  -- While its records are being deleted, in the same transaction.
  is_open INTEGER NOT NULL CHECK (is_open IN (0, 1))
) STRICT;

CREATE TRIGGER usage_record_kept BEFORE DELETE ON usage_record
WHEN NOT EXISTS (SELECT 1 FROM usage_deletion WHERE is_open = 1 AND old.local_day BETWEEN from_day AND to_day) BEGIN
  SELECT RAISE(ABORT, 'usage records are kept');
END;

CREATE TABLE document_stretch (
  document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  -- Into the document's text, UTF-16 code units, end exclusive. The stretches of a document follow each other without a gap.
  start_offset INTEGER NOT NULL CHECK (start_offset >= 0),
  end_offset INTEGER NOT NULL CHECK (end_offset > start_offset),
  text TEXT NOT NULL,
  PRIMARY KEY (document_id, start_offset)
) STRICT;

CREATE TABLE document_page (
  document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  -- Where the page starts in the document's text, UTF-16 code units.
  start_offset INTEGER NOT NULL CHECK (start_offset >= 0),
  page INTEGER NOT NULL CHECK (page > 0),
  PRIMARY KEY (document_id, start_offset)
) STRICT, WITHOUT ROWID;

CREATE INDEX message_removed ON message (removed_with) WHERE removed_with IS NOT NULL;

CREATE INDEX message_by_comparison ON message (comparison_id) WHERE comparison_id IS NOT NULL;

CREATE TABLE budget (
  id TEXT PRIMARY KEY NOT NULL,
  per TEXT NOT NULL CHECK (per IN ('day', 'month', 'conversation')),
  -- Both NULL: all calls. Only the provider: all of its calls.
  provider_id TEXT,
  model_id TEXT,
  limit_nanos INTEGER NOT NULL CHECK (limit_nanos > 0),
  notice_share REAL NOT NULL CHECK (notice_share > 0 AND notice_share <= 1),
  at_limit TEXT NOT NULL CHECK (at_limit IN ('ask', 'block')),
  created_at INTEGER NOT NULL,
  CHECK (model_id IS NULL OR provider_id IS NOT NULL)
) STRICT;

CREATE TABLE budget_override (
  id TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('sent_once', 'raised')),
  budget_id TEXT NOT NULL,
  per TEXT NOT NULL CHECK (per IN ('day', 'month', 'conversation')),
  provider_id TEXT,
  model_id TEXT,
  limit_nanos INTEGER NOT NULL,
  spent_nanos INTEGER NOT NULL,
  new_limit_nanos INTEGER,
  run_id TEXT,
  conversation_id TEXT,
  at INTEGER NOT NULL, at_limit TEXT CHECK (at_limit IN ('ask', 'block')),
  CHECK ((kind = 'raised') = (new_limit_nanos IS NOT NULL)),
  CHECK ((kind = 'sent_once') = (run_id IS NOT NULL))
) STRICT;

CREATE INDEX budget_override_by_run ON budget_override (run_id) WHERE run_id IS NOT NULL;

CREATE INDEX budget_override_by_time ON budget_override (at);

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

CREATE TABLE bill_file (
  -- In the order of import: of two files that speak of the same, the later one holds.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- SHA-256 of its text.
  content_hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  seller TEXT NOT NULL CHECK (seller IN ('openai', 'openrouter')),
  kind TEXT NOT NULL CHECK (kind IN ('costs', 'usage', 'activity')),
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL CHECK (to_day >= from_day),
  row_count INTEGER NOT NULL,
  -- [{row, reason}]: what could not be read, the first of them.
  bad_rows_json TEXT NOT NULL CHECK (json_valid(bad_rows_json)),
  bad_row_count INTEGER NOT NULL,
  imported_at INTEGER NOT NULL
, grain TEXT NOT NULL DEFAULT 'merged') STRICT;

CREATE TABLE sqlite_sequence(name,seq);

CREATE TABLE sign_code (
  document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  model TEXT NOT NULL,
  dimensions INTEGER NOT NULL CHECK (dimensions > 0),
  -- passage.row_id of each vector, float64, and its signs in 32-bit words, little-endian.
  row_ids BLOB NOT NULL,
  codes BLOB NOT NULL,
  PRIMARY KEY (document_id, model)
) STRICT;

CREATE TRIGGER sign_code_passage_added AFTER INSERT ON passage BEGIN
  DELETE FROM sign_code WHERE document_id = new.document_id;
END;

CREATE TRIGGER sign_code_passage_deleted AFTER DELETE ON passage BEGIN
  DELETE FROM sign_code WHERE document_id = old.document_id;
END;

CREATE TRIGGER sign_code_embedding_added AFTER INSERT ON embedding BEGIN
  DELETE FROM sign_code WHERE model = new.model AND document_id IN (SELECT document_id FROM passage WHERE content_hash = new.content_hash);
END;

CREATE TRIGGER sign_code_embedding_updated AFTER UPDATE ON embedding BEGIN
  DELETE FROM sign_code WHERE model = new.model AND document_id IN (SELECT document_id FROM passage WHERE content_hash = new.content_hash);
END;

CREATE TABLE branch_summary (
  -- It stands for this message and all before it, and goes with it.
  message_id TEXT PRIMARY KEY NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  message_count INTEGER NOT NULL CHECK (message_count > 0),
  text TEXT NOT NULL,
  -- 0: the messages go along all the same.
  is_used INTEGER NOT NULL CHECK (is_used IN (0, 1)),
  -- Who wrote it, and the run its calls are booked with.
  provider_id TEXT NOT NULL,
  model_id TEXT NOT NULL,
  run_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  edited_at INTEGER
, removed_at INTEGER) STRICT;

CREATE INDEX branch_summary_by_conversation ON branch_summary (conversation_id);

CREATE TABLE summary_dismissal (
  conversation_id TEXT PRIMARY KEY NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  -- Of a further turn, as the advice said it: what it takes in, and what it costs; NULL without a price.
  input_tokens INTEGER NOT NULL CHECK (input_tokens >= 0),
  cost_nanos INTEGER CHECK (cost_nanos >= 0)
) STRICT;

CREATE TABLE image (
  -- SHA-256 of the bytes.
  id TEXT PRIMARY KEY NOT NULL,
  media_type TEXT NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg', 'image/webp')),
  width INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  bytes BLOB NOT NULL,
  added_at INTEGER NOT NULL
) STRICT;

CREATE TABLE message_image (
  message_id TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  image_id TEXT NOT NULL REFERENCES image (id),
  position INTEGER NOT NULL CHECK (position > 0),
  -- Of the file it came from.
  name TEXT NOT NULL,
  PRIMARY KEY (message_id, image_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX message_image_by_image ON message_image (image_id);

CREATE TABLE draft_image (
  conversation_key TEXT NOT NULL REFERENCES draft (conversation_key) ON DELETE CASCADE,
  image_id TEXT NOT NULL REFERENCES image (id),
  position INTEGER NOT NULL CHECK (position > 0),
  name TEXT NOT NULL,
  PRIMARY KEY (conversation_key, image_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX draft_image_by_image ON draft_image (image_id);

CREATE TRIGGER image_of_message_unused AFTER DELETE ON message_image BEGIN
DELETE FROM image WHERE id = old.image_id
  AND NOT EXISTS (SELECT 1 FROM message_image WHERE image_id = old.image_id)
  AND NOT EXISTS (SELECT 1 FROM draft_image WHERE image_id = old.image_id);
END;

CREATE TRIGGER image_of_draft_unused AFTER DELETE ON draft_image BEGIN
DELETE FROM image WHERE id = old.image_id
  AND NOT EXISTS (SELECT 1 FROM message_image WHERE image_id = old.image_id)
  AND NOT EXISTS (SELECT 1 FROM draft_image WHERE image_id = old.image_id);
END;

CREATE TABLE folder (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  -- Whether its conversations are shown in the history.
  is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;

CREATE TABLE conversation_folder (
  conversation_id TEXT PRIMARY KEY NOT NULL,
  folder_id TEXT NOT NULL REFERENCES folder (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX conversation_folder_by_folder ON conversation_folder (folder_id);

CREATE VIEW filed_conversation AS
  SELECT conversation_id, folder_id FROM conversation_folder JOIN folder ON folder.id = folder_id WHERE removed_at IS NULL;

CREATE INDEX conversation_listed ON conversation (updated_at DESC, id DESC) WHERE removed_at IS NULL AND archived_at IS NULL;

CREATE INDEX conversation_pinned ON conversation (pinned_at) WHERE pinned_at IS NOT NULL;

CREATE INDEX conversation_archived ON conversation (updated_at DESC, id DESC) WHERE archived_at IS NOT NULL;

CREATE TABLE "usage_sum" (
  split TEXT NOT NULL
    CHECK (split IN ('all', 'model', 'provider', 'purpose', 'conversation', 'folder', 'collection', 'document')),
  unit TEXT NOT NULL CHECK (unit IN ('day', 'month', 'ever')),
  -- YYYY-MM-DD, YYYY-MM or ''.
  period TEXT NOT NULL,
  -- Which model, provider and so on; '' for calls without one.
  key TEXT NOT NULL,
  call_count INTEGER NOT NULL,
  estimated_count INTEGER NOT NULL,
  lower_bound_count INTEGER NOT NULL,
  no_price_count INTEGER NOT NULL,
  free_count INTEGER NOT NULL,
  cost_nanos INTEGER NOT NULL,
  exact_nanos INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  cache_read_tokens INTEGER NOT NULL,
  cache_write_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  -- What reading from the cache saved, less what writing to it cost beyond plain input: may be below 0.
  saved_nanos INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  -- The calls whose speed is known: their output, and the time from the first token to the last.
  timed_output_tokens INTEGER NOT NULL,
  timed_ms INTEGER NOT NULL,
  PRIMARY KEY (split, unit, period, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX usage_sum_by_key ON usage_sum (split, unit, key, period);

CREATE INDEX usage_sum_by_cost ON usage_sum (cost_nanos DESC, key) WHERE split = 'conversation' AND unit = 'ever';

CREATE INDEX usage_sum_by_tokens ON usage_sum (input_tokens + output_tokens DESC, key) WHERE split = 'conversation' AND unit = 'ever';

CREATE INDEX usage_sum_by_calls ON usage_sum (call_count DESC, key) WHERE split = 'conversation' AND unit = 'ever';

CREATE INDEX usage_sum_by_timed ON usage_sum (timed_output_tokens DESC, key) WHERE split = 'conversation' AND unit = 'ever';

CREATE INDEX usage_sum_by_cached ON usage_sum (cache_read_tokens DESC, key) WHERE split = 'conversation' AND unit = 'ever';

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

CREATE INDEX bill_line_by_day ON bill_line (day);

CREATE TABLE imported_conversation (
  conversation_id TEXT PRIMARY KEY NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  import_id TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('chatgpt', 'tally')),
  -- Its id there.
  source_id TEXT NOT NULL,
  -- SHA-256 of what it said when it was imported: the same is not imported twice.
  content_hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX imported_conversation_by_content ON imported_conversation (content_hash);

CREATE INDEX imported_conversation_by_import ON imported_conversation (import_id);

CREATE TABLE imported_call (
  id TEXT PRIMARY KEY NOT NULL,
  conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  -- NULL: of no message that came along.
  message_id TEXT REFERENCES message (id) ON DELETE CASCADE,
  -- The usage record of the profile it was exported from.
  record_json TEXT NOT NULL CHECK (json_valid(record_json))
) STRICT;

CREATE INDEX imported_call_by_message ON imported_call (message_id) WHERE message_id IS NOT NULL;

CREATE INDEX imported_call_by_conversation ON imported_call (conversation_id);
