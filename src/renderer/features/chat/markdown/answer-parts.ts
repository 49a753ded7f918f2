import { createBlockSplitter, type MarkdownBlock } from './split-blocks.ts';

/** An answer in pieces that are drawn one by one. */
export interface AnswerParts {
  readonly blocks: readonly MarkdownBlock[];
  /** `[label]: address` lines, wherever they stand, for blocks that refer to them; each on a line of its own. */
  readonly definitions: string;
  /** Footnotes in the order in which they are given. */
  readonly notes: readonly Footnote[];
}

export interface Footnote {
  readonly id: string;
  readonly text: string;
}

const notePattern = /^\[\^([^\]\s]{1,64})\]:[ \t]*/u;
const definitionPattern = /^ {0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]*\S.*$/gmu;
/** Most definitions that are kept: each block that may use them is read with all of them. */
const maxDefinitions = 100;

/** Keeps the parts of one growing answer. What has not changed keeps its identity. */
export function createAnswerReader(): (text: string) => AnswerParts {
  const split = createBlockSplitter();
  let definitions = '';
  let notes: readonly Footnote[] = [];

  return (text) => {
    const all = split(text);
    const found = all.filter(({ kind }) => kind === 'note').map(toNote);
    if (!isSame(found, notes)) notes = found;
    definitions = text.includes(']:') ? definitionsOf(all) : '';
    return { blocks: notes.length === 0 ? all : all.filter(({ kind }) => kind !== 'note'), definitions, notes };
  };
}

function toNote({ text }: MarkdownBlock): Footnote {
  return { id: notePattern.exec(text)?.[1] ?? '', text: text.replace(notePattern, '').replaceAll(/^ {2,4}/gmu, '') };
}

function isSame(some: readonly Footnote[], others: readonly Footnote[]): boolean {
  return some.length === others.length && some.every(({ id, text }, index) => others[index]?.id === id && others[index].text === text);
}

function definitionsOf(blocks: readonly MarkdownBlock[]): string {
  const lines = blocks.flatMap(({ kind, text }) =>
    kind === 'markdown' && text.includes(']:') ? (text.match(definitionPattern) ?? []) : [],
  );
  return lines.length === 0 ? '' : `\n\n${lines.slice(0, maxDefinitions).join('\n')}`;
}
