import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Failure } from '../../src/shared/contract/chat.ts';
import type { DocumentInfo } from '../../src/shared/contract/documents.ts';
import { AppError } from '../../src/shared/rpc/errors.ts';
import type { TestCore } from '../core/start-test-core.ts';

/** How a file fared, and how often the core answered another call while it was being read and cut. */
export interface Loaded {
  readonly failure: Failure | null;
  /** null when it did not become a document. */
  readonly document: DocumentInfo | null;
  readonly answeredMeanwhile: number;
}

/** Sends a file as the page does and follows it to its end; calls until the core has answered `enoughAnswers` times. */
export async function loadFile({ client }: TestCore, name: string, bytes: Uint8Array, enoughAnswers: number): Promise<Loaded> {
  const leaving = new AbortController();
  const events = client.stream('events.watch', undefined, { signal: leaving.signal })[Symbol.asyncIterator]();
  let next = events.next();
  const finished = new AbortController();
  const done = finished.signal;
  let answeredMeanwhile = 0;
  /** Calls one after the other, each in a turn of its own, so that work of the core's that waits gets its turn too. */
  async function keepCalling(): Promise<void> {
    while (!done.aborted && answeredMeanwhile < enoughAnswers) {
      await client.call('settings.get');
      await nextTurn();
      if (!done.aborted) answeredMeanwhile += 1;
    }
  }

  try {
    const documentId = await send(client, name, bytes);
    const calling = keepCalling();
    for (;;) {
      const { documents } = await client.call('documents.list', {});
      const document = documents.find(({ id }) => id === documentId);
      if (document?.status === 'ready' || document?.status === 'failed') {
        finished.abort();
        await calling;
        return { failure: document.failure, document, answeredMeanwhile };
      }
      await next;
      next = events.next();
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      failure: { code: error.code, ...(error.data && { data: { ...error.data } }) },
      document: null,
      answeredMeanwhile: enoughAnswers,
    };
  } finally {
    next.catch(() => undefined);
    leaving.abort();
  }
}

async function send(client: TestCore['client'], name: string, bytes: Uint8Array): Promise<string> {
  const chunkBytes = 384 * 1024;
  const { uploadId } = await client.call('documents.beginUpload', { name, sizeBytes: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += chunkBytes) {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset + offset, Math.min(chunkBytes, bytes.length - offset));
    await client.call('documents.uploadChunk', { uploadId, offset, base64: chunk.toString('base64') });
  }
  return (await client.call('documents.finishUpload', { uploadId })).documentId;
}
