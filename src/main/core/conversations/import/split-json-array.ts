import type { ImportProblem } from '../../../../shared/contract/imports.ts';

/** An element of the array as its text, or why it is not handed out. */
export type ArrayElement = { readonly text: string } | { readonly problem: Extract<ImportProblem, 'too_large' | 'nested_too_deep'> };

export interface SplitLimits {
  readonly maxElementBytes: number;
  readonly maxDepth: number;
}

/** Most bytes that may stand around the array. */
const maxHeadBytes = 64 * 1024;

const [quote, backslash, comma, openBracket, closeBracket, openBrace, closeBrace] = Buffer.from('"\\,[]{}');

/**
 * Cuts JSON that comes in pieces of UTF-8 into the elements of one array: the whole file, or what its object has as `conversations`.
 * A file of any size is never held as a whole, and an element past the limits is skipped instead of kept.
 * Bytes of several-byte characters are all above 127, so looking for ASCII marks is safe.
 */
export function createArraySplitter({ maxElementBytes, maxDepth }: SplitLimits) {
  const head: Buffer[] = [];
  let headBytes = 0;
  let depth = 0;
  let arrayDepth: number | null = null;
  let hasEnded = false;
  let [isInString, isEscaped, isInElement] = [false, false, false];
  let parts: Buffer[] = [];
  let elementBytes = 0;
  let problem: Extract<ArrayElement, { problem: unknown }>['problem'] | null = null;

  function keepHead(bytes: Buffer): void {
    headBytes += bytes.length;
    if (headBytes <= maxHeadBytes) head.push(Buffer.from(bytes));
  }

  function keepElement(bytes: Buffer): void {
    elementBytes += bytes.length;
    if (elementBytes > maxElementBytes) problem ??= 'too_large';
    if (problem === null) parts.push(Buffer.from(bytes));
    else parts = [];
  }

  function takeElement(): ArrayElement {
    const element = problem === null ? { text: Buffer.concat(parts).toString('utf8') } : { problem };
    parts = [];
    elementBytes = 0;
    problem = null;
    isInElement = false;
    return element;
  }

  /** Whether a bracket that opens here opens the array that is looked for. */
  function isTheArray(before: Buffer): boolean {
    if (depth > 1 || arrayDepth !== null || headBytes + before.length > maxHeadBytes) return false;
    const text = Buffer.concat([...head, before]).toString('utf8');
    return depth === 0 ? text.replace(/^\uFEFF/u, '').trim() === '' : /"conversations"\s*:\s*$/u.test(text);
  }

  function push(chunk: Buffer): ArrayElement[] {
    const found: ArrayElement[] = [];
    let start = 0;
    const keep = (end: number): void => {
      if (end > start) (isInElement ? keepElement : keepHead)(chunk.subarray(start, end));
      start = end;
    };
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (byte === backslash) isEscaped = true;
        else if (byte === quote) isInString = false;
        continue;
      }
      const isBetween = depth === arrayDepth && !hasEnded;
      if (isBetween && (byte === comma || byte === closeBracket)) {
        if (isInElement) {
          keep(at);
          found.push(takeElement());
        }
        // Commas and spaces between elements belong to neither; the closing bracket does to what stands around.
        start = byte === comma ? at + 1 : at;
        if (byte === comma) continue;
        hasEnded = true;
      } else if (isBetween && !isInElement) {
        if (byte === undefined || byte <= 32) {
          start = at + 1;
          continue;
        }
        start = at;
        isInElement = true;
      }
      if (byte === quote) isInString = true;
      else if (byte === openBracket || byte === openBrace) {
        const isFound = byte === openBracket && isTheArray(chunk.subarray(start, at));
        depth += 1;
        if (isFound) {
          keep(at + 1);
          arrayDepth = depth;
        } else if (isInElement && depth - (arrayDepth ?? 0) > maxDepth) problem ??= 'nested_too_deep';
      } else if (byte === closeBracket || byte === closeBrace) depth -= 1;
    }
    keep(chunk.length);
    return found;
  }

  return {
    /** The elements that end in this piece. */
    push,
    /** What stands around the array, which is empty in it; null when there was none, or the file ends before its end. */
    end(): string | null {
      if (!hasEnded || depth !== 0 || headBytes > maxHeadBytes) return null;
      return Buffer.concat(head)
        .toString('utf8')
        .replace(/^\uFEFF/u, '');
    },
  };
}
