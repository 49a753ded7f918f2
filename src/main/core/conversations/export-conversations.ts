import {
  conversationFileFormat,
  conversationFileVersion,
  type conversationFileHead,
  type FiledConversation,
  type FiledMessage,
} from '../../../shared/contract/conversation-file.ts';
import type { Message } from '../../../shared/contract/chat.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { HandlersFor } from '../../../shared/rpc/define.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { z } from 'zod';
import type { Db } from '../db/database.ts';
import type { ConversationRow } from './conversation-row.ts';
import type { ConversationStore } from './conversation-store.ts';
import { createImportedCalls } from './import/imported-calls.ts';
import type { MessageReader } from './read-messages.ts';

/** Messages that are read before others get their turn. */
const messagesAtOnce = 50;

export interface ExportDeps {
  readonly db: Db;
  readonly conversations: Pick<ConversationStore, 'get' | 'titles'>;
  readonly reader: MessageReader;
  readonly usageStore: { listByConversation(id: string): UsageRecord[] };
  readonly now: () => number;
}

/**
 * Writes conversations as a file of JSON (`shared/contract/conversation-file.ts`), a piece at a time: every branch, with the usage
 * records of its calls. An answer that is being written is left out with what follows it.
 */
export function createConversationExport(deps: ExportDeps): HandlersFor<AppContract>['conversations.export'] {
  const { db, conversations, reader, usageStore, now } = deps;
  const importedCalls = createImportedCalls(db);
  const messageIds = db
    .prepare<[string], string>(`
    SELECT id FROM message WHERE conversation_id = ? AND removed_with IS NULL AND status <> 'streaming' ORDER BY row_id`)
    .pluck();

  async function* conversationText(row: ConversationRow): AsyncGenerator<string> {
    const ids = messageIds.all(row.id);
    yield `${headOf(row)},"messages":[`;
    const writtenCalls = new Set<string>();
    for (let at = 0; at < ids.length; at += messagesAtOnce) {
      const messages = reader.read(ids.slice(at, at + messagesAtOnce)).map(toFiled);
      for (const { calls } of messages) for (const call of calls) writtenCalls.add(call.id);
      yield messages.map((message, index) => `${at + index === 0 ? '' : ','}\n${JSON.stringify(message)}`).join('');
      await new Promise(setImmediate);
    }
    const allCalls = [...usageStore.listByConversation(row.id), ...importedCalls.ofConversation(row.id)];
    const otherCalls = allCalls.filter((call) => !writtenCalls.has(call.id));
    yield `\n],"otherCalls":${JSON.stringify(otherCalls)}}`;
  }

  return async function* exportAll({ conversationIds }) {
    const head = { format: conversationFileFormat, version: conversationFileVersion, exportedAt: now() } satisfies z.infer<
      typeof conversationFileHead
    >;
    yield { text: `${JSON.stringify(head).slice(0, -1)},"conversations":[` };
    let isFirst = true;
    for (const id of conversationIds ?? Array.from(conversations.titles(), (titled) => titled.id)) {
      const row = conversations.get(id);
      // One of all may have been deleted meanwhile.
      if (row === undefined && conversationIds === null) continue;
      if (row === undefined) throw new AppError('NOT_FOUND', 'No such conversation.');
      yield { text: isFirst ? '\n' : ',\n' };
      isFirst = false;
      for await (const text of conversationText(row)) yield { text };
    }
    yield { text: '\n]}\n' };
  };
}

/** A conversation without what it holds, left open at its end. */
function headOf({ id, title, leafMessageId, systemPrompt, createdAt, updatedAt }: ConversationRow): string {
  const head: Omit<FiledConversation, 'messages' | 'otherCalls'> = { id, title, leafMessageId, systemPrompt, createdAt, updatedAt };
  return JSON.stringify(head).slice(0, -1);
}

function toFiled(message: Message): FiledMessage {
  const { id, parentId, role, text, images, failure, model, modelLabel, condensedQuestion, reasoning, reasoningMs, sources } = message;
  return {
    id,
    parentId,
    role,
    text,
    images: [
      ...images.map(({ name, width, height }) => ({ name, width, height })),
      ...(message.imported?.missingImages ?? []).map((name) => ({ name, width: null, height: null })),
    ],
    // Those that are being written are not asked for; one that has just begun anew counts as broken off.
    status: message.status === 'streaming' ? 'interrupted' : message.status,
    failure,
    modelId: model?.modelId ?? null,
    modelLabel,
    condensedQuestion,
    reasoning,
    reasoningMs,
    sources,
    calls: message.receipt?.calls ?? [],
    requestParts: message.receipt?.requestParts ?? [],
    createdAt: message.createdAt,
    finishedAt: message.finishedAt,
  };
}
