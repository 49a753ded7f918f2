import { matchSorter } from 'match-sorter';

/** In the order in which they are shown where nothing was typed. */
export const commandGroups = ['places', 'actions', 'assistants', 'prompts', 'settings'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** What a command is found by. */
export interface FindableCommand {
  readonly id: string;
  readonly label: string;
  readonly group: CommandGroup;
  /** Other words for it. */
  readonly keywords?: readonly string[] | undefined;
}

export interface FoundCommands<Command> {
  /** Meant most likely: a word of it begins as was typed. */
  readonly near: readonly Command[];
  /** Those that have the letters that were typed, in their order. */
  readonly far: readonly Command[];
}

/** The commands that go with a query, best first; those used last come first among equals. */
export function findCommands<Command extends FindableCommand>(
  commands: readonly Command[],
  query: string,
  usedIds: readonly string[],
): FoundCommands<Command> {
  const rankOf = ({ id }: Command): number => (usedIds.includes(id) ? usedIds.indexOf(id) : usedIds.length);
  const byUse = commands.toSorted((a, b) => rankOf(a) - rankOf(b));
  const options = {
    keys: ['label', { key: 'keywords', maxRanking: matchSorter.rankings.WORD_STARTS_WITH }],
    baseSort: (a: { index: number }, b: { index: number }) => a.index - b.index,
  };
  const all = matchSorter(byUse, query, options);
  const near = matchSorter(byUse, query, { ...options, threshold: matchSorter.rankings.WORD_STARTS_WITH });
  return { near, far: all.filter((command) => !near.includes(command)) };
}

/** The commands used last, the last one first. */
export function recentCommands<Command extends FindableCommand>(
  commands: readonly Command[],
  usedIds: readonly string[],
  count: number,
): Command[] {
  return usedIds.flatMap((id) => commands.filter((command) => command.id === id)).slice(0, count);
}
