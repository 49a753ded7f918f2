import type { AppEvents } from '../events.ts';
import type { KnownModels } from '../providers/model-facts.ts';
import type { DocumentService } from './document-service.ts';

/** Has documents embedded anew (their price is asked about) when there is another embedding model, or one at last. */
export function followEmbeddingModel(
  events: AppEvents,
  models: Pick<KnownModels, 'embeddingModel'>,
  documents: Pick<DocumentService, 'embedMissing'>,
): void {
  const current = (): string => JSON.stringify(models.embeddingModel());
  let last = current();
  events.subscribe(({ type }) => {
    if (type !== 'providers.changed' || current() === last) return;
    last = current();
    documents.embedMissing();
  });
}
