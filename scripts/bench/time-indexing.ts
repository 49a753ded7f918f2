import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { AppContract } from '../../src/shared/contract/index.ts';
import { maxUploadChunkBytes, type DocumentInfo } from '../../src/shared/contract/documents.ts';
import type { RpcClient } from '../../src/shared/rpc/client.ts';
import { addDocument } from '../../tests/core/add-document.ts';
import { startTestCore, type TestCore } from '../../tests/core/start-test-core.ts';
import type { BenchFile } from './indexing-files.ts';
import { watchLoop, type LoopStalls } from './loop-stalls.ts';

/** What indexing files came to. Times in milliseconds since the first was sent. */
export interface IndexingTiming {
  readonly takenOverMs: number;
  readonly readMs: number;
  readonly embeddedMs: number;
  readonly passageCount: number;
  readonly tokenCount: number;
  readonly failedCount: number;
  readonly stalls: LoopStalls;
  /** Of the first file there is: libraries and the tokenizer are loaded then, once. */
  readonly firstStalls: LoopStalls;
}

/** As many files as the page sends at once. */
const uploadsAtOnce = 3;

async function upload(client: RpcClient<AppContract>, file: BenchFile): Promise<string> {
  const source = await open(file.path, 'r');
  try {
    const { size } = await source.stat();
    const { uploadId } = await client.call('documents.beginUpload', { name: file.name, sizeBytes: size });
    const chunk = Buffer.alloc(Math.min(size, maxUploadChunkBytes));
    for (let offset = 0; offset < size;) {
      const { bytesRead } = await source.read(chunk, 0, chunk.length, offset);
      await client.call('documents.uploadChunk', { uploadId, offset, base64: chunk.toString('base64', 0, bytesRead) });
      offset += bytesRead;
    }
    return (await client.call('documents.finishUpload', { uploadId })).documentId;
  } finally {
    await source.close();
  }
}

/** Follows documents until `count` of them are at rest; when each was first seen past a state. */
function followDocuments(client: RpcClient<AppContract>, count: number, now: () => number) {
  const latest = new Map<string, DocumentInfo>();
  let readMs = 0;
  const done = (async () => {
    for await (const event of client.stream('events.watch', undefined)) {
      if (event.type !== 'document.changed') continue;
      const { document } = event;
      const before = latest.get(document.id)?.status;
      latest.set(document.id, document);
      if (document.status === before) continue;
      if (document.status === 'waiting') await client.call('documents.acceptIndexing', { documentIds: [document.id] });
      if (before === undefined || before === 'queued' || before === 'reading') readMs = now();
      if (latest.size === count && [...latest.values()].every(({ status }) => status === 'ready' || status === 'failed')) return;
    }
  })();
  return { done, latest, readMs: () => readMs };
}

async function indexFirst(core: TestCore): Promise<LoopStalls> {
  const loop = watchLoop();
  await addDocument(core.client, 'first.md', Buffer.from('# First\n\nLoads what indexing needs.'));
  return loop.stop();
}

async function timeIndexing(files: readonly BenchFile[], baseUrl: string): Promise<IndexingTiming> {
  const core = await startTestCore({ ports: { host: 'loopback' } });
  const { providerId } = await core.addModel(baseUrl);
  await core.client.call('providers.update', {
    providerId,
    name: 'Bench',
    baseUrl,
    embeddingModelId: 'text-embedding-3-small',
    smallModelId: null,
  });
  await core.client.call('settings.update', { indexWithoutAskingBelowNanos: 1e12 });
  const firstStalls = await indexFirst(core);
  const startedAt = performance.now();
  const now = (): number => performance.now() - startedAt;
  const followed = followDocuments(core.client, files.length, now);
  const loop = watchLoop();
  const waiting = [...files];
  const senders = Array.from({ length: uploadsAtOnce }, async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) await upload(core.client, file);
  });
  await Promise.all(senders);
  const takenOverMs = now();
  await followed.done;
  const embeddedMs = now();
  const stalls = loop.stop();
  const { documents } = await core.client.call('documents.list', {});
  await core.close();
  return {
    takenOverMs,
    readMs: followed.readMs(),
    embeddedMs,
    passageCount: documents.reduce((sum, { passageCount }) => sum + passageCount, 0),
    tokenCount: documents.reduce((sum, { tokenCount }) => sum + (tokenCount ?? 0), 0),
    failedCount: documents.filter(({ status, hasVectors }) => status === 'failed' || !hasVectors).length,
    stalls,
    firstStalls,
  };
}

const [listFile = '', baseUrl = ''] = process.argv.slice(2);
// Written by the benchmark that starts this program.
const files = JSON.parse(readFileSync(listFile, 'utf8')) as BenchFile[];
console.log(JSON.stringify(await timeIndexing(files, baseUrl)));
