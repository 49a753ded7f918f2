/** A placeholder `{{name}}` in a text, as UTF-16 offsets. */
interface Placeholder {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The placeholder that is being filled, and what stands around it. */
export interface Filling {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** A text with the placeholder to fill next, which should be selected; null: none is left. */
export interface FillStep {
  readonly text: string;
  readonly filling: Filling | null;
  /** False: the last one still stands as it was, so nothing went on. */
  readonly isFilled: boolean;
}

const placeholder = /\{\{\s*(?<name>[^{}\n]{1,60}?)\s*\}\}/u;

/** The first placeholder at or after an offset. */
function findPlaceholder(text: string, from: number): Placeholder | null {
  const match = placeholder.exec(text.slice(from));
  const name = match?.groups?.['name'];
  if (match === null || name === undefined) return null;
  const start = from + match.index;
  return { name, start, end: start + match[0].length };
}

/** The first placeholder of a text, to be filled; null when it has none from there on. */
export function beginFilling(text: string, from = 0): Filling | null {
  const found = findPlaceholder(text, from);
  return found && { name: found.name, before: text.slice(0, found.start), after: text.slice(found.end) };
}

/** Where in the text the filling stands, [start, end); null when the text around it was changed. */
export function rangeOf(text: string, { before, after }: Filling): [number, number] | null {
  const isUnchanged = text.startsWith(before) && text.endsWith(after) && text.length >= before.length + after.length;
  return isUnchanged ? [before.length, text.length - after.length] : null;
}

/** Takes what was typed for a placeholder, also for the others of its name, and goes on to the next one. */
export function fillNext(text: string, filling: Filling): FillStep {
  const range = rangeOf(text, filling);
  if (range === null) return { text, filling: beginFilling(text), isFilled: true };
  const value = text.slice(...range);
  const isFilled = findPlaceholder(value, 0)?.name !== filling.name;
  const after = isFilled ? replaceNamed(filling.after, filling.name, value) : filling.after;
  const next = filling.before + value + after;
  return { text: next, filling: beginFilling(next, range[1]), isFilled };
}

function replaceNamed(text: string, name: string, value: string): string {
  let result = text;
  for (let found = findPlaceholder(result, 0); found !== null;) {
    const isSame = found.name === name;
    if (isSame) result = result.slice(0, found.start) + value + result.slice(found.end);
    found = findPlaceholder(result, isSame ? found.start + value.length : found.end);
  }
  return result;
}
