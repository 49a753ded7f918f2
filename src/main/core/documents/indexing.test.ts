import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DocumentInfo } from '../../../shared/contract/documents.ts';
import { openDocumentBench, pricedSpace, type DocumentBench } from './testing/temporary-documents.ts';

let bench: DocumentBench;

beforeEach(async () => {
  bench = await openDocumentBench();
  bench.switches.providerKind = 'remote';
  bench.switches.embedder = bench.working();
});

afterEach(() => bench.close());

/** A text whose embedding costs 20 nano-USD a word, plus its name and an empty line. */
const words = (count: number, word = 'word'): string => `${word} `.repeat(count).trim();

async function indexed(name: string, content: string): Promise<DocumentInfo> {
  return bench.service.whenIndexed(await bench.add(name, content));
}

async function statusOf(documentId: string): Promise<string | undefined> {
  return (await bench.service.list({ collectionId: null })).documents.find(({ id }) => id === documentId)?.status;
}

describe('the price of indexing', () => {
  it('is asked about before anything is sent, and the document is found by its words meanwhile', async () => {
    const waiting = await indexed('a.txt', words(99));
    expect(waiting).toMatchObject({
      status: 'waiting',
      passageCount: 1,
      hasVectors: false,
      estimate: { passageCount: 1, tokenCount: 100, amount: { exactness: 'estimated', costNanos: 2_000 } },
    });
    expect(bench.calls).toEqual([]);
    expect(bench.db.prepare("SELECT count(*) FROM passage_fts WHERE passage_fts MATCH 'word'").pluck().get()).toBe(1);
    await indexed('b.txt', words(199));
    expect(await bench.service.indexingQuote()).toMatchObject({
      fileCount: 2,
      passageCount: 2,
      tokenCount: 300,
      total: { costNanos: 6_000 },
    });

    await bench.service.acceptIndexing({ documentIds: [waiting.id] });
    expect(await bench.service.whenIndexed(waiting.id)).toMatchObject({ status: 'ready', hasVectors: true, estimate: null });
    expect(bench.calls).toHaveLength(1);
    expect(await bench.service.indexingQuote()).toMatchObject({ fileCount: 1, tokenCount: 200 });
  });

  it('is not asked about below the limit, which holds for all that comes together', async () => {
    bench.switches.askAboveNanos = 5_000;
    expect(await indexed('a.txt', words(99))).toMatchObject({ status: 'ready', hasVectors: true });
    expect(await indexed('b.txt', words(99, 'other'))).toMatchObject({ status: 'ready', hasVectors: true });
    expect(await indexed('c.txt', words(99, 'third'))).toMatchObject({ status: 'waiting' });
    // Hours later, when the question has been answered, the limit is there again.
    await bench.service.declineIndexing({ documentIds: null });
    bench.switches.timeMs += 3_600_000;
    expect(await indexed('d.txt', words(99, 'fourth'))).toMatchObject({ status: 'ready', hasVectors: true });
  });

  it('is never asked about where it is free, and always where it is not known', async () => {
    bench.switches.askAboveNanos = 1_000_000_000;
    bench.switches.embedder = bench.working('openai/a-model-nobody-prices');
    expect(await indexed('a.txt', 'words')).toMatchObject({ status: 'waiting', estimate: { amount: { exactness: 'no_price' } } });
    bench.switches.providerKind = 'local';
    expect(await indexed('b.txt', 'other words')).toMatchObject({ status: 'ready', hasVectors: true });
  });

  it('counts a passage that has its vector as paid', async () => {
    bench.switches.askAboveNanos = 1_000_000;
    const { id } = await indexed('a.md', `# One\n\n${words(300)}\n\n# Two\n\n${words(200, 'second')}`);
    expect(bench.calls.flat()).toHaveLength(2);
    bench.switches.askAboveNanos = 0;
    await bench.add('a.md', `# One\n\n${words(300)}\n\n# Two\n\n${words(200, 'changed')}`);
    expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'waiting', passageCount: 2, estimate: { passageCount: 1 } });
  });

  it('takes no for an answer, for this model, until somebody asks again', async () => {
    const { id } = await indexed('a.txt', words(99));
    await bench.service.declineIndexing({ documentIds: null });
    expect(await bench.service.indexingQuote()).toBeNull();
    bench.service.embedMissing();
    expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'ready', hasVectors: false });
    await bench.service.retry({ documentId: id });
    expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'waiting' });
    await bench.service.declineIndexing({ documentIds: null });

    bench.switches.embedder = bench.working('openai/text-embedding-3-large');
    bench.service.embedMissing();
    expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'waiting' });
    expect(bench.calls).toEqual([]);
  });

  it('waits over a restart, and asks about the model there is then', async () => {
    const { id } = await indexed('a.txt', words(99));
    await bench.reopen();
    expect(await bench.service.indexingQuote()).toMatchObject({ fileCount: 1, total: { costNanos: 2_000 } });
    bench.switches.embedder = bench.working('openai/text-embedding-3-large');
    bench.service.embedMissing();
    expect(await bench.service.whenIndexed(id)).toMatchObject({ estimate: { amount: { costNanos: 13_000 } } });
    bench.switches.embedder = null;
    bench.service.embedMissing();
    expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'ready', estimate: null });
  });

  it('is quoted with the time that the last calls took', async () => {
    const insert = bench.db.prepare(`
      INSERT INTO usage_record (id, attempt, purpose, outcome, document_id, provider_id, provider_name, provider_kind, base_url, requested_model,
        input_tokens, token_source, exactness, started_at, duration_ms, local_day, time_zone)
      VALUES (?, 1, 'index_embedding', 'done', 'd', 'openai', 'OpenAI', 'remote', 'https://x', ?, 100, 'provider', 'no_price', 1, ?, '2026-11-23', 'UTC')`);
    insert.run('slow', 'text-embedding-3-small', 10_000);
    insert.run('of another model', 'text-embedding-3-large', 1);
    await indexed('a.txt', words(99));
    expect(await bench.service.indexingQuote()).toMatchObject({ durationMs: 10_000 });
    // Two are embedded at once.
    await indexed('b.txt', words(99, 'other'));
    expect(await bench.service.indexingQuote()).toMatchObject({ tokenCount: 200, durationMs: 10_000 });
  });
});

