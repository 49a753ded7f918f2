import type { AppContract } from '../../src/shared/contract/index.ts';
import type { RpcClient } from '../../src/shared/rpc/client.ts';

/** Adds a file as a page does and resolves with its id when it can be searched. Rejects when it cannot be read. */
export async function addDocument(
  client: RpcClient<AppContract>,
  name: string,
  bytes: Uint8Array,
  collectionId: string | null = null,
): Promise<string> {
  const { uploadId } = await client.call('documents.beginUpload', { name, sizeBytes: bytes.length, collectionId });
  await client.call('documents.uploadChunk', { uploadId, offset: 0, base64: Buffer.from(bytes).toString('base64') });
  const { documentId } = await client.call('documents.finishUpload', { uploadId });
  const leaving = new AbortController();
  const events = client.stream('events.watch', undefined, { signal: leaving.signal })[Symbol.asyncIterator]();
  let next = events.next();
  for (;;) {
    const { documents } = await client.call('documents.list', {});
    const status = documents.find((document) => document.id === documentId)?.status;
    if (status === 'ready') break;
    if (status === 'failed') throw new Error(`${name} could not be read.`);
    await next;
    next = events.next();
  }
  next.catch(() => undefined);
  leaving.abort();
  return documentId;
}
