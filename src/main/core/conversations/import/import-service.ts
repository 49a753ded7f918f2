import path from 'node:path';
import type { AppContract } from '../../../../shared/contract/index.ts';
import { maxImportBytes, type BrokenConversation, type ImportPreview } from '../../../../shared/contract/imports.ts';
import type { HandlersFor } from '../../../../shared/rpc/define.ts';
import { searchTerms } from '../../db/search-terms.ts';
import type { AppEvents } from '../../events.ts';
import { createIncomingFiles } from '../../incoming-files.ts';
import { createImportStore, type ImportStoreDeps } from './import-store.ts';
import type { ArrangedConversation } from './imported-conversation.ts';
import { createBreather, readImport } from './read-import.ts';

type Handlers = HandlersFor<AppContract>;

/** Broken conversations that are named; the others are only counted. */
const maxNamed = 50;

export interface ImportServiceDeps extends ImportStoreDeps {
  readonly dataDir: string;
  readonly events: AppEvents;
  readonly now: () => number;
}

/** Conversations in from files of Tally's own and of ChatGPT's. */
export interface ImportService {
  begin: Handlers['imports.begin'];
  append: Handlers['imports.append'];
  discard: Handlers['imports.discard'];
  preview: Handlers['imports.preview'];
  run: Handlers['imports.run'];
  undo: Handlers['imports.undo'];
  /** Where a file lies that has arrived whole. Throws AppError NOT_FOUND or UPLOAD_INCOMPLETE. */
  pathOf(fileId: string): string;
  /** At start: drops files a former run left. */
  prepare(): Promise<void>;
  close(): Promise<void>;
}

/** A page sends one file; more are left by pages that went away, and the oldest goes. */
const crowd = { maxFiles: 4, staleAfterMs: 0 };

/** Creates the service. Files lie in `dataDir/incoming` until they are discarded. */
export function createImportService(deps: ImportServiceDeps): ImportService {
  const { dataDir, events, now, newId } = deps;
  const files = createIncomingFiles<null>({ dir: path.join(dataDir, 'incoming'), maxBytes: maxImportBytes, ...crowd, newId, now });
  const store = createImportStore(deps);

  function undo(importId: string): void {
    const [anyId] = store.removeAll(importId, now());
    if (anyId !== undefined) announce(anyId);
  }

  /** One event for all: a file brings thousands, and every list is read anew for each. */
  function announce(conversationId: string): void {
    events.emit({ type: 'folders.changed' });
    events.emit({ type: 'conversation.changed', conversationId });
  }

  async function* run(fileId: string, importId: string): ReturnType<Handlers['imports.run']> {
    let addedCount = 0;
    let lastId: string | null = null;
    let isDone = false;
    try {
      for await (const step of readImport(files.pathOf(fileId), now())) {
        if (step.type === 'progress') yield step;
        if (step.type !== 'conversation' || store.isHere(step.conversation)) continue;
        lastId = store.add(step.conversation, await termsOf(step.conversation), importId);
        addedCount += 1;
      }
      isDone = true;
      if (lastId !== null) announce(lastId);
      yield { type: 'done', addedCount };
    } finally {
      if (!isDone) undo(importId);
    }
  }

  return {
    begin: async ({ sizeBytes }) => ({ fileId: await files.begin(sizeBytes, null) }),
    append: async ({ fileId, offset, base64 }) => void (await files.append(fileId, offset, Buffer.from(base64, 'base64'))),
    discard: ({ fileId }) => files.discard(fileId),
    async *preview({ fileId }) {
      const summary = createSummary(store.isHere);
      for await (const step of readImport(files.pathOf(fileId), now())) {
        if (step.type === 'progress') yield step;
        else if (step.type === 'conversation') summary.add(step.conversation);
        else summary.addBroken(step);
      }
      yield { type: 'preview', preview: summary.preview() };
    },
    run: ({ fileId, importId }) => run(fileId, importId),
    undo: ({ importId }) => undo(importId),
    pathOf: files.pathOf,
    prepare: files.prepare,
    close: files.close,
  };
}

async function termsOf({ messages }: ArrangedConversation): Promise<string[]> {
  const breathe = createBreather();
  const terms: string[] = [];
  for (const { text } of messages) {
    terms.push(searchTerms(text));
    await breathe();
  }
  return terms;
}

function createSummary(isHere: (conversation: ArrangedConversation) => boolean) {
  const broken: BrokenConversation[] = [];
  const seen = new Set<string>();
  const counts = { newCount: 0, presentCount: 0, missingImageCount: 0, brokenCount: 0 };
  let source: ImportPreview['source'] = 'chatgpt';
  let [from, to]: [number | null, number | null] = [null, null];
  return {
    add(conversation: ArrangedConversation): void {
      const { contentHash, createdAt, updatedAt, messages } = conversation;
      source = conversation.source;
      if (seen.has(contentHash) || isHere(conversation)) counts.presentCount += 1;
      else counts.newCount += 1;
      seen.add(contentHash);
      counts.missingImageCount += messages.reduce((sum, { missingImages }) => sum + missingImages.length, 0);
      from = Math.min(from ?? createdAt, createdAt);
      to = Math.max(to ?? updatedAt, updatedAt);
    },
    addBroken({ problem, title }: Omit<BrokenConversation, 'ordinal'>): void {
      counts.brokenCount += 1;
      const ordinal = counts.newCount + counts.presentCount + counts.brokenCount;
      if (broken.length < maxNamed) broken.push({ ordinal, title, problem });
    },
    preview: (): ImportPreview => ({ source, from, to, ...counts, broken }),
  };
}
