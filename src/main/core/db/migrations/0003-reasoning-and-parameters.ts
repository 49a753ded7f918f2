import type { Database } from 'better-sqlite3';

/** What models let see of their thinking, and how each conversation is asked. */
export function reasoningAndParameters(db: Database): void {
  db.exec(`
    ALTER TABLE message ADD COLUMN reasoning TEXT NOT NULL DEFAULT '';
    ALTER TABLE message ADD COLUMN reasoning_ms INTEGER CHECK (reasoning_ms >= 0);
    ALTER TABLE conversation ADD COLUMN parameters_json TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(parameters_json));
    ALTER TABLE conversation ADD COLUMN system_prompt TEXT NOT NULL DEFAULT '';
  `);
}
