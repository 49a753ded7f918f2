import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/rpc/errors.ts';
import { defaultPassageSettings } from '../../../shared/contract/passage-settings.ts';
import { openDocumentBench, type DocumentBench } from './testing/temporary-documents.ts';

let bench: DocumentBench;
let contracts = '';

beforeEach(async () => {
  bench = await openDocumentBench();
  contracts = (await bench.service.addCollection({ name: 'Contracts' })).id;
});

afterEach(() => bench.close());

async function documentIn(collectionId: string, name: string, content: string = name): Promise<string> {
  const id = await bench.add(name, content, collectionId);
  await bench.service.whenIndexed(id);
  return id;
}

async function names(collectionId: string | null): Promise<string[]> {
  return (await bench.service.list({ collectionId })).documents.map(({ name }) => name).toSorted();
}

describe('collections', () => {
  it('are renamed, and removed with their documents and a way back', async () => {
    await bench.service.renameCollection({ collectionId: contracts, name: 'Leases' });
    await documentIn(contracts, 'lease.txt');
    const gone = await documentIn(contracts, 'gone.txt');
    await documentIn('default', 'other.txt');
    await bench.service.remove({ documentId: gone });
    await bench.service.removeCollection({ collectionId: contracts });
    expect((await bench.service.collections()).collections.map(({ name }) => name)).toEqual(['Documents']);
    expect(await names(null)).toEqual(['other.txt']);
    await expect(bench.service.beginUpload({ collectionId: contracts, name: 'a.txt', sizeBytes: 1 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });

    await bench.service.restoreCollection({ collectionId: contracts });
    expect((await bench.service.collections()).collections).toMatchObject([{ name: 'Documents' }, { name: 'Leases', documentCount: 1 }]);
    // What had been removed before, by itself, stays removed.
    expect(await names(contracts)).toEqual(['lease.txt']);
  });

  it('are erased at the next start with all that is in them, but never the first one', async () => {
    await documentIn(contracts, 'lease.txt');
    await bench.service.removeCollection({ collectionId: contracts });
    expect(() => bench.service.removeCollection({ collectionId: 'default' })).toThrow(AppError);
    await bench.reopen();
    expect(() => bench.service.restoreCollection({ collectionId: contracts })).toThrow(AppError);
    expect(bench.db.prepare('SELECT (SELECT count(*) FROM passage) + (SELECT count(*) FROM collection)').pluck().get()).toBe(1);
  });

  it('go on with what was queued in them when they come back', async () => {
    bench.service.setPaused(true);
    const id = await bench.add('lease.txt', 'words', contracts);
    await bench.service.removeCollection({ collectionId: contracts });
    bench.service.setPaused(false);
    await bench.service.restoreCollection({ collectionId: contracts });
    expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'ready', passageCount: 1 });
  });

  it('take documents of one another, save where the name or the file is there already', async () => {
    const moved = await documentIn('default', 'lease.txt');
    const namesake = await documentIn('default', 'rent.txt', 'one');
    const twin = await documentIn('default', 'copy.txt', 'the same words');
    await documentIn(contracts, 'rent.txt', 'another');
    await documentIn(contracts, 'original.txt', 'the same words');
    const { skippedIds } = await bench.service.move({ documentIds: [moved, namesake, twin], collectionId: contracts });
    expect(skippedIds).toEqual([namesake, twin]);
    expect(await names(contracts)).toEqual(['lease.txt', 'original.txt', 'rent.txt']);
    expect(() => bench.service.move({ documentIds: [moved], collectionId: 'nowhere' })).toThrow(AppError);
  });

  it('are read anew without embedding anything again', async () => {
    bench.switches.embedder = bench.working();
    const id = await documentIn(contracts, 'lease.txt');
    const before = bench.calls.length;
    bench.db.prepare('DELETE FROM passage').run();
    await bench.service.reindexCollection({ collectionId: contracts });
    expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'ready', passageCount: 1, hasVectors: true });
    expect(bench.calls).toHaveLength(before);
  });

  it('show how a document would be cut, and cut it so once that is saved', async () => {
    bench.switches.embedder = bench.working();
    const text = Array.from({ length: 12 }, (_, index) => `# Part ${index}\n\n${'It says so in the lease. '.repeat(40)}`).join('\n\n');
    const id = await bench.add('lease.md', text);
    const before = await bench.service.whenIndexed(id);
    const settings = { maxTokens: 128, overlapTokens: 0, onStructure: true };
    const preview = await bench.service.previewPassages({ documentId: id, settings });
    expect(preview.passageCount).toBeGreaterThan(before.passageCount);
    expect(Math.max(...preview.passages.map(({ tokenCount }) => tokenCount))).toBeLessThanOrEqual(128);
    for (const passage of preview.passages) expect(text.slice(passage.startOffset)).toMatch(new RegExp(`^${RegExp.escape(passage.text)}`)); // prettier-ignore
    expect(bench.service.passageSettings({ collectionId: 'default' })).toEqual(defaultPassageSettings);
    expect(bench.service.list({ collectionId: null })).toMatchObject({
      documents: [{ passageCount: before.passageCount, status: 'ready' }],
    });

    await bench.service.setPassageSettings({ collectionId: 'default', settings });
    expect(() => bench.service.setPassageSettings({ collectionId: 'default', settings })).toThrow('going on');
    expect(await bench.service.whenIndexed(id)).toMatchObject({ passageCount: preview.passageCount, tokenCount: preview.tokenCount });
    expect(bench.service.passageSettings({ collectionId: 'default' })).toEqual(settings);
  });
});
