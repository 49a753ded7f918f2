import type { Turn } from './prompt.ts';

/** Turns that fit into one request together, and the tokens they have. */
export interface Stretch {
  readonly turns: readonly Turn[];
  readonly tokens: number;
}

/** Turns in stretches of at most `budgetTokens`, in their order; a turn that is longer is cut. `tokens` are theirs. */
export function cutIntoStretches(turns: readonly Turn[], tokens: readonly number[], budgetTokens: number): Stretch[] {
  const stretches: { turns: Turn[]; tokens: number }[] = [];
  for (const piece of turns.flatMap((turn, index) => cutTurn(turn, tokens[index] ?? 0, budgetTokens))) {
    const open = stretches.at(-1);
    if (open === undefined || open.tokens + piece.tokens > budgetTokens) stretches.push({ turns: [piece.turn], tokens: piece.tokens });
    else {
      open.turns.push(piece.turn);
      open.tokens += piece.tokens;
    }
  }
  return stretches;
}

/** Into pieces of the same length in UTF-16 code units, which have about the same tokens. */
function cutTurn(turn: Turn, tokens: number, budgetTokens: number): { turn: Turn; tokens: number }[] {
  const count = Math.max(1, Math.ceil(tokens / budgetTokens));
  if (count === 1) return [{ turn, tokens }];
  const length = Math.ceil(turn.text.length / count);
  return Array.from({ length: count }, (_, index) => ({
    turn: { ...turn, text: turn.text.slice(index * length, (index + 1) * length).toWellFormed() },
    tokens: Math.ceil(tokens / count),
  }));
}
