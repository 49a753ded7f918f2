/** A line, or a part of one, that stands apart at the upper or lower edge of a page. */
export interface EdgeLine {
  /** 1-based. */
  readonly page: number;
  readonly edge: 'head' | 'foot';
  readonly text: string;
}

/** A line is a running head or a page number once it comes on this many pages among so many that follow each other. */
const minRepeats = 3;
const windowPages = 8;
/** Numbers of a line that may count the pages. */
const maxNumbers = 3;

/**
 * The lines that only accompany a text: running heads, and what counts the pages. The first one of those that always say the same is
 * left, since nothing else may say it.
 */
export function furnitureOf(lines: readonly EdgeLine[]): ReadonlySet<EdgeLine> {
  const byKey = new Map<string, EdgeLine[]>();
  for (const line of lines) {
    for (const key of keysOf(line)) {
      const same = byKey.get(key);
      if (same === undefined) byKey.set(key, [line]);
      else same.push(line);
    }
  }
  const furniture = new Set<EdgeLine>();
  for (const same of byKey.values()) {
    if (!isRepeated(same.map(({ page }) => page))) continue;
    const saysTheSame = same.every(({ text }) => text === same[0]?.text);
    for (const line of saysTheSame ? same.slice(1) : same) furniture.add(line);
  }
  return furniture;
}

/** What a line has in common with those of other pages: itself, and itself with a number that goes with the page's. */
function keysOf({ page, edge, text }: EdgeLine): string[] {
  const plain = text.replaceAll(/\s+/g, ' ').trim();
  const numbers = [...plain.matchAll(/\d{1,5}/g)].slice(0, maxNumbers);
  const relative = numbers.map((number) => {
    const after = number.index + number[0].length;
    return `${plain.slice(0, number.index)}\0${Number(number[0]) - page}\0${plain.slice(after)}`;
  });
  return [plain, ...relative].map((key) => `${edge} ${key}`);
}

function isRepeated(pages: readonly number[]): boolean {
  return pages.some((page, index) => (pages[index + minRepeats - 1] ?? Infinity) - page < windowPages);
}
