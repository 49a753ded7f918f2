import type { Serialized } from '@langchain/core/load/serializable';
import type { UsageMetadata } from '@langchain/core/messages';
import type { Amount } from '../../../shared/amount.ts';
import { reasonsInSilence } from './hidden-reasoning.ts';
import { objectOf, textOf } from './json-fields.ts';
import { costNanosOf } from './prices/cost-of.ts';
import type { FrozenPrice, PriceBook } from './prices/price-book.ts';

/** A call to a model that has begun and has not ended. */
export interface OpenRun {
  readonly model: string;
  readonly baseUrl: string;
  readonly serviceTier: string | null;
  readonly isFree: boolean;
  readonly reasonsInSilence: boolean;
  readonly startedAt: number;
  /** The price looked up last, and the input it was looked up for: a long prompt may have another. */
  priced: { readonly inputTokens: number; readonly price: FrozenPrice | null } | null;
  promptTokens: number;
  /** Counted piece by piece; a little more than the whole text has, where a piece ends within a token. */
  completionTokens: number;
  written: string;
  /** Resolves when `promptTokens` has been counted. */
  counted: Promise<void>;
}

/** Token counts of one call; input holds the cached shares, output the reasoning. */
export interface RunTokens {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly reasoning: number;
}

/** What LangChain says at the start of a call. */
export interface RunStart {
  readonly llm: Serialized;
  readonly extraParams: Record<string, unknown> | undefined;
  readonly metadata: Record<string, unknown> | undefined;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Whose prices count when the model names no address. */
  readonly baseUrl: string;
}

/** Reads who is asked for what from the start of a call. */
export function openRun({ llm, extraParams, metadata, startedAt, baseUrl }: RunStart): OpenRun {
  const parameters = objectOf(extraParams?.invocation_params) ?? {};
  const settings = llm.type === 'constructor' ? llm.kwargs : {};
  const model = textOf(parameters.model) ?? textOf(metadata?.ls_model_name) ?? textOf(settings.model) ?? '';
  return {
    model,
    baseUrl: textOf(objectOf(settings.configuration)?.baseURL) ?? baseUrl,
    serviceTier: textOf(parameters.service_tier),
    isFree: metadata?.providerKind === 'local' || metadata?.providerKind === 'demo',
    reasonsInSilence: reasonsInSilence(model, textOf(parameters.reasoning_effort)),
    startedAt,
    priced: null,
    promptTokens: 0,
    completionTokens: 0,
    written: '',
    counted: Promise.resolve(),
  };
}

/** The tokens of a call as they were counted here. */
export function localTokens(run: OpenRun): RunTokens {
  return { input: run.promptTokens, cacheRead: 0, cacheWrite: 0, output: run.completionTokens, reasoning: 0 };
}

/** The tokens of a call as the provider counted them. */
export function reportedTokens(usage: UsageMetadata): RunTokens {
  return {
    input: usage.input_tokens,
    cacheRead: usage.input_token_details?.cache_read ?? 0,
    cacheWrite: usage.input_token_details?.cache_creation ?? 0,
    output: usage.output_tokens,
    reasoning: usage.output_token_details?.reasoning ?? 0,
  };
}

/** What a call costs at the price of its start. An exact count at a price that may not be this seller's is an estimate. */
export function amountOfRun(priceBook: PriceBook, run: OpenRun, tokens: RunTokens, trust: 'exact' | 'estimated' | 'lower_bound'): Amount {
  if (run.isFree) return { exactness: 'free' };
  const price = priceOf(priceBook, run, tokens.input);
  if (price === null) return { exactness: 'no_price' };
  const { input, cacheRead, cacheWrite, output } = tokens;
  const plainInputTokens = Math.max(0, input - cacheRead - cacheWrite);
  const shares = {
    plainInputTokens,
    cacheReadTokens: cacheRead,
    cacheWriteTokens: cacheWrite,
    cacheWrite12hTokens: 0,
    outputTokens: output,
  };
  return { exactness: price.isAssumed && trust === 'exact' ? 'estimated' : trust, costNanos: costNanosOf(shares, price) };
}

function priceOf(priceBook: PriceBook, run: OpenRun, inputTokens: number): FrozenPrice | null {
  if (run.priced?.inputTokens === inputTokens) return run.priced.price;
  const { baseUrl, model, startedAt, serviceTier } = run;
  const price = priceBook.priceOf({ baseUrl, model, at: startedAt, serviceTier, inputTokens });
  run.priced = { inputTokens, price };
  return price;
}
