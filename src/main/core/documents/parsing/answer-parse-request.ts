import { AppError } from '../../../../shared/rpc/errors.ts';
import { loadDocument } from './load-document.ts';
import { parserRequest, type ParserReply } from './parser-messages.ts';

/** Inside the parser process: reads the file a message asks for. Never throws; null when the message is not a request. */
export async function answerParseRequest(message: unknown): Promise<ParserReply | null> {
  const request = parserRequest.safeParse(message);
  if (!request.success) return null;
  const { id, path, name } = request.data;
  try {
    return { id, ok: true, file: await loadDocument(path, name) };
  } catch (error) {
    if (!(error instanceof AppError)) return { id, ok: false, failure: { code: 'FILE_DAMAGED' } };
    return { id, ok: false, failure: error.data === undefined ? { code: error.code } : { code: error.code, data: error.data } };
  }
}
