import { open } from 'node:fs/promises';
import path from 'node:path';
import type { DocumentInfo } from '../../../shared/contract/documents.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import { maxUploadChunkBytes } from '../../../shared/contract/documents.ts';
import type { RpcClient } from '../../../shared/rpc/client.ts';

type Client = RpcClient<AppContract>;

/**
 * Adds files the way the window does and waits until each can be searched or has failed. They go into a collection of
 * their own, named after them, so that nothing else is searched; asking about the same files again finds it there.
 */
export async function addDocuments(
  client: Client,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<{ collectionId: string; documents: DocumentInfo[] }> {
  const name = paths
    .map((file) => path.basename(file))
    .join(', ')
    .slice(0, 200);
  const { collections } = await client.call('documents.collections');
  const collection =
    collections.find((existing) => existing.origin === 'terminal' && existing.name === name) ??
    (await client.call('documents.addCollection', { name }));
  const ids: string[] = [];
  for (const file of paths) ids.push(await upload(client, file, collection.id));
  return { collectionId: collection.id, documents: await whenRead(client, collection.id, ids, signal) };
}

async function upload(client: Client, file: string, collectionId: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const { uploadId } = await client.call('documents.beginUpload', { collectionId, name: path.basename(file), sizeBytes: size });
    const buffer = Buffer.alloc(maxUploadChunkBytes);
    for (let offset = 0; offset < size;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
      if (bytesRead === 0) break;
      await client.call('documents.uploadChunk', { uploadId, offset, base64: buffer.toString('base64', 0, bytesRead) });
      offset += bytesRead;
    }
    return (await client.call('documents.finishUpload', { uploadId })).documentId;
  } finally {
    await handle.close();
  }
}

async function whenRead(client: Client, collectionId: string, ids: readonly string[], signal: AbortSignal): Promise<DocumentInfo[]> {
  // Subscribed before the first look, so that no change falls between the two.
  const events = client.stream('events.watch', undefined, { signal })[Symbol.asyncIterator]();
  const next = events.next();
  let documents = await pick(client, collectionId, ids);
  let event = next;
  while (!documents.every(isSettled)) {
    const { done } = await event;
    if (done === true) break;
    documents = await pick(client, collectionId, ids);
    event = events.next();
  }
  void event.catch(() => undefined);
  void events.return?.();
  return documents;
}

async function pick(client: Client, collectionId: string, ids: readonly string[]): Promise<DocumentInfo[]> {
  const { documents } = await client.call('documents.list', { collectionId });
  return documents.filter((document) => ids.includes(document.id));
}

function isSettled(document: DocumentInfo): boolean {
  return document.status === 'ready' || document.status === 'waiting' || document.status === 'failed';
}
