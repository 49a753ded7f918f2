import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../tests/seeded-random.ts';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../../../tests/temporary-database.ts';
import type { AppEvent } from '../../../shared/contract/app.ts';
import { appContract } from '../../../shared/contract/index.ts';
import { createAppEvents } from '../events.ts';
import { createSumQueries } from '../spend/sum-queries.ts';
import { randomRecord, recordWith } from '../spend/testing/random-records.ts';
import { createUsageStore } from '../spend/usage-store.ts';
import { createConversationStore, type ConversationStore } from './conversation-store.ts';
import { createFolderService, type FolderService } from './folder-service.ts';

const context = { signal: new AbortController().signal };
const everything = { from: '0000-01-01', to: '9999-12-31', part: null, withoutPrice: false, before: null, limit: 1_000 };

let temporary: TemporaryDatabase;
let conversations: ConversationStore;
let service: FolderService;
let emitted: AppEvent[];
let clock: number;
let idCount: number;

beforeEach(() => {
  temporary = openTemporaryDatabase();
  const { db } = temporary;
  [emitted, clock, idCount] = [[], 1_000, 0];
  conversations = createConversationStore(db);
  const events = createAppEvents();
  events.subscribe((event) => emitted.push(event));
  const newId = (): string => `folder-${++idCount}`;
  service = createFolderService({ db, conversations, sums: createSumQueries(db), events, now: () => ++clock, newId });
});

afterEach(() => temporary[Symbol.dispose]());

function addConversation(id: string): void {
  conversations.insert({ id, title: id, titleBy: 'text', model: null, collectionIds: [], createdAt: ++clock });
}

function spend(conversationId: string | null, costNanos: number, localDay = '2026-11-23'): void {
  const id = `record-${++idCount}`;
  createUsageStore(temporary.db).insert(recordWith({ id, conversationId, localDay, amount: { exactness: 'exact', costNanos } }));
}

async function addFolder(name: string, ...conversationIds: string[]): Promise<string> {
  return (await service.add({ name, conversationIds }, context)).folderId;
}

async function foldersByName() {
  const { folders } = appContract['folders.list'].output.parse(await service.list(undefined, context));
  return Object.fromEntries(folders.map(({ name, conversationCount, total }) => [name, [conversationCount, total.costNanos]]));
}

/** Every sum by folder, and what it should be: those of its conversations, added up; '' for all that is in none. */
function folderSums(): { kept: unknown; expected: unknown } {
  const { db } = temporary;
  const columns = db
    .prepare<[], string>(`SELECT name FROM pragma_table_info('usage_sum') WHERE name NOT IN ('split', 'unit', 'period', 'key')`)
    .pluck()
    .all();
  const added = columns.map((column) => `sum(${column}) AS ${column}`).join(', ');
  const kept = db.prepare(`SELECT unit, period, key, ${columns.join(', ')} FROM usage_sum WHERE split = 'folder' ORDER BY 1, 2, 3`).all();
  const expected = db
    .prepare(
      `SELECT unit, period, coalesce(folder_id, '') AS key, ${added} FROM usage_sum
       LEFT JOIN filed_conversation ON conversation_id = usage_sum.key
       WHERE split = 'conversation' GROUP BY unit, period, 3 ORDER BY 1, 2, 3`,
    )
    .all();
  return { kept, expected };
}

