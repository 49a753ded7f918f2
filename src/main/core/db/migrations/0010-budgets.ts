import type { Database } from 'better-sqlite3';

/** Budgets, and when one was passed over or raised. */
export function addBudgets(db: Database): void {
  db.exec(`
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

    -- Holds all there is to say about it, so that it outlives its budget.
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
      at INTEGER NOT NULL,
      CHECK ((kind = 'raised') = (new_limit_nanos IS NOT NULL)),
      CHECK ((kind = 'sent_once') = (run_id IS NOT NULL))
    ) STRICT;

    CREATE INDEX budget_override_by_run ON budget_override (run_id) WHERE run_id IS NOT NULL;

    CREATE INDEX budget_override_by_time ON budget_override (at);
  `);
}
