import type { MarkdownBlock } from './split-blocks.ts';

/** Some blocks of an answer that follow one another: they are drawn together, or not at all while they are far out of sight. */
export interface AnswerSection {
  /** Where it starts in the answer, in UTF-16 code units: its identity while the answer grows. */
  readonly start: number;
  readonly blocks: readonly MarkdownBlock[];
  /** A picture of it takes long to draw, and only has a height once it is drawn: it is kept. */
  readonly isKept: boolean;
}

/** What a section holds at most: little enough to be drawn within a frame, and about half a screen. */
const maxBlocks = 8;
const maxChars = 2_000;

const diagramPattern = /^ {0,3}(?:`{3,}|~{3,})[ \t]*mermaid/mu;

/** Puts the blocks of one growing answer into sections. A section that has not changed keeps its identity. */
export function createSectioner(): (blocks: readonly MarkdownBlock[]) => readonly AnswerSection[] {
  let sections: readonly AnswerSection[] = [];
  return (blocks) => {
    const known = sections;
    sections = runsOf(blocks).map((run, index) => {
      const before = known[index];
      return before !== undefined && isSame(before.blocks, run) ? before : toSection(run);
    });
    return sections;
  };
}

/** Where a section ends depends on what is before its end alone, so that more text does not move it. */
function runsOf(blocks: readonly MarkdownBlock[]): MarkdownBlock[][] {
  const runs: MarkdownBlock[][] = [];
  let chars = Infinity;
  for (const block of blocks) {
    const run = runs.at(-1);
    if (run === undefined || run.length >= maxBlocks || chars >= maxChars) {
      runs.push([block]);
      chars = block.text.length;
    } else {
      run.push(block);
      chars += block.text.length;
    }
  }
  return runs;
}

function toSection(blocks: readonly MarkdownBlock[]): AnswerSection {
  return { start: blocks[0]?.start ?? 0, blocks, isKept: blocks.some(({ text }) => diagramPattern.test(text)) };
}

function isSame(some: readonly MarkdownBlock[], others: readonly MarkdownBlock[]): boolean {
  return some.length === others.length && some.every((block, index) => block === others[index]);
}

/** About how wide a column of text is, in Latin letters, and how high a line and the space between two blocks are, in pixels. */
const [lineLetters, lineHeightPx, blockGapPx] = [85, 25, 11];

/** About how high a section is that has not been drawn, in pixels. */
export function estimateSectionHeight({ blocks }: AnswerSection): number {
  const heights = blocks.map(({ text }) => blockGapPx + lineHeightPx * lineCount(text.trim()));
  return heights.reduce((sum, height) => sum + height, 0);
}

function lineCount(text: string): number {
  return text.split('\n').reduce((count, line) => count + Math.max(1, Math.ceil(widthOf(line) / lineLetters)), 0);
}

/** In Latin letters; a Chinese or Japanese sign is two wide. */
function widthOf(line: string): number {
  return line.length + (line.match(/[\u2e80-\uffef]/gu)?.length ?? 0);
}
