import type { SearchScope } from '../../../shared/contract/chat.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { HandlersFor } from '../../../shared/rpc/define.ts';
import { inTransaction, type Db } from '../db/database.ts';
import type { ImageStore } from './image-store.ts';

type Handlers = HandlersFor<AppContract>;

/** What is being written, kept over a restart. */
export interface Drafts {
  read: Handlers['drafts.read'];
  save: Handlers['drafts.save'];
}

/** Stands for the conversation that has not begun. */
const newConversationKey = 'new';

/** Reads and writes `draft`; what belongs to an erased conversation goes with it. */
export function createDrafts(db: Db, images: Pick<ImageStore, 'ofDraft' | 'setDraft'>, now: () => number): Drafts {
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
      const key = conversationId ?? newConversationKey;
      const stored = read.get(key);
      if (stored === undefined) return null;
      // Written by `save` below from a SearchScope.
      const scope = stored.scopeJson === null ? null : (JSON.parse(stored.scopeJson) as SearchScope);
      return { text: stored.text, scope, images: images.ofDraft(key) };
    },
    save({ conversationId, draft: { text, scope, images: used } }) {
      const key = conversationId ?? newConversationKey;
      inTransaction(db, () => {
        if (text === '' && scope === null && used.length === 0) forget.run(key);
        else if (save.run({ key, text, scopeJson: scope === null ? null : JSON.stringify(scope), now: now() }).changes > 0) {
          images.setDraft(key, used);
        }
      });
    },
  };
}
