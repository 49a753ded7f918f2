import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The languages the sample is written in. */
export type SampleLanguage = 'en' | 'ja';

export interface WrittenAnswer {
  readonly text: string;
  /** failed: the provider refuses. */
  readonly outcome: 'done' | 'stopped' | 'failed';
  /** `provider/model` of an answer beside the one before it; null: the talk's own model. */
  readonly besideBy: string | null;
}

export interface WrittenExchange {
  readonly question: string;
  /** The question as it stands on its own; null: it does already. */
  readonly condensed: string | null;
  /** One is the rule; further ones are other answers to the same question. */
  readonly answers: readonly WrittenAnswer[];
}

/** A conversation as it is written down; with slots, a pattern for many. */
export interface WrittenTalk {
  readonly title: string;
  /**
   * The lines between title and first question, by their name: `days`, `model`, `collections`, `chart`, `folder`, `pinned`, `archived`, or a
   * slot with its fillings.
   */
  readonly fields: Readonly<Record<string, string>>;
  readonly exchanges: readonly WrittenExchange[];
}

/** Folder of everything that is written in a language. */
export function textsFolder(language: SampleLanguage): string {
  return path.join(import.meta.dirname, 'texts', language);
}

/** The conversations of a language that happened on a day of their own, and the patterns for those of the rest of the year. */
export function readTalks(language: SampleLanguage): { readonly talks: WrittenTalk[]; readonly patterns: WrittenTalk[] } {
  const folder = textsFolder(language);
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  const all = files.flatMap((name) => parseTalks(readFileSync(path.join(folder, name), 'utf8')));
  return { talks: all.filter(({ fields }) => 'days' in fields), patterns: all.filter(({ fields }) => !('days' in fields)) };
}

/** A pattern with its slots filled. */
export function filled(pattern: WrittenTalk, fillings: Readonly<Record<string, string>>): WrittenTalk {
  const fill = (text: string): string => text.replaceAll(/\{(\w+)\}/g, (whole, slot: string) => fillings[slot] ?? whole);
  return {
    title: capitalized(fill(pattern.title)),
    fields: {},
    exchanges: pattern.exchanges.map(({ question, answers }) => ({
      question: capitalized(fill(question)),
      condensed: null,
      answers: answers.map((answer) => ({ ...answer, text: fill(answer.text) })),
    })),
  };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function parseTalks(text: string): WrittenTalk[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((talk) => {
      const [head = '', ...sections] = talk.split(/^--- /m);
      const [title = '', ...lines] = head.trim().split('\n');
      const fields = Object.fromEntries(lines.map((line) => splitAt(line, ': ')));
      return { title, fields, exchanges: exchangesOf(sections) };
    });
}

function exchangesOf(sections: readonly string[]): WrittenExchange[] {
  const exchanges: (WrittenExchange & { readonly answers: WrittenAnswer[] })[] = [];
  for (const section of sections) {
    const [head, body] = splitAt(section, '\n');
    const text = body.trim();
    if (head === 'you') {
      const [question, condensed] = splitAt(text, '\ncondensed: ');
      exchanges.push({ question, condensed: condensed === '' ? null : condensed, answers: [] });
      continue;
    }
    const outcome = head.endsWith(' stopped') ? 'stopped' : head.endsWith(' failed') ? 'failed' : 'done';
    const besideBy = head.startsWith('beside ') ? head.slice('beside '.length) : null;
    exchanges.at(-1)?.answers.push({ text, outcome, besideBy });
  }
  return exchanges;
}

/** What is before the first `mark` and what is behind it; all of it and nothing where there is none. */
function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}
