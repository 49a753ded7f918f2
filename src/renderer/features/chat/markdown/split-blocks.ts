/** A piece of an answer that can be drawn by itself, whatever follows it. */
export interface MarkdownBlock {
  /** Where it starts in the text, in UTF-16 code units: its identity while the text grows. */
  readonly start: number;
  /** `plain` is shown as it stands: as Markdown it would take too long. `note` is a footnote's. */
  readonly kind: 'markdown' | 'plain' | 'note';
  /** What to draw. A part of a cut table or code block begins with the lines that say what it is. */
  readonly text: string;
}

/** Longest Markdown that is read in one go, in UTF-16 code units; longer paragraphs, lists and tables are cut between two lines. */
const maxBlockChars = 10_000;
/** Longest line that is read as Markdown. */
const maxLineChars = 8_000;

const fencePattern = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/u;
const listPattern = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/u;
const notePattern = /^\[\^[^\]\s]{1,64}\]:/u;
const tableRulePattern = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/u;
const mathOpenings: Readonly<Record<string, string>> = { $$: '$$', '\\[': '\\]' };

/** The block that is still open, and what its lines so far have come to. */
interface OpenBlock {
  start: number;
  kind: MarkdownBlock['kind'];
  /** Lines that are repeated before it: it continues a table or a code block that was cut. */
  head: string;
  isList: boolean;
  /** What ends the code block or formula that is open. */
  fence: string | null;
  closing: string | null;
  lineCount: number;
  firstLine: string;
}

/**
 * Splits a growing text into blocks: each call takes the text so far and returns its blocks, and only reads what is new and
 * the block that was still open. A block ends at a blank line that is followed by something not indented, unless it stands in
 * code or a formula, or the next item of the same list follows: there no Markdown reaches over
 * (https://spec.commonmark.org/0.31.2/#blocks-and-inlines). Text that does not begin with the one before starts anew.
 */
export function createBlockSplitter(): (text: string) => readonly MarkdownBlock[] {
  let seen = '';
  let readTo = 0;
  let closed: MarkdownBlock[] = [];
  let open = newBlock(0);
  let wasBlank = false;

  function textOf(end: number): string {
    return `${open.head}${seen.slice(open.start, end)}`;
  }

  function close(end: number, next: Partial<OpenBlock> = {}): void {
    if (seen.slice(open.start, end).trim() !== '') closed.push({ start: open.start, kind: open.kind, text: copyOf(textOf(end)) });
    open = { ...newBlock(end), ...next };
  }

  /** Cuts what has become too long to be read in one go, where the next line begins. */
  function cut(lineStart: number): void {
    if (lineStart - open.start < maxBlockChars) return;
    if (open.fence !== null) close(lineStart, { head: `${open.firstLine}\n`, fence: open.fence, firstLine: open.firstLine, lineCount: 1 });
    else close(lineStart, tableHead() === '' ? {} : { head: tableHead(), lineCount: 2 });
  }

  function tableHead(): string {
    const [first = '', rule = ''] = textOf(open.start + maxBlockChars).split('\n', 2);
    return first.includes('|') && tableRulePattern.test(rule) ? `${first}\n${rule}\n` : '';
  }

  /** A line of which nothing can be made but what it says, in pieces, so that its end can grow without moving the rest. */
  function cutLongLine(lineStart: number, lineEnd: number): void {
    const { fence, firstLine } = open;
    close(lineStart, { kind: 'plain' });
    while (lineEnd - open.start > maxLineChars) {
      const at = open.start + maxLineChars;
      // Not between the halves of one character.
      close(/[\udc00-\udfff]/u.test(seen.charAt(at)) ? at - 1 : at, { kind: 'plain' });
    }
    open.fence = fence;
    open.firstLine = firstLine;
  }

  function begins(line: string): boolean {
    if (open.closing !== null || open.fence !== null || open.lineCount === 0) return false;
    if (notePattern.test(line)) return true;
    return wasBlank && line !== '' && !/^[ \t]/u.test(line) && !(open.isList && listPattern.test(line));
  }

  function readLine(lineStart: number, lineEnd: number): void {
    const line = seen.slice(lineStart, lineEnd);
    if (open.kind === 'plain') close(lineStart, afterPlain(open));
    if (begins(line)) close(lineStart);
    cut(lineStart);
    if (line.length > maxLineChars) cutLongLine(lineStart, lineEnd);
    if (open.lineCount === 0 && line.trim() !== '' && open.kind !== 'plain') {
      open.isList = listPattern.test(line);
      if (notePattern.test(line)) open.kind = 'note';
    }
    if (line.trim() !== '') open.lineCount += 1;
    followFences(open, line);
    wasBlank = line.trim() === '';
  }

  return (text) => {
    if (!text.startsWith(seen)) {
      readTo = 0;
      closed = [];
      open = newBlock(0);
      wasBlank = false;
    }
    seen = text;
    for (let lineEnd = text.indexOf('\n', readTo); lineEnd !== -1; lineEnd = text.indexOf('\n', readTo)) {
      readLine(readTo, lineEnd);
      readTo = lineEnd + 1;
    }
    return [...closed, ...lastBlocks()];
  };

  /** What is open, with the line that has not ended; that line is read again when it has. */
  function lastBlocks(): MarkdownBlock[] {
    const kept = { closed, open, wasBlank };
    closed = [];
    open = { ...open };
    if (readTo < seen.length) readLine(readTo, seen.length);
    close(seen.length);
    const last = closed;
    ({ closed, open, wasBlank } = kept);
    return last;
  }
}

/** The same text as a string of its own: a slice would keep all of the text it was cut from, for as long as the answer is there. */
function copyOf(text: string): string {
  return structuredClone(text);
}

function newBlock(start: number): OpenBlock {
  return { start, kind: 'markdown', head: '', isList: false, fence: null, closing: null, lineCount: 0, firstLine: '' };
}

/** After an endless line: the code block it stood in goes on. */
function afterPlain({ fence, firstLine }: OpenBlock): Partial<OpenBlock> {
  return fence === null ? {} : { head: `${firstLine}\n`, fence, firstLine, lineCount: 1 };
}

/** Notes whether a code block or a formula begins or ends with this line. Those inside lists and quotes end with them. */
function followFences(open: OpenBlock, line: string): void {
  if (open.fence !== null) {
    const isEnd = line.trim().startsWith(open.fence) && /^ {0,3}(`+|~+)[ \t]*$/u.test(line);
    if (isEnd) open.fence = null;
    return;
  }
  if (open.closing !== null) {
    if (line.trim() === open.closing) open.closing = null;
    return;
  }
  if (open.isList) return;
  const fence = fencePattern.exec(line)?.[1];
  if (fence !== undefined) {
    open.fence = fence;
    open.firstLine = line;
    return;
  }
  open.closing = mathOpenings[line.trim()] ?? null;
}
