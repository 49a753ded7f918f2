import type { Message } from '../../../shared/contract/chat.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { RpcClient } from '../../../shared/rpc/client.ts';
import { addDocuments, type AddedDocuments } from './add-documents.ts';
import { chooseModel } from './choose-model.ts';
import type { AskArguments } from './parse-arguments.ts';
import type { LeftOutReason } from './folder-files.ts';
import { receiptLines, sourceLines } from './print-receipt.ts';
import { sentenceOf } from './sentence.ts';

/** Where the command writes: answers to `out`, remarks to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
}

/** Asks one question through the same routes the window uses. Returns the exit code: 0 when there is an answer. */
export async function runAsk(
  client: RpcClient<AppContract>,
  args: AskArguments,
  terminal: Terminal,
  newId: () => string,
  signal: AbortSignal,
): Promise<number> {
  const { model, remark } = await chooseModel(client, args);
  if (remark !== null) terminal.err(`${remark}\n`);
  const collectionIds: string[] = [];
  if (args.documentPaths.length > 0) {
    const added = await addDocuments(client, args.documentPaths, signal);
    reportAdded(added, terminal);
    if (added.documents.length === 0) return 1;
    collectionIds.push(added.collectionId);
  }
  const { runId } = await client.call('chat.send', {
    messageId: newId(),
    conversationId: null,
    parentId: null,
    text: args.question,
    model,
    collectionIds,
  });
  signal.addEventListener('abort', () => void client.call('chat.stop', { runId }).catch(() => undefined), { once: true });
  const message = await follow(client, runId, args.json, terminal);
  if (args.json) printJson(message, terminal);
  else printText(message, terminal);
  return message.status === 'done' ? 0 : 1;
}

/** What was left out and why, in the order in which it is told. */
const leftOutWords: Readonly<Record<LeftOutReason, string>> = {
  ignored: 'ignored by .gitignore',
  hidden: 'hidden or of the system',
  dependency: 'dependencies',
  media: 'pictures, sound, video or fonts',
  special: 'links, pipes or devices',
  unreadable: 'not readable',
};

function reportAdded({ documents, refused, leftOut }: AddedDocuments, terminal: Terminal): void {
  const failed = documents.flatMap(({ name, failure }) => (failure === null ? [] : [{ name, failure }]));
  for (const { name, failure } of [...refused, ...failed]) terminal.err(`${name}: ${sentenceOf(failure)}\n`);
  // The record above has every reason as a key, and no other.
  const reasons = Object.keys(leftOutWords) as LeftOutReason[];
  const counts = reasons.flatMap((reason) => (leftOut.has(reason) ? [`${leftOutWords[reason]}: ${leftOut.get(reason)}`] : []));
  if (counts.length > 0) terminal.err(`Left out of the folder: ${counts.join(', ')}.\n`);
}

async function follow(client: RpcClient<AppContract>, runId: string, json: boolean, terminal: Terminal): Promise<Message> {
  for await (const update of client.stream('chat.watch', { runId })) {
    if (update.type === 'end') return update.message;
    const delta = update.type === 'text' ? update.delta : update.type === 'snapshot' ? update.message.text : '';
    if (delta === '') continue;
    terminal.out(json ? `${JSON.stringify({ type: 'delta', text: delta })}\n` : delta);
  }
  throw new Error('The run ended without a result.');
}

function printText(message: Message, terminal: Terminal): void {
  if (message.text !== '') terminal.out('\n');
  if (message.failure !== null) terminal.err(`${sentenceOf(message.failure)}\n`);
  if (message.notice !== null) terminal.err(`${sentenceOf(message.notice)}\n`);
  const blocks = [sourceLines(message), receiptLines(message)].filter((lines) => lines.length > 0);
  for (const lines of blocks) terminal.out(`\n${lines.join('\n')}\n`);
}

function printJson(message: Message, terminal: Terminal): void {
  const line = (value: unknown): void => terminal.out(`${JSON.stringify(value)}\n`);
  for (const source of message.sources) line({ type: 'source', ...source });
  for (const call of message.receipt?.calls ?? []) line({ type: 'usage', ...call });
  line({ type: 'done', status: message.status, text: message.text, failure: message.failure, total: message.receipt?.total ?? null });
}
