import { beforeAll, beforeEach, expect, it } from 'vitest';
import { memoryPair } from '../../../shared/rpc/memory-transport.ts';
import type { ClientFrame, ServerFrame, Transport } from '../../../shared/rpc/protocol.ts';
import { keepConnected } from '../../rpc/connection.ts';
import { addFiles, clearNotices, dismissUpload, retryUpload, useUploads, type Upload } from './upload-store.ts';

/** The core's side of an upload, which answers only when the test says so. */
function uploadServer(transport: Transport) {
  const waiting: { readonly id: number; readonly route: string }[] = [];
  const seen: string[] = [];
  let changed = Promise.withResolvers<void>();
  transport.onFrame((frame) => {
    // Only our own client is on the other end.
    const request = frame as ClientFrame;
    if (request.type !== 'req') return;
    seen.push(request.route);
    waiting.push({ id: request.id, route: request.route });
    changed.resolve();
    changed = Promise.withResolvers();
  });
  async function next(route: string): Promise<number> {
    for (;;) {
      const at = waiting.findIndex((request) => request.route === route);
      const [request] = at === -1 ? [] : waiting.splice(at, 1);
      if (request !== undefined) return request.id;
      await changed.promise;
    }
  }
  const answer = async (route: string, data: unknown) => {
    const frame: ServerFrame = { type: 'ok', id: await next(route), data };
    transport.send(frame);
  };
  return {
    seen,
    answer,
    refuse: async (route: string, code: string) => transport.send({ type: 'err', id: await next(route), error: { code, message: code } }),
    async takeWhole(alreadyPresent = false) {
      await answer('documents.beginUpload', { uploadId: 'u' });
      await answer('documents.uploadChunk', { receivedBytes: 1 });
      await answer('documents.finishUpload', { documentId: 'd', alreadyPresent, replacedVersion: null });
    },
  };
}

let server: ReturnType<typeof uploadServer>;

beforeAll(() => {
  const { page, core } = memoryPair();
  server = uploadServer(core);
  void keepConnected(() => Promise.resolve(page));
});

beforeEach(() => {
  useUploads.setState({ uploads: [] });
  clearNotices();
});

const fileOf = (name: string) => ({ file: new File(['text'], name), path: name });

/** Resolves once the uploads are as `predicate` wants them. */
function untilUploads(predicate: (uploads: readonly Upload[]) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!predicate(useUploads.getState().uploads)) return;
      stop();
      resolve();
    };
    const stop = useUploads.subscribe(check);
    check();
  });
}

it('sends two files at a time and starts the next when one is through', async () => {
  await addFiles(['a', 'b', 'c'].map(fileOf), null);
  expect(useUploads.getState().uploads.map(({ state }) => state)).toEqual(['sending', 'sending', 'waiting']);
  await server.takeWhole();
  await untilUploads((uploads) => uploads.length === 2 && uploads.every(({ state }) => state === 'sending'));
  await server.takeWhole();
  await server.takeWhole(true);
  await untilUploads((uploads) => uploads.length === 0);
  expect(useUploads.getState().alreadyPresent).toHaveLength(1);
});

it('keeps a refused file with its reason, goes on with the rest, and can try it again', async () => {
  await addFiles(['empty', 'good'].map(fileOf), null);
  await server.refuse('documents.beginUpload', 'FILE_EMPTY');
  await server.takeWhole();
  await untilUploads((uploads) => uploads.length === 1 && uploads[0]?.state === 'failed');
  const [failed] = useUploads.getState().uploads;
  expect(failed?.failure).toEqual({ code: 'FILE_EMPTY' });
  retryUpload(failed?.key ?? 0);
  await server.takeWhole();
  await untilUploads((uploads) => uploads.length === 0);
});

it('tells the core when an upload is stopped, and frees its place', async () => {
  await addFiles(['a', 'b', 'c'].map(fileOf), null);
  const [first] = useUploads.getState().uploads;
  await server.answer('documents.beginUpload', { uploadId: 'stopped' });
  dismissUpload(first?.key ?? 0);
  await server.answer('documents.cancelUpload', null);
  await untilUploads((uploads) => uploads.length === 2 && uploads.every(({ state }) => state === 'sending'));
  expect(server.seen).toContain('documents.cancelUpload');
  await server.takeWhole();
  await server.takeWhole();
  await untilUploads((uploads) => uploads.length === 0);
});
