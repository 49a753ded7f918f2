import { conversationFileHead } from '../../../../shared/contract/conversation-file.ts';
import type { ImportProblem } from '../../../../shared/contract/imports.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { arrangeConversation } from './arrange-conversation.ts';
import { importPieces } from './import-pieces.ts';
import { UnreadableConversation, type ArrangedConversation } from './imported-conversation.ts';
import { readChatGpt } from './read-chatgpt.ts';
import { readTally } from './read-tally.ts';
import { createArraySplitter, type ArrayElement } from './split-json-array.ts';

/** More than any conversation there is; of one this long nothing is read. */
const limits = { maxElementBytes: 48 * 1024 * 1024, maxDepth: 200 };
/** How long reading goes on before others get their turn. */
const maxBusyMs = 8;

/** What was read of a file: one of its conversations, or why that is left out, or how far it has come. */
export type ImportStep =
  | { readonly type: 'conversation'; readonly conversation: ArrangedConversation }
  | { readonly type: 'broken'; readonly problem: ImportProblem; readonly title: string | null }
  | { readonly type: 'progress'; readonly share: number };

/** Lets others have their turn where this has gone on for long. */
export function createBreather(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < maxBusyMs) return;
    await new Promise(setImmediate);
    since = performance.now();
  };
}

/**
 * Reads a file of Tally's or ChatGPT's, conversation by conversation, in slices that leave others their turn. A broken conversation
 * never ends it. `now` in epoch milliseconds. Throws AppError IMPORT_FILE_INVALID where it is no such file or ends early, at its end
 * too: whoever writes reads it once before. Also what `importPieces` throws.
 */
export async function* readImport(filePath: string, now: number): AsyncGenerator<ImportStep> {
  const breathe = createBreather();
  let splitter: ReturnType<typeof createArraySplitter> | null = null;
  let formats = new Set<string>();
  for await (const { bytes, share, isFirst } of importPieces(filePath)) {
    if (isFirst) {
      if (splitter !== null) assertWhole(splitter.end(), formats);
      splitter = createArraySplitter(limits);
      formats = new Set();
    }
    for (const element of splitter?.push(bytes) ?? []) {
      const step = readElement(element, now);
      if (step.type === 'conversation') formats.add(step.conversation.source);
      yield step;
      await breathe();
    }
    yield { type: 'progress', share };
    await breathe();
  }
  assertWhole(splitter?.end() ?? null, formats);
}

function readElement(element: ArrayElement, now: number): ImportStep {
  if ('problem' in element) return { type: 'broken', problem: element.problem, title: null };
  try {
    const value = parseElement(element.text);
    const isChatGpt = typeof value === 'object' && value !== null && 'mapping' in value;
    return { type: 'conversation', conversation: arrangeConversation(isChatGpt ? readChatGpt(value) : readTally(value), now) };
  } catch (error) {
    if (!(error instanceof UnreadableConversation)) throw error;
    return { type: 'broken', problem: error.problem, title: error.title };
  }
}

function parseElement(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableConversation('not_json');
  }
}

/** What stands around the conversations: nothing for ChatGPT's, our own head for ours. */
function assertWhole(head: string | null, formats: ReadonlySet<string>): void {
  if (head !== null && isKnownHead(head, formats)) return;
  throw new AppError('IMPORT_FILE_INVALID', 'Not a file of conversations, or a damaged one.');
}

function isKnownHead(head: string, formats: ReadonlySet<string>): boolean {
  try {
    const value: unknown = JSON.parse(head);
    if (Array.isArray(value)) return !formats.has('tally');
    return conversationFileHead.safeParse(value).success && !formats.has('chatgpt');
  } catch {
    return false;
  }
}
