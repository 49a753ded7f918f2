import { closeDatabase, openDatabase } from '../src/main/core/db/database.ts';
import { createConversationStore } from '../src/main/core/conversations/conversation-store.ts';
import { createMessageStore } from '../src/main/core/conversations/message-store.ts';
import type { ModelRef } from '../src/shared/contract/chat.ts';

export interface LongConversation {
  readonly id: string;
  readonly title: string;
  readonly model: ModelRef;
  readonly turnCount: number;
  /** What turn n (from 1) says. */
  readonly questionOf: (turn: number) => string;
  readonly answerOf: (turn: number) => string;
}

/** Adds a conversation of thousands of messages to a data folder that no core has open. By the stores: asking each would take hours. */
export function addLongConversation(dataDir: string, conversation: LongConversation): void {
  const { id, title, model, turnCount } = conversation;
  const startedAt = Date.now() - turnCount * 60_000;
  const db = openDatabase({ dataDir, now: () => startedAt, newId: () => 'instance' });
  const conversations = createConversationStore(db);
  const messages = createMessageStore(db);
  db.transaction(() => {
    conversations.insert({ id, title, titleBy: 'user', model, collectionIds: [], createdAt: startedAt });
    let parentId: string | null = null;
    for (let turn = 1; turn <= turnCount; turn += 1) {
      const [questionId, answerId] = [`${id}-question-${turn}`, `${id}-answer-${turn}`];
      const createdAt = startedAt + turn * 60_000;
      messages.insertUser({ id: questionId, conversationId: id, parentId, text: conversation.questionOf(turn), createdAt });
      const run = { runId: `${id}-run-${turn}`, model, modelLabel: model.modelId };
      messages.insertAnswer({ id: answerId, conversationId: id, parentId: questionId, ...run, createdAt });
      const ended = {
        reasoning: '',
        reasoningMs: null,
        status: 'done',
        failure: null,
        notice: null,
        finishedAt: createdAt + 5_000,
      } as const;
      messages.settle(answerId, { text: conversation.answerOf(turn), ...ended });
      parentId = answerId;
    }
    if (parentId !== null) conversations.touch(id, { leafMessageId: parentId, model, updatedAt: Date.now() });
  })();
  closeDatabase(db);
}
