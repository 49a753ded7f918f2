/**
 * How many tokens a provider counts for a text that has so many here: its tokenizer cuts finer or coarser (`perToken`), and its
 * chat format adds something to every request, whatever its length (`added`, in tokens).
 */
export interface CountLine {
  readonly perToken: number;
  readonly added: number;
}

/** The provider counts as Tally does. */
export const asCounted: CountLine = { perToken: 1, added: 0 };

/** Of pairs (tokens counted here, tokens reported), each weighing less the older it is: the sums a line is fitted from. */
export interface FadingSums {
  readonly weight: number;
  readonly counted: number;
  readonly reported: number;
  readonly countedSquared: number;
  readonly product: number;
}

/** Standard deviations, from what providers were seen to do. A tokenizer is off by a fifth. */
const spreadOfRate = 0.2;
/** In tokens: one call is off by a few; formats add hundreds to a prompt, and next to nothing to an answer. */
const spreads = { input: { ofCall: 4, ofAdded: 200 }, output: { ofCall: 2, ofAdded: 3 } } as const;
/** Beyond these a server counts something else than the text. */
const [minRate, maxRate] = [0.5, 2];

/**
 * Fits the line by least squares, drawn towards `asCounted` as the spreads above say, so that calls of one length alone, which fit
 * many lines, give the likeliest. Ridge regression as the mode of a normal posterior: Bishop, Pattern Recognition and Machine Learning, 3.3.1.
 */
export function fitLine({ weight, counted, reported, countedSquared, product }: FadingSums, share: 'input' | 'output'): CountLine {
  const { ofCall, ofAdded } = spreads[share];
  const [pullOfRate, pullOfAdded] = [(ofCall / spreadOfRate) ** 2, (ofCall / ofAdded) ** 2];
  const [a, b, c] = [countedSquared + pullOfRate, counted, weight + pullOfAdded];
  const rate = ((product + pullOfRate) * c - b * reported) / (a * c - b * b);
  const perToken = Math.min(maxRate, Math.max(minRate, rate));
  return { perToken, added: (reported - perToken * counted) / c };
}

/** The tokens a provider is expected to count, rounded; at least 1 where there is anything. */
export function expectedTokens({ perToken, added }: CountLine, countedTokens: number): number {
  return countedTokens === 0 ? 0 : Math.max(1, Math.round(countedTokens * perToken + added));
}
