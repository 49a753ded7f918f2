import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction } from '../db/database.ts';
import { defaultCollectionId } from './collection-store.ts';
import type { DocumentRow } from './document-store.ts';
import { presentCollection, presentDocument, type DocumentParts, type DocumentRoutes } from './document-parts.ts';

type CollectionRoutes = Pick<
  DocumentRoutes,
  | 'collections'
  | 'addCollection'
  | 'renameCollection'
  | 'removeCollection'
  | 'restoreCollection'
  | 'reindexCollection'
  | 'passageSettings'
  | 'setPassageSettings'
  | 'move'
>;

/** What can be done with collections. */
export function collectionRoutes(parts: DocumentParts): CollectionRoutes {
  const { options, collections, documents, queue } = parts;
  const changed = (): void => options.events.emit({ type: 'collections.changed' });
  return {
    collections: () => ({ collections: collections.all() }),
    addCollection({ name }) {
      const id = options.newId();
      const { origin } = options;
      collections.insert({ id, name, origin, createdAt: options.now() });
      changed();
      return { id, name, origin, documentCount: 0, passageCount: 0 };
    },
    renameCollection({ collectionId, name }) {
      presentCollection(parts, collectionId);
      collections.rename(collectionId, name);
      changed();
    },
    removeCollection({ collectionId }) {
      presentCollection(parts, collectionId);
      if (collectionId === defaultCollectionId) throw new AppError('INVALID_INPUT', 'The first collection stays.');
      inTransaction(options.db, () => collections.remove(collectionId, options.now()));
      changed();
    },
    restoreCollection({ collectionId }) {
      if (!inTransaction(options.db, () => collections.restore(collectionId))) throw new AppError('NOT_FOUND', 'No such collection.');
      changed();
      for (const { id, status } of documents.list(collectionId)) {
        if (status !== 'ready' && status !== 'failed' && status !== 'waiting') queue.add(id);
      }
    },
    reindexCollection({ collectionId }) {
      presentCollection(parts, collectionId);
      readAgain(parts, () => documents.list(collectionId));
      changed();
    },
    passageSettings({ collectionId }) {
      presentCollection(parts, collectionId);
      return collections.settingsOf(collectionId);
    },
    setPassageSettings({ collectionId, settings }) {
      presentCollection(parts, collectionId);
      readAgain(parts, () => {
        // What is being indexed would end up cut in one way or the other.
        if (!documents.list(collectionId).every(({ status }) => isAtRest(status))) throw new AppError('CONFLICT', 'Indexing is going on.');
        collections.setSettings(collectionId, settings);
        return documents.list(collectionId);
      });
      changed();
    },
    move: ({ documentIds, collectionId }) => ({ skippedIds: moveDocuments(parts, documentIds, collectionId) }),
  };
}

/** Queues documents to be read again; `which` runs in the same transaction. */
function readAgain({ options, documents, queue }: DocumentParts, which: () => readonly DocumentRow[]): void {
  const ids = inTransaction(options.db, () => {
    const rows = which().filter(({ status }) => isAtRest(status));
    for (const { id } of rows) documents.setStatus(id, 'queued');
    return rows.map(({ id }) => id);
  });
  for (const id of ids.toReversed()) queue.add(id);
}

function isAtRest(status: string): boolean {
  return status === 'ready' || status === 'failed' || status === 'waiting';
}

/** Returns those that cannot go there, because the same file or one of the same name is there already. */
function moveDocuments(parts: DocumentParts, documentIds: readonly string[], collectionId: string): string[] {
  const { options, documents } = parts;
  presentCollection(parts, collectionId);
  const skippedIds = inTransaction(options.db, () =>
    documentIds.filter((id) => {
      const { name, content_hash: contentHash, collection_id: from } = presentDocument(parts, id);
      if (from === collectionId) return false;
      const isTaken = (documents.withName(collectionId, name) ?? documents.withContent(collectionId, contentHash)) !== undefined;
      if (!isTaken) documents.setCollection(id, collectionId);
      return isTaken;
    }),
  );
  options.events.emit({ type: 'collections.changed' });
  return skippedIds;
}
