/** Lets one do something at a time, in the order in which they came. */
export interface Turns {
  /** Resolves when it is one's turn, with the function that ends it. */
  take(): Promise<() => void>;
  /** Whether somebody has the turn. */
  isTaken(): boolean;
}

export function createTurns(): Turns {
  let last: Promise<void> = Promise.resolve();
  let takenCount = 0;
  return {
    async take() {
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      const before = last;
      last = ended;
      takenCount += 1;
      await before;
      return () => {
        takenCount -= 1;
        end();
      };
    },
    isTaken: () => takenCount > 0,
  };
}

/** Does something in its turn. */
export async function inTurn<T>(turns: Turns, work: () => Promise<T>): Promise<T> {
  const end = await turns.take();
  try {
    return await work();
  } finally {
    end();
  }
}
