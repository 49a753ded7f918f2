import type { SearchScope } from '../../../shared/contract/chat.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { HandlersFor } from '../../../shared/rpc/define.ts';
import type { Db } from '../db/database.ts';

type Handlers = HandlersFor<AppContract>;

/** What is being written, kept over a restart. */
export interface Drafts {
  read: Handlers['drafts.read'];
  save: Handlers['drafts.save'];
}

/** Stands for the conversation that has not begun. */
const newConversationKey = 'new';

/** Reads and writes `draft`; what belongs to an erased conversation goes with it. */
export function createDrafts(db: Db, now: () => number): Drafts {
  const read = db.prepare<[string], { text: string; scopeJson: string | null }>(
    'SELECT text, scope_json AS scopeJson FROM draft WHERE conversation_key = ?',
  );
  const save = db.prepare<{ key: string; text: string; scopeJson: string | null; now: number }>(`
    INSERT INTO draft (conversation_key, text, scope_json, updated_at)
    SELECT @key, @text, @scopeJson, @now
    WHERE @key = '${newConversationKey}' OR EXISTS (SELECT 1 FROM conversation WHERE id = @key)
    ON CONFLICT (conversation_key) DO UPDATE SET text = excluded.text, scope_json = excluded.scope_json, updated_at = excluded.updated_at`);
  const forget = db.prepare<[string]>('DELETE FROM draft WHERE conversation_key = ?');

  return {
    read({ conversationId }) {
      const stored = read.get(conversationId ?? newConversationKey);
      if (stored === undefined) return null;
      // Written by `save` below from a SearchScope.
      const scope = stored.scopeJson === null ? null : (JSON.parse(stored.scopeJson) as SearchScope);
      return { text: stored.text, scope };
    },
    save({ conversationId, draft: { text, scope } }) {
      const key = conversationId ?? newConversationKey;
      if (text === '' && scope === null) forget.run(key);
      else save.run({ key, text, scopeJson: scope === null ? null : JSON.stringify(scope), now: now() });
    },
  };
}
