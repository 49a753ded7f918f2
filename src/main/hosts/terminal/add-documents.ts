import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Failure } from '../../../shared/contract/chat.ts';
import type { DocumentInfo } from '../../../shared/contract/documents.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import { maxUploadChunkBytes } from '../../../shared/contract/documents.ts';
import type { RpcClient } from '../../../shared/rpc/client.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { folderFiles, type LeftOutReason } from './folder-files.ts';

type Client = RpcClient<AppContract>;

/** A file, and what it is called among the documents. */
interface FoundFile {
  readonly file: string;
  readonly name: string;
}

export interface AddedDocuments {
  readonly collectionId: string;
  /** Ready, waiting or failed. */
  readonly documents: readonly DocumentInfo[];
  /** Files that did not become documents. */
  readonly refused: readonly { readonly name: string; readonly failure: Failure }[];
  /** What was left out of the folders. */
  readonly leftOut: ReadonlyMap<LeftOutReason, number>;
}

/**
 * Adds files and whole folders the way the window does and waits until each can be searched or has failed; one that is
 * refused stops none of the others. They go into a collection of their own, named after them, so that nothing else is
 * searched; asking about the same files again finds it there.
 */
export async function addDocuments(client: Client, paths: readonly string[], signal: AbortSignal): Promise<AddedDocuments> {
  const name = paths
    .map((file) => path.basename(path.resolve(file)))
    .join(', ')
    .slice(0, 200);
  const { collections } = await client.call('documents.collections');
  const collection =
    collections.find((existing) => existing.origin === 'terminal' && existing.name === name) ??
    (await client.call('documents.addCollection', { name }));
  const leftOut = new Map<LeftOutReason, number>();
  const ids: string[] = [];
  const refused: { name: string; failure: Failure }[] = [];
  for (const found of await findFiles(paths, leftOut)) {
    try {
      ids.push(await upload(client, found, collection.id));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused.push({ name: found.name, failure: { code: error.code, ...(error.data && { data: { ...error.data } }) } });
    }
  }
  return { collectionId: collection.id, documents: await whenRead(client, collection.id, ids, signal), refused, leftOut };
}

/** The files themselves, and those inside the folders, named as the page names them. */
async function findFiles(paths: readonly string[], leftOut: Map<LeftOutReason, number>): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const given of paths) {
    const name = path.basename(path.resolve(given));
    if (!(await stat(given).catch(() => null))?.isDirectory()) {
      found.push({ file: given, name });
      continue;
    }
    const folder = await folderFiles(given);
    for (const inside of folder.paths) found.push({ file: path.join(given, inside), name: `${name}/${inside}` });
    for (const [reason, count] of folder.leftOut) leftOut.set(reason, (leftOut.get(reason) ?? 0) + count);
  }
  return found;
}

async function upload(client: Client, { file, name }: FoundFile, collectionId: string): Promise<string> {
  const handle = await openFile(file);
  try {
    const { size } = await handle.stat();
    const { uploadId } = await client.call('documents.beginUpload', { collectionId, name, sizeBytes: size });
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

/** Throws AppError NOT_FOUND, or FILE_UNSUPPORTED for what is no file: opening a pipe would wait for whoever writes to it. */
async function openFile(file: string): Promise<FileHandle> {
  try {
    if ((await stat(file)).isFile()) return await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw new AppError('NOT_FOUND', 'The file cannot be opened.', { cause: error });
  }
  throw new AppError('FILE_UNSUPPORTED', 'Not a regular file.', { data: { reason: 'not_a_file' } });
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
