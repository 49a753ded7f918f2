import type { Failure, MessageStatus, ModelRef, SearchScope, Source } from '../../../shared/contract/chat.ts';
import type { BranchEntry } from '../../../shared/contract/conversations.ts';
import type { RetrievalTrace } from '../../../shared/contract/trace.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../db/database.ts';
import { searchTerms } from '../db/search-terms.ts';
import {
  messageColumns,
  sourceColumns,
  toMessageRow,
  toSource,
  type MessageRow,
  type StoredMessage,
  type StoredSource,
} from './message-row.ts';

export type { MessageRow } from './message-row.ts';

/** How an answer ended. */
export interface Settlement {
  readonly text: string;
  readonly reasoning: string;
  readonly reasoningMs: number | null;
  readonly status: Exclude<MessageStatus, 'streaming'>;
  readonly failure: Failure | null;
  readonly notice: Failure | null;
  /** Epoch milliseconds. */
  readonly finishedAt: number;
}

export type MessageStore = ReturnType<typeof createMessageStore>;

/** Reads and writes `message`, its sources and its search terms. */
export function createMessageStore(db: Db) {
  const insertUser = db.prepare<[string, string, string | null, string, string | null, number, number]>(`
    INSERT INTO message (id, conversation_id, parent_id, role, text, scope_json, status, created_at, finished_at)
    VALUES (?, ?, ?, 'user', ?, ?, 'done', ?, ?)`);
  const insertAnswer = db.prepare<[string, string, string, string, string, string, string, number]>(`
    INSERT INTO message (id, conversation_id, parent_id, run_id, provider_id, model_id, model_label, created_at, role, text, status)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'assistant', '', 'streaming')`);
  const appendText = db.prepare<[string, string]>("UPDATE message SET text = text || ? WHERE id = ? AND status = 'streaming'");
  const appendReasoning = db.prepare<[string, string]>(
    "UPDATE message SET reasoning = reasoning || ? WHERE id = ? AND status = 'streaming'",
  );
  const setCondensedQuestion = db.prepare<[string, string]>('UPDATE message SET condensed_question = ? WHERE id = ?');
  const settle = db.prepare<[string, string, number | null, string, string | null, string | null, number, string]>(`
    UPDATE message SET text = ?, reasoning = ?, reasoning_ms = ?, status = ?, failure_json = ?, notice_json = ?, finished_at = ? WHERE id = ? AND status = 'streaming'`);
  const index = db.prepare<[number | bigint, string]>('INSERT OR REPLACE INTO message_fts (rowid, terms) VALUES (?, ?)');
  const row = db.prepare<[string], StoredMessage>(`SELECT ${messageColumns} FROM message WHERE id = ?`);
  const idOfRun = db.prepare<[string], string>('SELECT id FROM message WHERE run_id = ?').pluck();
  const answersTo = db.prepare<[string], StoredMessage>(`SELECT ${messageColumns} FROM message WHERE parent_id = ? ORDER BY row_id`);
  const streaming = db.prepare<[], StoredMessage>(`SELECT ${messageColumns} FROM message WHERE status = 'streaming'`);
  const branchTo = db.prepare<[string], StoredMessage>(`
    WITH RECURSIVE branch (row_id, parent_id) AS (
      SELECT row_id, parent_id FROM message WHERE id = ?
      UNION ALL
      SELECT parent.row_id, parent.parent_id FROM branch JOIN message parent ON parent.id = branch.parent_id
    )
    SELECT ${messageColumns} FROM message WHERE row_id IN (SELECT row_id FROM branch) ORDER BY row_id`);
  // Nothing behind the text is read, so that however long it is its pages stay untouched.
  const outlineTo = db.prepare<[string], BranchEntry>(`
    WITH RECURSIVE branch (row_id, id, parent_id, role, size) AS (
      SELECT row_id, id, parent_id, role, octet_length(text) FROM message WHERE id = ?
      UNION ALL
      SELECT parent.row_id, parent.id, parent.parent_id, parent.role, octet_length(parent.text)
        FROM branch JOIN message parent ON parent.id = branch.parent_id
    )
    SELECT id, role, size AS sizeBytes FROM branch ORDER BY row_id`);
  // A message is always younger than the one it follows, so the youngest descendant follows nothing further.
  const newestLeafUnder = db
    .prepare<[string], string>(`
    WITH RECURSIVE below (row_id, id) AS (
      SELECT row_id, id FROM message WHERE id = ? AND removed_with IS NULL
      UNION ALL
      SELECT child.row_id, child.id FROM below JOIN message child ON child.parent_id = below.id AND child.removed_with IS NULL
    )
    SELECT id FROM below ORDER BY row_id DESC LIMIT 1`)
    .pluck();
  const deleteSources = db.prepare<[string]>('DELETE FROM message_source WHERE message_id = ?');
  const insertSource = db.prepare<[StoredSource]>(`
    INSERT INTO message_source (message_id, ordinal, passage_id, document_id, document_name, page, heading_path_json,
      start_offset, end_offset, text, keyword_rank, vector_rank, score)
    VALUES (@messageId, @ordinal, @passageId, @documentId, @documentName, @page, @headingPathJson,
      @startOffset, @endOffset, @text, @keywordRank, @vectorRank, @score)`);
  const sourcesOf = db.prepare<[string], StoredSource>(`
    SELECT ${sourceColumns} FROM message_source WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY message_id, ordinal`);

  const saveTrace = db.prepare<[string, string]>('INSERT OR REPLACE INTO message_trace (message_id, trace_json) VALUES (?, ?)');
  const traceOf = db.prepare<[string], string>('SELECT trace_json FROM message_trace WHERE message_id = ?').pluck();

  function settleRow(message: MessageRow, settlement: Settlement): void {
    const { text, reasoning, reasoningMs, status, failure, notice, finishedAt } = settlement;
    settle.run(text, reasoning, reasoningMs, status, jsonOrNull(failure), jsonOrNull(notice), finishedAt, message.id);
    index.run(message.rowId, searchTerms(text));
  }

  return {
    /** Adds a question and makes it findable. */
    insertUser(message: {
      id: string;
      conversationId: string;
      parentId: string | null;
      text: string;
      scope?: SearchScope | null;
      createdAt: number;
    }): void {
      const { id, conversationId, parentId, text, scope = null, createdAt } = message;
      inTransaction(db, () => {
        const { lastInsertRowid } = insertUser.run(id, conversationId, parentId, text, jsonOrNull(scope), createdAt, createdAt);
        index.run(lastInsertRowid, searchTerms(text));
      });
    },
    /** Adds an answer that has no text yet and is `streaming`. */
    insertAnswer(message: {
      id: string;
      conversationId: string;
      parentId: string;
      runId: string;
      model: ModelRef;
      modelLabel: string;
      createdAt: number;
    }): void {
      const { id, conversationId, parentId, runId, model, modelLabel, createdAt } = message;
      insertAnswer.run(id, conversationId, parentId, runId, model.providerId, model.modelId, modelLabel, createdAt);
    },
    /** Adds text to a streaming answer; a settled one stays as it is. */
    appendText(id: string, delta: string): void {
      appendText.run(delta, id);
    },
    /** Adds to what is seen of a streaming answer's thinking. */
    appendReasoning(id: string, delta: string): void {
      appendReasoning.run(delta, id);
    },
    setCondensedQuestion(id: string, question: string): void {
      setCondensedQuestion.run(question, id);
    },
    /** Keeps the passages an answer was given, in place of any kept before. */
    saveSources(id: string, sources: readonly Source[]): void {
      inTransaction(db, () => {
        deleteSources.run(id);
        for (const { headingPath, ...source } of sources) {
          insertSource.run({ messageId: id, headingPathJson: JSON.stringify(headingPath), ...source });
        }
      });
    },
    /** Keeps how the passages of an answer were found. */
    saveTrace(id: string, trace: RetrievalTrace): void {
      saveTrace.run(id, JSON.stringify(trace));
    },
    traceOf(id: string): RetrievalTrace | null {
      const json = traceOf.get(id);
      // Written by saveTrace only.
      return json === undefined ? null : (JSON.parse(json) as RetrievalTrace);
    },
    /** Ends a streaming answer with its final text and makes it findable. Throws AppError CONFLICT when it has ended before. */
    settle(id: string, settlement: Settlement): void {
      inTransaction(db, () => {
        const stored = row.get(id);
        if (stored?.status !== 'streaming') throw new AppError('CONFLICT', 'The answer has ended before.');
        settleRow(toMessageRow(stored), settlement);
      });
    },
    row(id: string): MessageRow | undefined {
      const stored = row.get(id);
      return stored && toMessageRow(stored);
    },
    /** The answer a run writes. */
    idOfRun(runId: string): string | undefined {
      return idOfRun.get(runId);
    },
    /** From the first message to this one; empty when there is no such message. */
    branchTo(messageId: string): MessageRow[] {
      return branchTo.all(messageId).map(toMessageRow);
    },
    /** The same branch, without what its messages say. */
    outlineTo(messageId: string): BranchEntry[] {
      return outlineTo.all(messageId);
    },
    /** Oldest first. */
    answersTo(userMessageId: string): MessageRow[] {
      return answersTo.all(userMessageId).map(toMessageRow);
    },
    /** The youngest message below this one; itself when nothing follows it. */
    newestLeafUnder(messageId: string): string | undefined {
      return newestLeafUnder.get(messageId);
    },
    /** What each of these messages was given, by ordinal. */
    sourcesOf(messageIds: readonly string[]): Map<string, Source[]> {
      const sources = new Map<string, Source[]>();
      for (const stored of sourcesOf.all(JSON.stringify(messageIds))) {
        const list = sources.get(stored.messageId);
        if (list === undefined) sources.set(stored.messageId, [toSource(stored)]);
        else list.push(toSource(stored));
      }
      return sources;
    },
    /** At start: ends the answers a killed process left streaming, with the text they had. Returns how many. */
    markStreamingAsInterrupted(finishedAt: number): number {
      return inTransaction(db, () => {
        const left = streaming.all().map(toMessageRow);
        for (const message of left) {
          const { text, reasoning, reasoningMs, notice } = message;
          const failure = { code: 'PROCESS_KILLED' };
          settleRow(message, { text, reasoning, reasoningMs, status: 'interrupted', failure, notice, finishedAt });
        }
        return left.length;
      });
    },
  };
}

function jsonOrNull(value: Failure | SearchScope | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
