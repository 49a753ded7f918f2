import { maxPreviewedPassages, type PassagePreview } from '../../../shared/contract/documents.ts';
import type { PassageSettings } from '../../../shared/contract/passage-settings.ts';
import { vectorSpaceOf } from '../providers/provider-clients.ts';
import { parsedName } from './document-name.ts';
import { presentDocument, type DocumentParts } from './document-parts.ts';
import { embeddedText } from './embedded-text.ts';
import type { FileParser } from './parsing/parse-in-child.ts';

interface PreviewRequest {
  readonly documentId: string;
  readonly settings: PassageSettings;
}

/** What is sent for a passage besides its text: the document's name and the headings, at four characters a token. */
const charsPerToken = 4;

/**
 * Cuts a document as the settings say, without storing anything or asking a model, and says what reading the whole collection
 * anew would send at most: its other documents are taken to grow or shrink as this one does. Throws AppError NOT_FOUND, or with
 * the file's FILE_ code; rejects with the signal's reason.
 */
export async function previewPassages(
  { options, documents, uploads, estimator }: DocumentParts,
  parser: FileParser,
  { documentId, settings }: PreviewRequest,
  signal: AbortSignal,
): Promise<PassagePreview> {
  const row = presentDocument({ documents }, documentId);
  const { name, content_hash: contentHash, collection_id: collectionId, token_count: tokensBefore } = row;
  const passages: PassagePreview['passages'] = [];
  let [passageCount, tokenCount, sentTokens, text] = [0, 0, 0, ''];
  for await (const piece of parser.read({ path: uploads.pathOf(contentHash), name: parsedName(row), settings })) {
    signal.throwIfAborted();
    if (passages.length < maxPreviewedPassages) text += piece.text;
    for (const { startOffset, endOffset, page, headingPath, tokenCount: tokens } of piece.passages) {
      passageCount += 1;
      tokenCount += tokens;
      sentTokens += tokens + Math.ceil(embeddedText(name, headingPath, '').length / charsPerToken);
      if (passages.length < maxPreviewedPassages) {
        passages.push({ startOffset, text: text.slice(startOffset, endOffset), page, headingPath: [...headingPath], tokenCount: tokens });
      }
    }
  }
  const siblings = documents.list(collectionId);
  const others = siblings.reduce((sum, { token_count: tokens }) => sum + (tokens ?? 0), 0) - (tokensBefore ?? 0);
  const growth = tokenCount === 0 ? 1 : sentTokens / (tokensBefore ?? tokenCount);
  const model = options.models.embeddingModel();
  const reindexTokens = sentTokens + Math.round(Math.max(0, others) * growth);
  return {
    passages,
    passageCount,
    tokenCount,
    reindex:
      model === null
        ? null
        : estimator.priced({ vectorSpace: vectorSpaceOf(model), passageCount, tokenCount: reindexTokens }, siblings.length),
  };
}
