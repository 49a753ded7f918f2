import type { Failure, Message, MessageStatus, ModelRef, SearchScope, Source } from '../../../shared/contract/chat.ts';

/** One message as it is stored: the contract's, without what lies in other tables. */
export interface MessageRow extends Omit<Message, 'images' | 'sources' | 'receipt' | 'siblingIds' | 'comparedIds'> {
  /** Rises in the order messages were written; also the row of the full-text table. */
  readonly rowId: number;
  /** The removed message it went with; null while it is there. */
  readonly removedWith: string | null;
}

/** `message` as SQLite returns it. */
export interface StoredMessage {
  rowId: number;
  removedWith: string | null;
  id: string;
  conversationId: string;
  parentId: string | null;
  role: 'user' | 'assistant';
  text: string;
  status: MessageStatus;
  failureJson: string | null;
  noticeJson: string | null;
  providerId: string | null;
  modelId: string | null;
  modelLabel: string | null;
  runId: string | null;
  condensedQuestion: string | null;
  scopeJson: string | null;
  importJson: string | null;
  reasoning: string;
  reasoningMs: number | null;
  createdAt: number;
  finishedAt: number | null;
}

/** `message_source` as SQLite returns it. */
export interface StoredSource {
  messageId: string;
  ordinal: number;
  passageId: string;
  documentId: string;
  documentName: string;
  page: number | null;
  headingPathJson: string;
  startOffset: number;
  endOffset: number;
  text: string;
  keywordRank: number | null;
  vectorRank: number | null;
  score: number;
}

export const messageColumns = `
  row_id AS rowId, removed_with AS removedWith, id, conversation_id AS conversationId, parent_id AS parentId, role, text, status, failure_json AS failureJson,
  notice_json AS noticeJson, provider_id AS providerId, model_id AS modelId, model_label AS modelLabel, run_id AS runId,
  condensed_question AS condensedQuestion, scope_json AS scopeJson, import_json AS importJson, reasoning, reasoning_ms AS reasoningMs, created_at AS createdAt,
  finished_at AS finishedAt`;

export const sourceColumns = `
  message_id AS messageId, ordinal, passage_id AS passageId, document_id AS documentId, document_name AS documentName, page,
  heading_path_json AS headingPathJson, start_offset AS startOffset, end_offset AS endOffset, text, keyword_rank AS keywordRank,
  vector_rank AS vectorRank, score`;

export function toMessageRow({ failureJson, noticeJson, scopeJson, importJson, providerId, modelId, ...rest }: StoredMessage): MessageRow {
  return {
    ...rest,
    failure: toFailure(failureJson),
    notice: toFailure(noticeJson),
    // Only `insertUser` writes it, from a SearchScope.
    scope: scopeJson === null ? null : (JSON.parse(scopeJson) as SearchScope),
    // Only the import store writes it.
    imported: importJson === null ? null : (JSON.parse(importJson) as Message['imported']),
    model: toModel(providerId, modelId),
  };
}

/** The source without the message it belongs to. */
export function toSource(stored: StoredSource): Source {
  const { messageId: _messageId, headingPathJson, ...rest } = stored;
  // Only `saveSources` writes it, from a Source.
  return { ...rest, headingPath: JSON.parse(headingPathJson) as string[] };
}

function toFailure(json: string | null): Failure | null {
  // Only the message store writes it, from a Failure.
  return json === null ? null : (JSON.parse(json) as Failure);
}

function toModel(providerId: string | null, modelId: string | null): ModelRef | null {
  return providerId !== null && modelId !== null ? { providerId, modelId } : null;
}
