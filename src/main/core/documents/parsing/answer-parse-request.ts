import { AppError } from '../../../../shared/rpc/errors.ts';
import { encodingNamed } from '../../spend/tokens/encoding.ts';
import { encodingOfModel } from '../../spend/tokens/encoding-of-model.ts';
import { cutPieces } from './cut-pieces.ts';
import { loadDocument } from './load-document.ts';
import { parserRequest, type ParserReply } from './parser-messages.ts';
import type { ParsedPiece } from './parsed-piece.ts';

/** Whose tokenizer sizes passages, before it is known which model will read them. */
const tokenizerModel = 'gpt-4o';

export type ParseRequestAnswerer = (message: unknown) => Promise<ParserReply | null>;

/**
 * Inside the parser process: opens the file a message asks for, or hands out its next piece. What it makes never throws; null
 * when the message is not a request, or not one that can be met now.
 */
export function createParseRequestAnswerer(): ParseRequestAnswerer {
  let pieces: Iterator<ParsedPiece> | null = null;

  return async (message) => {
    const request = parserRequest.safeParse(message);
    if (!request.success) return null;
    const { id } = request.data;
    try {
      if (request.data.kind === 'open') {
        const { path, name, settings } = request.data;
        const countTokens = (text: string): number => encodingNamed(encodingOfModel(tokenizerModel)).count(text);
        pieces = cutPieces(await loadDocument(path, name), { settings, countTokens });
      }
      const next = pieces?.next();
      return next === undefined || next.done === true ? null : { id, ok: true, piece: next.value };
    } catch (error) {
      pieces = null;
      if (!(error instanceof AppError)) return { id, ok: false, failure: { code: 'FILE_DAMAGED' } };
      return { id, ok: false, failure: error.data === undefined ? { code: error.code } : { code: error.code, data: error.data } };
    }
  };
}
