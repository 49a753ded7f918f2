import { createConversationStore } from '../../src/main/core/conversations/conversation-store.ts';
import { createFolderStore } from '../../src/main/core/conversations/folder-store.ts';
import { createMessageStore, type Settlement } from '../../src/main/core/conversations/message-store.ts';
import { createRequestPartStore } from '../../src/main/core/conversations/request-part-store.ts';
import type { Db } from '../../src/main/core/db/database.ts';
import { addDays } from '../../src/main/core/spend/day-span.ts';
import { localDayOf } from '../../src/main/core/spend/local-day.ts';
import type { BookedUsage } from '../../src/main/core/spend/settle-usage.ts';
import { createUsageStore } from '../../src/main/core/spend/usage-store.ts';
import { callsOf, sampleActivity, type SampleTurn } from '../sample-spend/sample-activity.ts';
import { filled, type WrittenExchange, type WrittenTalk } from './read-talks.ts';

const seed = 20261124;
/** Tokens the chat format adds to a question. */
const overheadTokens = 7;

export interface YearOptions {
  readonly db: Db;
  readonly patterns: readonly WrittenTalk[];
  /** Epoch milliseconds: the end of the year. */
  readonly now: number;
  readonly timeZone: string;
  /** About how many calls there are. */
  readonly callCount: number;
  readonly countTokens: (text: string) => number;
  /** Ids of folders by the names the patterns have for them. */
  readonly folderIds: ReadonlyMap<string, string>;
}

/**
 * Stores a year of conversations with their calls, made from patterns: the everyday ones, that nobody will read word for word. Belongs
 * into a transaction.
 */
export function storeYear({ db, patterns, now, timeZone, callCount, countTokens, folderIds }: YearOptions): void {
  const usage = createUsageStore(db);
  const folders = createFolderStore(db);
  const store = prepareStore(db, countTokens);
  const today = localDayOf(now, timeZone);
  let talk: WrittenTalk | undefined;
  const nextTurns = (random: () => number) => {
    talk = drawn(patterns, random);
    return talk.exchanges.map(({ question, answers }) => ({
      questionTokens: countTokens(question) + overheadTokens,
      answerTokens: countTokens(answers[0]?.text ?? ''),
    }));
  };
  for (const activity of sampleActivity({ seed, callCount, from: addDays(today, -364), to: today, timeZone, nextTurns })) {
    const last = callsOf(activity).at(-1);
    if (activity.type !== 'conversation' || talk === undefined || last === undefined) continue;
    // The last day is not over yet.
    if (last.startedAt + last.durationMs > now) continue;
    store(activity.id, talk, activity.turns);
    // Before its calls are booked, which are added to the sums of the folder then.
    folders.file(activity.id, folderIds.get(talk.fields['folder'] ?? '') ?? null);
    for (const call of callsOf(activity)) usage.insert(call);
  }
}

/** A conversation that goes from one thing to the next, as those of a working day do: often one pattern, at times a dozen. */
function drawn(patterns: readonly WrittenTalk[], random: () => number): WrittenTalk {
  const talks = Array.from({ length: 1 + Math.floor(14 * random() ** 2) }, () => drawnPattern(patterns, random));
  const exchanges = talks.flatMap((talk) => talk.exchanges);
  return { title: talks[0]?.title ?? '', fields: talks[0]?.fields ?? {}, exchanges };
}

/** A pattern with a filling drawn for each of its slots, and as many of its turns as somebody had patience for. */
function drawnPattern(patterns: readonly WrittenTalk[], random: () => number): WrittenTalk {
  const pattern = pick(patterns, random);
  const fillings = Object.entries(pattern.fields).map(([slot, choices]) => [slot, pick(choices.split(' | '), random)]);
  const talk = filled(pattern, Object.fromEntries(fillings));
  return { ...talk, fields: pattern.fields, exchanges: talk.exchanges.slice(0, 1 + Math.floor(random() * talk.exchanges.length * 1.4)) };
}

function pick<T>(choices: readonly T[], random: () => number): T {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new Error('There is nothing to choose from.');
  return choice;
}

function prepareStore(db: Db, countTokens: (text: string) => number) {
  const conversations = createConversationStore(db);
  const messages = createMessageStore(db);
  const requestParts = createRequestPartStore(db);

  return (conversationId: string, talk: WrittenTalk, turns: readonly SampleTurn[]): void => {
    let parentId: string | null = null;
    for (const [index, turn] of turns.entries()) {
      const model = { providerId: turn.model.providerId, modelId: turn.model.model };
      const exchange = talk.exchanges[index];
      const call = turn.calls.find(({ purpose }) => purpose === 'answer');
      if (exchange === undefined || call === undefined) throw new Error(`${conversationId} has more turns than are written.`);
      if (index === 0) {
        conversations.insert({ id: conversationId, title: talk.title, titleBy: 'model', model, collectionIds: [], createdAt: turn.at });
      }
      const questionId = `${turn.messageId}-question`;
      messages.insertUser({ id: questionId, conversationId, parentId, text: exchange.question, createdAt: turn.at });
      messages.insertAnswer({
        id: turn.messageId,
        conversationId,
        parentId: questionId,
        runId: `${turn.messageId}-run`,
        model,
        modelLabel: turn.model.model,
        createdAt: turn.at + 1,
      });
      const settlement = settlementOf(exchange, call);
      messages.settle(turn.messageId, settlement);
      const textTokens = countTokens(exchange.question);
      const historyTokens = (call.inputTokens ?? 0) - textTokens - overheadTokens;
      if (call.inputTokens !== null) {
        requestParts.save(turn.messageId, [
          ...(historyTokens > 0 ? [{ kind: 'history', tokens: historyTokens, ordinal: null } as const] : []),
          { kind: 'text', tokens: textTokens, ordinal: null },
          { kind: 'overhead', tokens: overheadTokens, ordinal: null },
        ]);
      }
      conversations.touch(conversationId, { leafMessageId: turn.messageId, updatedAt: settlement.finishedAt });
      parentId = turn.messageId;
    }
  };
}

function settlementOf({ answers }: WrittenExchange, call: BookedUsage): Settlement {
  const whole = answers[0]?.text ?? '';
  const ended = { reasoning: '', reasoningMs: null, notice: null, finishedAt: call.startedAt + call.durationMs };
  if (call.outcome === 'failed') return { ...ended, text: '', status: 'failed', failure: { code: call.errorCode ?? 'RATE_LIMITED' } };
  const text = call.outcome === 'stopped' ? whole.slice(0, Math.ceil(whole.length / 3)).toWellFormed() : whole;
  return { ...ended, text, status: call.outcome, failure: null };
}
