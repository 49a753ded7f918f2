import type { Database } from 'better-sqlite3';

/** Drafts, prompts and assistants; the assistant of a conversation, and what a question was limited to. */
export function libraryAndDrafts(db: Database): void {
  db.exec(`
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

    -- Whom it was begun with; the assistant may be gone.
    ALTER TABLE conversation ADD COLUMN assistant_id TEXT;

    -- Of a question: the documents and collections it is searched for in; NULL: the collections of the conversation.
    ALTER TABLE message ADD COLUMN scope_json TEXT CHECK (scope_json IS NULL OR json_valid(scope_json));
  `);
}