describe('what folders cost', () => {
  it.each([1, 2, 3, 4])('is the sum of what their conversations cost, whatever is done in whatever order (%i)', async (seed) => {
    const random = seededRandom(seed);
    const pick = <T>(values: readonly [T, ...T[]]): T => values[Math.floor(random() * values.length)] ?? values[0];
    const ids = ['c1', 'c2', 'c3', 'c4'] as const;
    ids.forEach(addConversation);
    const folderIds = [await addFolder('A'), await addFolder('B'), await addFolder('C')] as const;
    const store = createUsageStore(temporary.db);
    const removed = new Set<string>();
    for (let step = 0; step < 60; step += 1) {
      const folderId = pick(folderIds);
      const chance = random();
      if (chance < 0.5) {
        const record = randomRecord(random, step, ['2025-12-31', '2026-01-01', '2026-11-23']);
        store.insert({ ...record, conversationId: pick([null, ...ids]) });
      } else if (chance < 0.8) {
        const target = removed.has(folderId) ? null : folderId;
        await service.file({ conversationIds: [pick(ids), pick(ids), 'nobody'], folderId: target }, context);
      } else if (removed.delete(folderId)) await service.restore({ folderId }, context);
      else {
        await service.remove({ folderId }, context);
        removed.add(folderId);
      }
      const { kept, expected } = folderSums();
      expect(kept).toEqual(expected);
    }
    const sums = createSumQueries(temporary.db);
    const byFolder = sums.listEver('folder').reduce((sum, { measures }) => sum + measures.total.costNanos, 0);
    expect(byFolder).toBe(sums.totalOf({ from: '0000-01-01', to: '9999-12-31' }).costNanos);
  });

  it('moves with a conversation, however long ago it was spent, and leads to the calls it is made of', async () => {
    ['a', 'b', 'c'].forEach(addConversation);
    spend('a', 5, '2024-02-29');
    spend('a', 7);
    spend('b', 100);
    spend(null, 1_000);
    const home = await addFolder('Home', 'a');
    await service.file({ conversationIds: ['b'], folderId: home }, context);
    spend('b', 20);
    expect(await foldersByName()).toEqual({ Home: [2, 132] });
    const calls = createUsageStore(temporary.db).listRecords({ ...everything, part: { split: 'folder', key: home } });
    expect(calls.map(({ conversationId }) => conversationId)).toEqual(['b', 'b', 'a', 'a']);
    await service.file({ conversationIds: ['a'], folderId: null }, context);
    expect(await foldersByName()).toEqual({ Home: [1, 120] });
  });

  it('stays with the folder when a conversation is archived, deleted, and erased', async () => {
    ['a', 'b'].forEach(addConversation);
    spend('a', 5);
    spend('b', 7);
    await addFolder('Home', 'a', 'b');
    await service.setArchived({ conversationIds: ['a'], isArchived: true }, context);
    conversations.remove('b', 1);
    expect(await foldersByName()).toEqual({ Home: [0, 12] });
    conversations.purge();
    expect(await foldersByName()).toEqual({ Home: [0, 12] });
    expect(folderSums().kept).toEqual(folderSums().expected);
  });
});

describe('folders', () => {
  it('give back their conversations when they are removed, and take them in again when that is undone', async () => {
    ['a', 'b'].forEach(addConversation);
    const home = await addFolder('Home', 'a', 'b');
    const work = await addFolder('Work');
    await service.remove({ folderId: home }, context);
    expect(conversations.get('a')?.folderId).toBeNull();
    await service.file({ conversationIds: ['b'], folderId: work }, context);
    await service.restore({ folderId: home }, context);
    expect([conversations.get('a')?.folderId, conversations.get('b')?.folderId]).toEqual([home, work]);
    await service.remove({ folderId: home }, context);
    service.purgeRemoved();
    await expect(async () => service.restore({ folderId: home }, context)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(conversations.get('a')?.folderId).toBeNull();
  });

  it('take no conversation that is gone, and none takes what is put into a folder that is gone', async () => {
    addConversation('a');
    const home = await addFolder('Home', 'a', 'nobody');
    expect(await foldersByName()).toEqual({ Home: [1, 0] });
    await service.remove({ folderId: home }, context);
    const file = async () => service.file({ conversationIds: ['a'], folderId: home }, context);
    await expect(file).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(async () => service.rename({ folderId: home, name: 'X' }, context)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('come by name, keep whether they are open, and tell of every change', async () => {
    const b = await addFolder('beta');
    await addFolder('Alpha');
    await service.setOpen({ folderId: b, isOpen: false }, context);
    await service.rename({ folderId: b, name: 'Gamma' }, context);
    const { folders } = await service.list(undefined, context);
    expect(folders.map(({ name, isOpen }) => [name, isOpen])).toEqual([
      ['Alpha', true],
      ['Gamma', false],
    ]);
    expect(emitted.map(({ type }) => type)).toEqual(Array.from({ length: 4 }, () => 'folders.changed'));
  });

  it('say how many conversations are archived, and which changed', async () => {
    ['a', 'b'].forEach(addConversation);
    await service.setArchived({ conversationIds: ['a', 'nobody', 'b'], isArchived: true }, context);
    await service.setArchived({ conversationIds: ['b'], isArchived: false }, context);
    await service.setPinned({ conversationIds: ['b'], isPinned: true }, context);
    expect(await service.list(undefined, context)).toMatchObject({ archivedCount: 1 });
    expect(emitted.map((event) => event.type === 'conversation.changed' && event.conversationId)).toEqual(['a', 'b', 'b', 'b']);
    expect(conversations.get('a')).toMatchObject({ isArchived: true, isPinned: false });
    expect(conversations.get('b')).toMatchObject({ isArchived: false, isPinned: true });
  });
});
