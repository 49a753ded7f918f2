import type { Amount } from '../../../shared/amount.ts';
import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { QuotePart } from '../../../shared/contract/quote.ts';
import type { KnownModels } from '../providers/model-facts.ts';
import type { Calibration } from '../spend/calibration.ts';
import { expectedTokens, type CountLine } from '../spend/count-line.ts';
import { costNanosOf } from '../spend/prices/cost-of.ts';
import type { FrozenPrice, PriceBook } from '../spend/prices/price-book.ts';
import type { CountedPart } from './quote-calls.ts';

export interface PricingDeps {
  readonly models: KnownModels;
  readonly priceBook: PriceBook;
  readonly calibration: Pick<Calibration, 'lineOf'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** One call a send will make, its input counted here. */
export interface CountedCall {
  readonly model: ModelRef;
  readonly parts: readonly CountedPart[];
  /** The tier it is asked for; the account's own when left out. */
  readonly serviceTier?: string | null;
  /** More will be in it than can be counted now. */
  readonly isLowerBound?: boolean;
}

export interface PricedCall {
  readonly parts: QuotePart[];
  readonly inputTokens: number;
  readonly amount: Amount;
  /** What this many tokens of output come to. */
  readonly outputAmount: (tokens: number) => Amount;
  /** What the whole call comes to with this output, when so much of its input is read from the provider's cache. */
  readonly amountWith: (shares: { readonly cacheReadTokens: number; readonly outputTokens: number }) => Amount;
  /** null: the model is free, or its price is not known. */
  readonly price: FrozenPrice | null;
  /** The counts were corrected by what this model's provider has billed before. */
  readonly isCalibrated: boolean;
}

/** Prices the input of a call as it would be booked if the provider reported nothing and had nothing of it in its cache. */
export function priceCall(deps: PricingDeps, { model, parts: counted, serviceTier = null, isLowerBound = false }: CountedCall): PricedCall {
  const { providerKind, baseUrl } = deps.models.factsOf(model);
  const line = deps.calibration.lineOf(baseUrl, model.modelId, 'input');
  const parts = calibrated(counted, line);
  const inputTokens = parts.reduce((sum, { tokens }) => sum + tokens, 0);
  const isFree = providerKind !== 'remote';
  const price = isFree ? null : deps.priceBook.priceOf({ baseUrl, model: model.modelId, at: deps.now(), serviceTier, inputTokens });
  const exactness = isLowerBound ? 'lower_bound' : 'estimated';

  function amountOf(plainInputTokens: number, outputTokens = 0, cacheReadTokens = 0): Amount {
    if (isFree) return { exactness: 'free' };
    if (price === null) return { exactness: 'no_price' };
    const shares = { plainInputTokens, cacheReadTokens, cacheWriteTokens: 0, cacheWrite12hTokens: 0, outputTokens };
    return { exactness, costNanos: costNanosOf(shares, price) };
  }

  return {
    parts: parts.filter(({ tokens }) => tokens > 0).map((part) => ({ ...part, amount: amountOf(part.tokens) })),
    inputTokens,
    amount: amountOf(inputTokens),
    outputAmount: (tokens) => amountOf(0, tokens),
    amountWith: ({ cacheReadTokens, outputTokens }) => amountOf(inputTokens - cacheReadTokens, outputTokens, cacheReadTokens),
    price,
    isCalibrated: parts !== counted,
  };
}

/**
 * The parts as the provider is expected to count them, the same array where it counts as Tally does; they add up to what the rounded whole is booked with. What its format adds
 * goes with the last part, where the format of the chat is; what it counts less is taken from all.
 */
function calibrated(parts: readonly CountedPart[], line: CountLine): readonly CountedPart[] {
  const counted = parts.reduce((sum, { tokens }) => sum + tokens, 0);
  const total = expectedTokens(line, counted);
  if (total === counted) return parts;
  const perToken = line.added > 0 ? line.perToken : total / Math.max(1, counted);
  let before = 0;
  return parts.map(({ kind, tokens }, index) => {
    const [from, to] = [Math.round(before * perToken), index === parts.length - 1 ? total : Math.round((before + tokens) * perToken)];
    before += tokens;
    return { kind, tokens: to - from };
  });
}
