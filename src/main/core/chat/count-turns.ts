import { setImmediate as nextTick } from 'node:timers/promises';
import type { TokenCounter } from '../spend/tokens/token-counter.ts';
import type { StoredTurn } from './branch-history.ts';

/** Counted between two turns of the event loop, in UTF-16 code units: about five milliseconds' worth. */
const charsPerTick = 50_000;
const maxKnownCounts = 100_000;

/** The tokens of a turn in a prompt; at once where they are known. Rejects with the signal's reason when it aborts meanwhile. */
export type CountTurn = (turn: StoredTurn) => number | Promise<number>;

/** Counts turns for a model, lets other work through in between, and remembers those that will not change. */
export function createTurnCounter(tokenCounter: TokenCounter): (modelId: string, signal: AbortSignal) => CountTurn {
  const knownCounts = new Map<string, number>();
  return (modelId, signal) => {
    const encoding = tokenCounter.encodingOf(modelId);
    let countedChars = 0;

    async function count(turn: StoredTurn, key: string): Promise<number> {
      const { perMessage } = await tokenCounter.countChatParts(
        [{ role: turn.role, content: turn.text, images: turn.images ?? [] }],
        modelId,
      );
      const tokens = perMessage[0] ?? 0;
      if (knownCounts.size >= maxKnownCounts) knownCounts.clear();
      if (turn.isFinal) knownCounts.set(key, tokens);
      countedChars += turn.text.length;
      if (countedChars > charsPerTick) {
        countedChars = 0;
        await nextTick(undefined, { signal });
      }
      return tokens;
    }

    return (turn) => {
      // An image has other tokens in every model.
      const key = `${hasImages(turn) ? modelId : encoding} ${turn.messageId}`;
      return knownCounts.get(key) ?? count(turn, key);
    };
  };
}

function hasImages({ images = [] }: StoredTurn): boolean {
  return images.length > 0;
}