describe('indexing', () => {
  /** A model that answers when told to, the oldest call first. */
  function gatedEmbedder(providerKind: 'local' | 'remote' = 'local') {
    const waiting: (() => void)[] = [];
    const { embed } = bench.working();
    bench.switches.providerKind = providerKind;
    bench.switches.askAboveNanos = 1e9;
    bench.switches.embedder = {
      vectorSpace: pricedSpace,
      embed: async (texts, options) => {
        const vectors = await embed(texts, options);
        await new Promise<void>((resolve) => waiting.push(resolve));
        return vectors;
      },
    };
    return { answer: () => waiting.shift()?.() };
  }

  /** Resolves with the next call to the model. */
  async function calledTimes(count: number): Promise<void> {
    await expect.poll(() => bench.calls.length, { timeout: 60_000 }).toBe(count);
  }

  const twoBatches = Array.from({ length: 20 }, (_, index) => `# Heading ${index}\n\n${words(120, `word${index}`)}`).join('\n\n');

  it('stands still after the batch under way when paused, and goes on where it stopped', async () => {
    const model = gatedEmbedder();
    const id = await bench.add('long.md', twoBatches);
    await calledTimes(1);
    bench.service.setPaused(true);
    model.answer();
    const later = await bench.add('later.txt', 'words');
    await expect.poll(() => bench.db.prepare('SELECT count(*) FROM embedding').pluck().get()).toBe(16);
    expect([await statusOf(id), await statusOf(later)]).toEqual(['embedding', 'queued']);
    expect(bench.calls).toHaveLength(1);
    bench.service.setPaused(false);
    await calledTimes(2);
    model.answer();
    expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'ready', hasVectors: true });
    expect(bench.calls.map((texts) => texts.length)).toEqual([16, 4]);
  });

  it('is still paused after a restart, and then embeds only what was missing', async () => {
    const model = gatedEmbedder();
    const id = await bench.add('long.md', twoBatches);
    await calledTimes(1);
    bench.service.setPaused(true);
    model.answer();
    await expect.poll(() => bench.db.prepare('SELECT count(*) FROM embedding').pluck().get()).toBe(16);
    bench.switches.isPaused = true;
    bench.switches.embedder = bench.working();
    await bench.reopen();
    expect(await statusOf(id)).toBe('embedding');
    bench.service.setPaused(false);
    expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'ready', hasVectors: true });
    expect(bench.calls.map((texts) => texts.length)).toEqual([16, 4]);
  });

  it('has a provider embed four documents at once, and a server on this computer one', async () => {
    const model = gatedEmbedder('remote');
    const ids = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => bench.add(`${name}.txt`, words(3, name))));
    await calledTimes(4);
    model.answer();
    await calledTimes(5);
    for (let waiting = 4; waiting > 0; waiting -= 1) model.answer();
    for (const id of ids) expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'ready', hasVectors: true });

    const local = gatedEmbedder('local');
    const first = await bench.add('first.txt', words(3, 'first'));
    const second = await bench.add('second.txt', words(3, 'second'));
    await calledTimes(6);
    await expect.poll(() => statusOf(second)).toBe('embedding');
    expect(bench.calls).toHaveLength(6);
    local.answer();
    await calledTimes(7);
    local.answer();
    for (const id of [first, second]) expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'ready', hasVectors: true });
  });

  it('pays once for a text that two documents bring at the same time', async () => {
    const model = gatedEmbedder('remote');
    const { id: collectionId } = await bench.service.addCollection({ name: 'Copies' });
    const ids = await Promise.all([bench.add('same.txt', words(5)), bench.add('same.txt', words(5), collectionId)]);
    await calledTimes(1);
    await expect.poll(async () => Promise.all(ids.map(statusOf))).toEqual(['embedding', 'embedding']);
    model.answer();
    for (const id of ids) expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'ready', hasVectors: true });
    expect(bench.calls).toHaveLength(1);
  });

  it('ends when cancelled: what was not read is gone with a way back, the rest stays as far as it came', async () => {
    const model = gatedEmbedder();
    const id = await bench.add('long.md', twoBatches);
    await calledTimes(1);
    bench.service.setPaused(true);
    const unread = await bench.add('unread.txt', 'words');
    expect(await bench.service.cancelIndexing()).toEqual({ removedIds: [unread] });
    model.answer();
    expect(await bench.service.whenIndexed(id)).toMatchObject({ status: 'ready', hasVectors: false });
    expect(bench.calls).toHaveLength(1);
    bench.switches.embedder = bench.working();
    await bench.service.restore({ documentId: unread });
    expect(await bench.service.whenIndexed(unread)).toMatchObject({ status: 'ready', hasVectors: true });
  });
});

it('ends the reading of a file that is cancelled, at once, and reads it when it is brought back', { timeout: 60_000 }, async () => {
  // Takes many seconds to read, and nobody waits for that here.
  const slow = await bench.add('slow.html', `<table>${'<tr><td>a<td>b'.repeat(400_000)}</table>`);
  expect(await statusOf(slow)).toBe('reading');
  const next = await bench.add('next.md', 'Read before the slow one would have been.');
  await bench.service.remove({ documentId: slow });
  expect(await bench.service.whenIndexed(next)).toMatchObject({ status: 'waiting' });
  await bench.service.restore({ documentId: slow });
  expect(await bench.service.cancelIndexing()).toEqual({ removedIds: [slow] });
  await expect(bench.service.whenIndexed(slow)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
