import { stat } from 'node:fs/promises';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction } from '../db/database.ts';
import { defaultCollectionId } from './collection-store.ts';
import { cleanDocumentName, numberedName } from './document-name.ts';
import type { DocumentParts } from './document-parts.ts';
import { presentDocument } from './document-parts.ts';
import type { DocumentVersion } from './document-store.ts';
import { mediaTypeOfName } from './parsing/detect-format.ts';
import type { ReceivedFile } from './upload.ts';

export interface Received {
  readonly documentId: string;
  readonly alreadyPresent: boolean;
  /** The content whose place it took. */
  readonly replacedVersion: string | null;
}

/**
 * Makes a document of a file that has arrived, and queues it. The same bytes again give the document there is; other
 * bytes under a name that is there become a new version of that document.
 */
export function receiveFile(parts: DocumentParts, file: ReceivedFile): Received {
  const { options, documents, queue, infos } = parts;
  const collectionId = file.collectionId ?? defaultCollectionId;
  const name = cleanDocumentName(file.name);
  const version = { mediaType: file.mediaType ?? mediaTypeOfName(name), sizeBytes: file.sizeBytes, contentHash: file.contentHash };
  const received = inTransaction(options.db, (): Received => {
    const namesake = documents.withName(collectionId, name);
    if (namesake !== undefined && namesake.content_hash !== file.contentHash) {
      documents.setVersion(namesake.id, version);
      // Of a file that could not be read nothing is lost.
      const replacedVersion = namesake.status === 'failed' ? null : namesake.content_hash;
      return { documentId: namesake.id, alreadyPresent: false, replacedVersion };
    }
    const known = namesake ?? documents.withContent(collectionId, file.contentHash);
    if (known?.status === 'failed') documents.setStatus(known.id, 'queued');
    if (known !== undefined) return { documentId: known.id, alreadyPresent: true, replacedVersion: null };
    return { documentId: insertDocument(parts, { collectionId, name, version }), alreadyPresent: false, replacedVersion: null };
  });
  infos.announce(received.documentId, 'state');
  if (documents.get(received.documentId)?.status === 'queued') queue.add(received.documentId);
  return received;
}

/**
 * Makes a document of its own of a version that was replaced. Its file lies there until the next start.
 * Throws AppError NOT_FOUND when it does not any more.
 */
export async function keepBoth(parts: DocumentParts, documentId: string, contentHash: string): Promise<string> {
  const { options, documents, uploads, queue, infos } = parts;
  presentDocument(parts, documentId);
  const file = await stat(uploads.pathOf(contentHash)).catch((cause: unknown) => {
    throw new AppError('NOT_FOUND', 'That version is not kept any more.', { cause });
  });
  const id = inTransaction(options.db, () => {
    // Looked up again: much may happen while a disk answers.
    const { collection_id: collectionId, name: taken, media_type: takenType } = presentDocument(parts, documentId);
    const known = documents.withContent(collectionId, contentHash);
    if (known !== undefined) return known.id;
    const name = numberedName(taken, (candidate) => documents.withName(collectionId, candidate) !== undefined);
    // A page's address does not tell that it is one.
    const mediaType = takenType === 'text/html' ? takenType : mediaTypeOfName(name);
    return insertDocument(parts, { collectionId, name, version: { mediaType, sizeBytes: file.size, contentHash } });
  });
  infos.announce(id, 'state');
  queue.add(id);
  return id;
}

function insertDocument(
  { options, documents }: DocumentParts,
  { collectionId, name, version }: { collectionId: string; name: string; version: DocumentVersion },
): string {
  const id = options.newId();
  documents.insert({ id, collectionId, name, ...version, addedAt: options.now() });
  return id;
}
