import { create } from 'zustand';
import type { Failure } from '../../../shared/contract/chat.ts';
import { failureOf } from '../../components/error-sentence.ts';
import { uploadFile } from '../../rpc/upload-file.ts';
import { sortPicked, type PickedFile, type SkippedFile } from './picked-file.ts';

/** More at once would only make each slower: the core stores them one after the other. */
const maxUploads = 2;

/** A file on its way to the core. Once there it is a document and leaves this list. */
export interface Upload {
  readonly key: number;
  readonly picked: PickedFile;
  /** Where it goes; null: to the first collection. */
  readonly collectionId: string | null;
  readonly state: 'waiting' | 'sending' | 'failed';
  /** 0 to 1. */
  readonly share: number;
  readonly failure: Failure | null;
}

/** A document that became a new version of one there was. */
export interface ReplacedFile {
  readonly name: string;
  readonly documentId: string;
  readonly version: string;
}

interface UploadState {
  readonly uploads: readonly Upload[];
  readonly skipped: readonly SkippedFile[];
  /** Names of files that were there already, since the list was last cleared. */
  readonly alreadyPresent: readonly string[];
  /** Those that took another's place, since then. */
  readonly replaced: readonly ReplacedFile[];
}

/** Uploads outlive the page that started them: going elsewhere does not stop them. */
export const useUploads = create<UploadState>(() => ({ uploads: [], skipped: [], alreadyPresent: [], replaced: [] }));

const aborts = new Map<number, AbortController>();
let lastKey = 0;

function patch(key: number, change: Partial<Upload>): void {
  useUploads.setState(({ uploads }) => ({ uploads: uploads.map((upload) => (upload.key === key ? { ...upload, ...change } : upload)) }));
}

function drop(key: number): void {
  useUploads.setState(({ uploads }) => ({ uploads: uploads.filter((upload) => upload.key !== key) }));
}

/** Queues files for a collection. Those that make no sense to send are listed in `skipped` instead. */
export async function addFiles(files: readonly PickedFile[], collectionId: string | null): Promise<void> {
  const { accepted, skipped } = await sortPicked(files);
  const added = accepted.map((picked): Upload => ({
    key: (lastKey += 1),
    picked,
    collectionId,
    state: 'waiting',
    share: 0,
    failure: null,
  }));
  useUploads.setState((state) => ({ uploads: [...state.uploads, ...added], skipped: [...state.skipped, ...skipped] }));
  startNext();
}

/** Tries a failed upload once more. */
export function retryUpload(key: number): void {
  patch(key, { state: 'waiting', share: 0, failure: null });
  startNext();
}

/** Stops an upload, or takes a failed one off the list. */
export function dismissUpload(key: number): void {
  aborts.get(key)?.abort();
  drop(key);
}

/** Forgets what was left out, what was there already and what took another's place. */
export function clearNotices(): void {
  useUploads.setState({ skipped: [], alreadyPresent: [], replaced: [] });
}

function startNext(): void {
  const { uploads } = useUploads.getState();
  const free = maxUploads - uploads.filter(({ state }) => state === 'sending').length;
  for (const upload of uploads.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, free))) void send(upload);
}

async function send({ key, picked, collectionId }: Upload): Promise<void> {
  const controller = new AbortController();
  aborts.set(key, controller);
  patch(key, { state: 'sending' });
  try {
    const {
      documentId,
      alreadyPresent,
      replacedVersion: version,
    } = await uploadFile(picked.file, {
      collectionId,
      name: picked.path,
      onProgress: (share) => patch(key, { share }),
      signal: controller.signal,
    });
    if (alreadyPresent) useUploads.setState((state) => ({ alreadyPresent: [...state.alreadyPresent, picked.path] }));
    if (version !== null) {
      useUploads.setState(({ replaced }) => ({ replaced: [...replaced, { name: picked.path, documentId, version }] }));
    }
    drop(key);
  } catch (error) {
    if (controller.signal.aborted) drop(key);
    else patch(key, { state: 'failed', failure: failureOf(error) });
  } finally {
    aborts.delete(key);
    startNext();
  }
}
