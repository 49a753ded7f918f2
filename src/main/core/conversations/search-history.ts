import type { SearchHit } from '../../../shared/contract/conversations.ts';
import type { Db } from '../db/database.ts';
import { matchQuery } from '../db/search-terms.ts';
import type { ConversationStore } from './conversation-store.ts';
import { excerptAround } from './excerpt.ts';
import { createHitFinder, type HitFinder } from './find-hits.ts';
import { plainExcerpt } from './plain-excerpt.ts';

/** At most this share of the results are conversations found by their title. */
const titleShare = 1 / 3;

interface FoundMessage {
  conversationId: string;
  conversationTitle: string;
  isArchived: 0 | 1;
  messageId: string;
  role: 'user' | 'assistant';
  text: string;
  createdAt: number;
}

const foundColumns = `
  c.id AS conversationId, c.title AS conversationTitle, c.archived_at IS NOT NULL AS isArchived, m.id AS messageId, m.role, m.text, m.created_at AS createdAt`;

/**
 * Searches every message and title: first the conversations whose title has all the terms, as a hit on the message they
 * end with, then messages, both newest first. Reading the full-text table by row id is quick however common the words are.
 */
export function createHistorySearch({ db, conversations }: { db: Db; conversations: ConversationStore }) {
  const inMessages = db.prepare<[string, number], FoundMessage>(`
    SELECT ${foundColumns} FROM message_fts f
      CROSS JOIN message m ON m.row_id = f.rowid
      CROSS JOIN conversation c ON c.id = m.conversation_id AND c.removed_at IS NULL
    WHERE f.message_fts MATCH ? AND m.removed_with IS NULL ORDER BY f.rowid DESC LIMIT ?`);
  const leafOf = db.prepare<[string], FoundMessage>(`
    SELECT ${foundColumns} FROM conversation c JOIN message m ON m.id = c.leaf_message_id WHERE c.id = ?`);

  function inTitles(finder: HitFinder, limit: number): FoundMessage[] {
    const ids: string[] = [];
    for (const { id, title } of conversations.titles()) {
      if (ids.length === limit) break;
      if (finder.matches(title)) ids.push(id);
    }
    return ids.flatMap((id) => leafOf.get(id) ?? []);
  }

  return (query: string, limit: number): SearchHit[] => {
    const match = matchQuery(query, 'all');
    if (match === null) return [];
    const finder = createHitFinder(query);
    const byTitle = inTitles(finder, Math.ceil(limit * titleShare));
    const seen = new Set(byTitle.map(({ messageId }) => messageId));
    const byText = inMessages.all(match, limit).filter(({ messageId }) => !seen.has(messageId));
    return [...byTitle, ...byText].slice(0, limit).map(({ text, isArchived, ...found }) => ({
      ...found,
      isArchived: isArchived === 1,
      // Only answers are written in Markdown.
      ...(found.role === 'assistant' ? plainExcerpt(text, finder) : excerptAround(text, finder.hitsIn(text))),
    }));
  };
}
