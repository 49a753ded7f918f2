/** What is to be added of a list that is imported. */
export interface ImportPlan<Filed> {
  readonly added: readonly Filed[];
  /** Those that are there already, word for word. */
  readonly presentCount: number;
  /** Of the added: those that got a number, since their name was taken. */
  readonly renamedCount: number;
}

/** Adds what is not there yet; another one under a name that is taken gets the next free number: `Name (2)`. */
export function planImport<Filed extends { readonly name: string }>(there: readonly Filed[], filed: readonly Filed[]): ImportPlan<Filed> {
  const names = new Set(there.map(({ name }) => name));
  const known = new Set(there.map(fingerprintOf));
  const added: Filed[] = [];
  let [presentCount, renamedCount] = [0, 0];
  for (const item of filed) {
    if (known.has(fingerprintOf(item))) {
      presentCount += 1;
      continue;
    }
    const name = freeName(item.name, names);
    if (name !== item.name) renamedCount += 1;
    names.add(name);
    known.add(fingerprintOf(item));
    added.push({ ...item, name });
  }
  return { added, presentCount, renamedCount };
}

/** Longest name there may be. */
const maxNameChars = 100;

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) {
    const ending = ` (${String(number)})`;
    const numbered = name.slice(0, maxNameChars - ending.length) + ending;
    if (!taken.has(numbered)) return numbered;
  }
}

/** The same for the same content. A number that an earlier import added does not make it another one. */
function fingerprintOf({ name, ...rest }: { readonly name: string }): string {
  const sorted = Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([name.replace(/ \(\d+\)$/u, ''), sorted]);
}
