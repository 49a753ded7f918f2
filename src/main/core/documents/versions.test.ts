import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../tests/seeded-random.ts';
import type { Received } from './receive-file.ts';
import { openDocumentBench, type DocumentBench } from './testing/temporary-documents.ts';

let bench: DocumentBench;

beforeEach(async () => {
  bench = await openDocumentBench();
  bench.switches.embedder = bench.working();
});

afterEach(() => bench.close());

/** Sentences, each of its own words, in paragraphs of about eighty words. */
function essay(paragraphCount: number): string[] {
  const random = seededRandom(7);
  const sentence = (): string =>
    `${Array.from({ length: 8 + Math.floor(random() * 12) }, () => `w${Math.floor(random() * 9_999)}`).join(' ')}.`;
  return Array.from({ length: paragraphCount }, () => Array.from({ length: 4 + Math.floor(random() * 4) }, sentence).join(' '));
}

async function upload(name: string, text: string): Promise<Received> {
  const bytes = Buffer.from(text);
  const { uploadId } = await bench.service.beginUpload({ collectionId: null, name, sizeBytes: bytes.length });
  await bench.service.uploadChunk({ uploadId, offset: 0, base64: bytes.toString('base64') });
  return bench.service.finishUpload({ uploadId });
}

async function indexAgain(name: string, text: string): Promise<string[][]> {
  bench.calls.length = 0;
  const id = await bench.add(name, text);
  await bench.service.whenIndexed(id);
  return [...bench.calls];
}

describe('adding a file again', () => {
  it('takes the place of the version before, and embeds in one call only what has changed', async () => {
    const paragraphs = essay(120);
    const text = `# An essay\n\n${paragraphs.join('\n\n')}`;
    const id = await bench.add('essay.md', text);
    const { passageCount } = await bench.service.whenIndexed(id);
    expect(passageCount).toBeGreaterThan(20);
    expect(await indexAgain('essay.md', text)).toEqual([]);

    const edited = paragraphs.with(60, `${paragraphs[60]} And one sentence of a dozen words more than there was before it.`);
    const calls = await indexAgain('essay.md', `# An essay\n\n${edited.join('\n\n')}`);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.some((sent) => sent.includes('And one sentence'))).toBe(true);
    expect(calls[0]?.length).toBeLessThanOrEqual(3);
    expect((await bench.service.list({ collectionId: null })).documents).toMatchObject([{ id, name: 'essay.md', status: 'ready' }]);
  });

  it('offers the version before as a document of its own, until the next start', async () => {
    const first = await upload('notes.md', 'the first version');
    const second = await upload('notes.md', 'another file by that name');
    expect(second).toMatchObject({ documentId: first.documentId, alreadyPresent: false, replacedVersion: expect.any(String) });
    const version = second.replacedVersion ?? '';
    const both = await bench.service.keepBoth({ documentId: first.documentId, version });
    expect(await bench.service.whenIndexed(both.documentId)).toMatchObject({ name: 'notes (2).md', status: 'ready' });
    const { text } = await bench.service.read({ documentId: both.documentId, startOffset: 0, lengthChars: 100 });
    expect(text).toBe('the first version');
    expect(await bench.service.keepBoth({ documentId: first.documentId, version })).toEqual(both);

    const third = await upload('notes.md', 'a third version');
    await bench.service.whenIndexed(third.documentId);
    await bench.reopen();
    const gone = { documentId: first.documentId, version: third.replacedVersion ?? '' };
    await expect(bench.service.keepBoth(gone)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('while the version before is being read or embedded keeps nothing of it', async () => {
    const { promise: sent, resolve: send } = Promise.withResolvers<void>();
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    const { embed, vectorSpace } = bench.working();
    bench.switches.embedder = {
      vectorSpace,
      async embed(texts, options) {
        send();
        await answered;
        return embed(texts, options);
      },
    };
    const { documentId } = await upload('notes.md', 'the first version');
    await sent;
    await upload('notes.md', 'the second version');
    await upload('notes.md', 'the third version');
    answer();
    expect(await bench.service.whenIndexed(documentId)).toMatchObject({ status: 'ready', passageCount: 1, hasVectors: true });
    const { text } = await bench.service.read({ documentId, startOffset: 0, lengthChars: 100 });
    expect(text).toBe('the third version');
    expect(bench.calls.at(-1)).toEqual(['notes.md\n\nthe third version']);
  });
});
