import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../../../tests/temporary-database.ts';
import { addAmount, emptyTotal, type AmountTotal } from '../../../shared/amount.ts';
import type { AppEvent } from '../../../shared/contract/app.ts';
import type { Source } from '../../../shared/contract/chat.ts';
import type { ConversationPlace } from '../../../shared/contract/conversations.ts';
import { appContract } from '../../../shared/contract/index.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import { inTransaction } from '../db/database.ts';
import { createAppEvents } from '../events.ts';
import { recordWith } from '../spend/testing/random-records.ts';
import { createUsageStore } from '../spend/usage-store.ts';
import { createBranchStore } from './branch-store.ts';
import { createConversationService, type ConversationService } from './conversation-service.ts';
import { createConversationStore, type ConversationStore } from './conversation-store.ts';
import { createMessageStore, type MessageStore } from './message-store.ts';

const context = { signal: new AbortController().signal };
const model = { providerId: 'p', modelId: 'm' };

let temporary: TemporaryDatabase;
let conversations: ConversationStore;
let messages: MessageStore;
let service: ConversationService;
let emitted: AppEvent[];
let clock: number;
const records: UsageRecord[] = [];
const totals = new Map<string, AmountTotal>();

beforeEach(() => {
  temporary = openTemporaryDatabase();
  const { db } = temporary;
  conversations = createConversationStore(db);
  messages = createMessageStore(db);
  emitted = [];
  clock = 1_000;
  records.length = 0;
  totals.clear();
  const events = createAppEvents();
  events.subscribe((event) => emitted.push(event));
  const usageStore = {
    listByMessages: (ids: readonly string[]) => records.filter(({ messageId }) => messageId !== null && ids.includes(messageId)),
    totalByConversations: () => totals,
    totalOfMessages: (ids: readonly string[]) =>
      usageStore.listByMessages(ids).reduce((total, { amount }) => addAmount(total, amount), emptyTotal),
  };
  const activeRunOf = (id: string): string | null => (id === 'busy' ? 'run' : null);
  service = createConversationService({
    db,
    conversations,
    messages,
    branches: createBranchStore(db),
    usageStore,
    activeRunOf,
    stopRunsOf: async () => undefined,
    events,
    now: () => clock,
  });
});

afterEach(() => temporary[Symbol.dispose]());

function addConversation(id: string, title = id): void {
  clock += 1;
  conversations.insert({ id, title, titleBy: 'text', model: null, collectionIds: [], createdAt: clock });
}

/** A question and its finished answer; returns the answer's id. */
function addTurn(conversationId: string, parentId: string | null, name: string, question: string, answer: string): string {
  clock += 1;
  messages.insertUser({ id: `${name}-question`, conversationId, parentId, text: question, createdAt: clock });
  return addAnswer(conversationId, `${name}-question`, `${name}-answer`, answer);
}

function addAnswer(conversationId: string, parentId: string, id: string, text: string): string {
  clock += 1;
  messages.insertAnswer({ id, conversationId, parentId, runId: `run of ${id}`, model, modelLabel: 'M', createdAt: clock });
  messages.settle(id, { text, reasoning: '', reasoningMs: null, status: 'done', failure: null, notice: null, finishedAt: clock });
  conversations.touch(conversationId, { leafMessageId: id, model, updatedAt: clock });
  return id;
}

async function open(conversationId: string) {
  return appContract['conversations.open'].output.parse(await service.open({ conversationId }, context));
}

async function search(query: string, limit = 30) {
  const { hits } = appContract['conversations.search'].output.parse(await service.search({ query, limit }, context));
  return hits.map(({ messageId, snippet, highlights }) => ({
    messageId,
    snippet,
    marked: highlights.map(([start, end]) => snippet.slice(start, end)),
  }));
}

