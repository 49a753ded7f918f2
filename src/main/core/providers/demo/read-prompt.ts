import { isRecord } from '../is-record.ts';

/** A passage as the prompt shows it. */
export interface DemoPassage {
  readonly ordinal: number;
  readonly document: string;
  readonly page: string | null;
  readonly text: string;
}

/** What a request asks of the demo. */
export type DemoTask =
  | { readonly kind: 'condense'; readonly question: string; readonly earlierQuestions: readonly string[] }
  | { readonly kind: 'title'; readonly question: string }
  /** `passages` null: no documents were searched; empty: nothing was found in them. */
  | { readonly kind: 'answer'; readonly question: string; readonly passages: readonly DemoPassage[] | null };

/** One message of a request, its content as text. */
export interface DemoMessage {
  readonly role: string;
  readonly content: string;
}

const passageBlock = /<passage n="(\d+)" document="([^"]*)"(?: page="([^"]*)")?>\n?([^]*?)<\/passage>/g;

/** The messages of a Chat Completions request body; null when it has none. */
export function readMessages(body: unknown): readonly DemoMessage[] | null {
  const messages = isRecord(body) ? body['messages'] : undefined;
  if (!Array.isArray(messages) || messages.length === 0) return null;
  return messages.filter(isRecord).map((message) => ({ role: String(message['role']), content: textOf(message['content']) }));
}

/** Tells from the tags of the prompts what is wanted: a rewritten question, a title, or an answer. */
export function readTask(messages: readonly DemoMessage[]): DemoTask {
  const last = messages.findLast((message) => message.role === 'user')?.content ?? '';
  const system = messages.find((message) => message.role === 'system');
  const condense = /^<conversation>\n([^]*)\n<\/conversation>\n<question>\n([^]*)\n<\/question>$/.exec(last);
  if (system !== undefined && condense !== null) {
    return { kind: 'condense', question: condense[2] ?? '', earlierQuestions: userTurns(condense[1] ?? '') };
  }
  const title = /^<exchange>\n([^]*)\n<\/exchange>$/.exec(last);
  if (system !== undefined && title !== null) return { kind: 'title', question: userTurns(title[1] ?? '')[0] ?? '' };
  const question = last
    .slice(last.lastIndexOf('</passage>'))
    .replace(/^[^]*?(?:^|\n)Question: /, '')
    .trim();
  const passages = [...last.matchAll(passageBlock)].map(toPassage);
  const searched = passages.length > 0 || last.startsWith('No passage of the documents matches');
  return searched ? { kind: 'answer', question, passages } : { kind: 'answer', question: last, passages: null };
}

function toPassage(match: RegExpMatchArray): DemoPassage {
  const [, ordinal, document, page, text] = match;
  return { ordinal: Number(ordinal), document: document ?? '', page: page ?? null, text: text ?? '' };
}

function userTurns(transcript: string): readonly string[] {
  return transcript
    .split(/\n\n(?=(?:user|assistant): )/)
    .filter((turn) => turn.startsWith('user: '))
    .map((turn) => turn.slice('user: '.length).trim());
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: unknown) => (isRecord(part) && typeof part['text'] === 'string' ? part['text'] : '')).join('');
}
