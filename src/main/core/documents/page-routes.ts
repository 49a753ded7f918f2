import type { DocumentParts, DocumentRoutes } from './document-parts.ts';
import { presentCollection } from './document-parts.ts';
import { fetchPage } from './fetch-page.ts';
import { receiveFile } from './receive-file.ts';

/** Adding a web page by its address; `stop` ends a fetch under way. */
export function pageRoutes(parts: DocumentParts, stop: AbortSignal): Pick<DocumentRoutes, 'addPage'> {
  const { options, uploads } = parts;
  return {
    async addPage({ address, collectionId, allowPrivate }) {
      if (collectionId !== null) presentCollection(parts, collectionId);
      const { name, mediaType, bytes } = await fetchPage(address, { fetchFor: options.fetchForPage, allowPrivate, signal: stop });
      return receiveFile(parts, { ...(await uploads.addBytes(name, collectionId, bytes)), mediaType });
    },
  };
}