function usage(messageId: string, costNanos: number): UsageRecord {
  const nothing = { serviceTier: null, requestId: null, cacheReadTokens: null, cacheWriteTokens: null, reasoningTokens: null };
  const ids = { id: `${messageId}:${costNanos}`, runId: null, conversationId: null, documentId: null, messageId };
  const provider = { providerId: 'p', providerName: 'P', providerKind: 'remote' as const, requestedModel: 'm', servedModel: 'm' };
  const times = { startedAt: 1, firstTokenMs: 1, durationMs: 2, localDay: '2026-11-02', httpStatus: 200, errorCode: null };
  const counts = { attempt: 1, inputTokens: 1, outputTokens: 1, tokenSource: 'provider' as const, price: null, settledBy: null };
  const kind = { purpose: 'answer' as const, outcome: 'done' as const, amount: { exactness: 'exact' as const, costNanos } };
  return { ...nothing, ...ids, ...provider, ...times, ...counts, ...kind };
}

describe('the list', () => {
  it('pages through every conversation once, last used first, equal times included', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      conversations.insert({ id, title: id, titleBy: 'text', model, collectionIds: ['x'], createdAt: id === 'e' ? 9 : 5 });
    }
    const seen: string[] = [];
    let before: string | null = null;
    do {
      const page = appContract['conversations.list'].output.parse(
        await service.list({ before, limit: 2, order: 'newest', place: 'anywhere' }, context),
      );
      seen.push(...page.conversations.map(({ id }) => id));
      before = page.nextCursor;
    } while (before !== null);
    expect(seen).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  it('shows what a conversation cost and which run is busy in it', async () => {
    addConversation('quiet');
    addConversation('busy');
    totals.set('busy', { ...emptyTotal, costNanos: 42, exactNanos: 42, callCount: 1 });
    const { conversations: listed } = await service.list({ before: null, limit: 10, order: 'newest', place: 'anywhere' }, context);
    expect(listed.map(({ id, runId, total }) => [id, runId, total.costNanos])).toEqual([
      ['busy', 'run', 42],
      ['quiet', null, 0],
    ]);
  });

  it.each(['newest', 'dearest', 'title'] as const)('has each conversation in one place, in any order (%s)', async (order) => {
    const ids = ['a', 'filed', 'filed and pinned', 'filed and archived', 'pinned', 'archived and pinned', 'removed'];
    ids.forEach((id) => addConversation(id));
    temporary.db.exec(`INSERT INTO folder (id, name, is_open, created_at) VALUES ('f', 'F', 1, 1)`);
    for (const id of ids.filter((name) => name.includes('filed'))) {
      temporary.db.prepare(`INSERT INTO conversation_folder (conversation_id, folder_id) VALUES (?, 'f')`).run(id);
    }
    for (const id of ids.filter((name) => name.includes('pinned'))) conversations.setPinned(id, 1);
    for (const id of ids.filter((name) => name.includes('archived'))) conversations.setArchived(id, 1);
    conversations.remove('removed', 1);
    const idsIn = async (place: ConversationPlace) => {
      const seen: string[] = [];
      for (let before: string | null | undefined = null; before !== undefined;) {
        const page = appContract['conversations.list'].output.parse(await service.list({ before, limit: 1, order, place }, context));
        seen.push(...page.conversations.map(({ id }) => id));
        before = page.nextCursor ?? undefined;
      }
      return seen.toSorted();
    };
    expect(await idsIn('anywhere')).toEqual(['a', 'filed', 'filed and pinned', 'pinned']);
    expect(await idsIn('loose')).toEqual(['a']);
    expect(await idsIn({ folderId: 'f' })).toEqual(['filed']);
    expect(await idsIn('pinned')).toEqual(['filed and pinned', 'pinned']);
    expect(await idsIn('archived')).toEqual(['archived and pinned', 'filed and archived']);
  });

  it('goes through all of them by cost or by title, those that cost nothing too', async () => {
    const usage = createUsageStore(temporary.db);
    for (const [id, title, costNanos] of [
      ['a', 'pear', 5],
      ['b', 'Apple', 900],
      ['c', 'fig', 0],
      ['d', 'banana', 70],
    ] as const) {
      addConversation(id, title);
      if (costNanos > 0) usage.insert(recordWith({ id, conversationId: id, amount: { exactness: 'exact', costNanos } }));
    }
    const ids = async (order: 'dearest' | 'title') => {
      const seen: string[] = [];
      for (let before: string | null | undefined = null; before !== undefined;) {
        const page = appContract['conversations.list'].output.parse(
          await service.list({ before, limit: 2, order, place: 'anywhere' }, context),
        );
        seen.push(...page.conversations.map(({ id }) => id));
        before = page.nextCursor ?? undefined;
      }
      return seen;
    };
    expect(await ids('dearest')).toEqual(['b', 'd', 'a', 'c']);
    expect(await ids('title')).toEqual(['b', 'd', 'c', 'a']);
    expect(() => service.list({ before: '1:a', limit: 2, order: 'title', place: 'anywhere' }, context)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });

  it('refuses a cursor it has not made', () => {
    expect(() => service.list({ before: 'nonsense', limit: 10, order: 'newest', place: 'anywhere' }, context)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });
});

describe('opening', () => {
  it('reads the open branch with sources, siblings and receipts', async () => {
    addConversation('c');
    const first = addTurn('c', null, '1', 'Rent?', 'Old answer');
    const again = addAnswer('c', '1-question', '1-again', 'New answer');
    const last = addTurn('c', again, '2', 'And then?', 'This.');
    const source: Source = {
      ordinal: 1,
      passageId: 'p1',
      documentId: 'd1',
      documentName: 'lease.pdf',
      page: 7,
      headingPath: ['Rent'],
      startOffset: 3,
      endOffset: 9,
      text: 'passage',
      keywordRank: 1,
      vectorRank: null,
      score: 0.5,
    };
    messages.saveSources(again, [source]);
    records.push(usage(again, 30), usage(again, 12), usage(first, 500));
    const opened = await open('c');
    expect(opened.messages.map(({ id }) => id)).toEqual(['1-question', again, '2-question', last]);
    expect(opened.branch).toEqual([
      { id: '1-question', role: 'user', sizeBytes: 5 },
      { id: again, role: 'assistant', sizeBytes: 10 },
      { id: '2-question', role: 'user', sizeBytes: 9 },
      { id: last, role: 'assistant', sizeBytes: 5 },
    ]);
    expect(opened.messages[0]).toMatchObject({ siblingIds: ['1-question'], receipt: null, sources: [] });
    expect(opened.messages[1]).toMatchObject({ siblingIds: [first, again], sources: [source], receipt: { total: { costNanos: 42 } } });
  });

  it('brings the newest messages of a long branch, and any others when they are asked for', async () => {
    addConversation('c');
    let parentId: string | null = null;
    for (let turn = 0; turn < 30; turn += 1) parentId = addTurn('c', parentId, String(turn), `問${turn}`, `A${turn}`);
    const { branch, messages: newest } = await open('c');
    expect(branch).toHaveLength(60);
    expect(branch[2]).toEqual({ id: '1-question', role: 'user', sizeBytes: 4 });
    expect(newest.map(({ id }) => id)).toEqual(branch.slice(-newest.length).map(({ id }) => id));
    const asked = ['2-answer', 'gone', '0-question'];
    const { messages: read } = appContract['conversations.messages'].output.parse(await service.messages({ messageIds: asked }, context));
    expect(read.map(({ id, text }) => [id, text])).toEqual([
      ['2-answer', 'A2'],
      ['0-question', '問0'],
    ]);
  });

  it('keeps the first messages of different conversations apart, and edits of the same one together', async () => {
    addConversation('one');
    addConversation('other');
    addTurn('one', null, 'a', 'A', 'a');
    addTurn('other', null, 'b', 'B', 'b');
    addTurn('one', null, 'edited', 'A!', 'a!');
    const opened = await open('one');
    expect(opened.messages[0]).toMatchObject({ id: 'edited-question', siblingIds: ['a-question', 'edited-question'] });
  });

  it('switches to another branch at its newest end', async () => {
    addConversation('c');
    const first = addTurn('c', null, '1', 'Q', 'first');
    const deep = addTurn('c', first, '2', 'Q2', 'deeper');
    addAnswer('c', '1-question', '1-again', 'second');
    expect(await service.showBranch({ messageId: first }, context)).toEqual({ conversationId: 'c' });
    const opened = await open('c');
    expect(opened.conversation.leafMessageId).toBe(deep);
    expect(opened.messages.map(({ id }) => id)).toEqual(['1-question', first, '2-question', deep]);
  });
});

describe('naming and removing', () => {
  it('never lets a model rename what the user has named', async () => {
    addConversation('c');
    await service.rename({ conversationId: 'c', title: 'Mine' }, context);
    conversations.setTitle('c', 'From the model', 'model');
    expect(conversations.get('c')?.title).toBe('Mine');
    expect(emitted).toEqual([{ type: 'conversation.changed', conversationId: 'c' }]);
  });

  it('hides at once, restores whole, and erases at the next start only', async () => {
    addConversation('c');
    addTurn('c', null, '1', 'Secret question', 'Secret answer');
    await service.remove({ conversationId: 'c' }, context);
    expect(() => service.open({ conversationId: 'c' }, context)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(await search('secret')).toEqual([]);
    await service.restore({ conversationId: 'c' }, context);
    expect(await search('secret')).toHaveLength(2);
    expect(service.purgeRemoved()).toBe(0);
    await service.remove({ conversationId: 'c' }, context);
    expect(service.purgeRemoved()).toBe(1);
    expect(temporary.db.prepare('SELECT count(*) FROM message').pluck().get()).toBe(0);
    expect(temporary.db.prepare("SELECT count(*) FROM message_fts WHERE message_fts MATCH 'secret'").pluck().get()).toBe(0);
  });

  it('erases a conversation whose messages follow each other thousands deep', async () => {
    addConversation('long');
    temporary.db.transaction(() => {
      let parentId: string | null = null;
      for (let turn = 0; turn < 1_500; turn += 1) parentId = addTurn('long', parentId, String(turn), 'q', 'a');
    })();
    expect((await open('long')).branch).toHaveLength(3_000);
    await service.remove({ conversationId: 'long' }, context);
    expect(service.purgeRemoved()).toBe(1);
  });
});

describe('search', () => {
  it('finds newest first, in questions and answers, with the hits marked in the original text', async () => {
    addConversation('c');
    const answer = addTurn('c', null, '1', 'Où est le CAFÉ ?', 'The cafe\u0301 is there. Cafés are closed.');
    addTurn('c', answer, '2', 'decaf', 'no');
    expect(await search('cafe')).toEqual([
      { messageId: '1-answer', snippet: 'The cafe\u0301 is there. Cafés are closed.', marked: ['cafe\u0301', 'Cafés'] },
      { messageId: '1-question', snippet: 'Où est le CAFÉ ?', marked: ['CAFÉ'] },
    ]);
  });

  it('marks Japanese wherever it stands, in other widths and over line breaks too', async () => {
    addConversation('c');
    addTurn('c', null, '1', 'ﾀﾞｯﾁﾜｰｸとは', '契約の更\n新は更新料とともに。');
    expect(await search('更新')).toMatchObject([{ messageId: '1-answer', marked: ['更 新', '更新'] }]);
    expect(await search('ワーク')).toMatchObject([{ messageId: '1-question', marked: ['ﾜｰｸ'] }]);
  });

  it('cuts a long text around the first hit, between words and never inside a character', async () => {
    addConversation('c');
    const text = `${'𠮷'.repeat(5_000)} the needle 😀 ${'word '.repeat(5_000)}`;
    addTurn('c', null, '1', text, 'x');
    const [hit] = await search('needle');
    expect(hit?.marked).toEqual(['needle']);
    expect(hit?.snippet.length).toBeLessThanOrEqual(170);
    expect(hit?.snippet.isWellFormed()).toBe(true);
    expect(hit?.snippet).toMatch(/^….* the needle 😀 .*word …$/u);
  });

  it('puts conversations found by their title first and jumps to where they end', async () => {
    addConversation('lease', 'Lease of the flat');
    addTurn('lease', null, '1', 'Rent?', 'Monthly.');
    addConversation('other', 'Trip');
    addTurn('other', null, '2', 'The flat lease again', 'Yes.');
    expect((await search('flat lease')).map(({ messageId }) => messageId)).toEqual(['1-answer', '2-question']);
  });

  it('returns nothing for signs, and for words that are not all there', async () => {
    addConversation('c');
    addTurn('c', null, '1', 'alpha beta', 'gamma');
    expect(await search('"*()')).toEqual([]);
    expect(await search('alpha gamma')).toEqual([]);
  });
});

describe('finding in a conversation', () => {
  const find = async (query: string, conversationId = 'c') =>
    appContract['conversations.find'].output.parse(await service.find({ conversationId, query }, context));

  it('names the messages of the open branch only, oldest first, and counts them', async () => {
    addConversation('c');
    addConversation('other');
    addTurn('other', null, 'elsewhere', 'tides', 'tides');
    const first = addTurn('c', null, 'first', 'Why tides?', 'The moon makes tides.');
    addAnswer('c', 'first-question', 'left', 'Other tides.');
    addTurn('c', first, 'second', 'And the wind?', 'Wind and tides.');
    const { messageIds, count } = await find('TIDES');
    expect([messageIds, count]).toEqual([['first-question', 'first-answer', 'second-answer'], 3]);
    expect((await find('wind tides')).messageIds).toEqual(['second-answer']);
    await service.removeMessage({ messageId: 'second-question' }, context);
    expect((await find('wind')).count).toBe(0);
  });

  it('folds as the history search does, and gives the pattern of the hits in folded text', async () => {
    addConversation('c');
    addTurn('c', null, 'turn', 'Un CAFÉ ou du thé ?', '半角のﾃﾞｰﾀと全角のデータ。');
    const french = await find('cafe');
    expect([french.messageIds, 'un cafe ou'.match(new RegExp(french.pattern ?? '', 'u'))?.[0]]).toEqual([['turn-question'], 'cafe']);
    expect((await find('データ')).messageIds).toEqual(['turn-answer']);
    expect((await find('データベース')).messageIds).toEqual([]);
  });

  it('finds nothing for signs or in an empty conversation, and refuses one that is not there', async () => {
    addConversation('c');
    expect(await find('word')).toEqual({ messageIds: [], count: 0, pattern: null });
    addTurn('c', null, 'turn', 'word', 'word');
    expect(await find('?!')).toEqual({ messageIds: [], count: 0, pattern: null });
    await expect(find('word', 'nowhere')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('names the newest of very many, and counts them all', async () => {
    addConversation('c');
    inTransaction(temporary.db, () => {
      let parentId: string | null = null;
      for (let turn = 0; turn < 1_001; turn += 1) parentId = addTurn('c', parentId, `t${turn}`, 'word', 'word');
    });
    const { messageIds, count } = await find('word');
    expect([messageIds.length, messageIds[0], messageIds.at(-1), count]).toEqual([2_000, 't1-question', 't1000-answer', 2_002]);
  });
});

describe('answers cut off by a kill', () => {
  it('are marked as interrupted with the text they had, and can be found', async () => {
    addConversation('c');
    messages.insertUser({ id: 'q', conversationId: 'c', parentId: null, text: 'Q', createdAt: 1 });
    messages.insertAnswer({ id: 'a', conversationId: 'c', parentId: 'q', runId: 'r', model, modelLabel: 'M', createdAt: 2 });
    messages.appendText('a', 'Half a ');
    messages.appendText('a', 'sentence');
    expect(messages.markStreamingAsInterrupted(77)).toBe(1);
    expect(messages.markStreamingAsInterrupted(78)).toBe(0);
    const [, answer] = messages.branchTo('a');
    expect(answer).toMatchObject({ text: 'Half a sentence', status: 'interrupted', failure: { code: 'PROCESS_KILLED' }, finishedAt: 77 });
    expect(await search('sentence')).toHaveLength(1);
  });

  it('take no more text and end only once', () => {
    addConversation('c');
    const answer = addTurn('c', null, '1', 'Q', 'final');
    messages.appendText(answer, ' and more');
    expect(messages.row(answer)?.text).toBe('final');
    const settlement = {
      text: 'x',
      reasoning: '',
      reasoningMs: null,
      status: 'failed',
      failure: null,
      notice: null,
      finishedAt: 1,
    } as const;
    expect(() => messages.settle(answer, settlement)).toThrow(expect.objectContaining({ code: 'CONFLICT' }));
  });
});
