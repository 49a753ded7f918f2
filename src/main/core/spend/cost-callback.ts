import { BaseCallbackHandler, type HandleLLMNewTokenCallbackFields, type NewTokenIndices } from '@langchain/core/callbacks/base';
import type { Serialized } from '@langchain/core/load/serializable';
import type { BaseMessage, UsageMetadata } from '@langchain/core/messages';
import type { LLMResult } from '@langchain/core/outputs';
import { addAmount, addTotals, emptyTotal, type AmountTotal } from '../../../shared/amount.ts';
import type { LiveUsage } from '../../../shared/contract/chat.ts';
import type { Outcome } from '../../../shared/contract/usage.ts';
import { messageTexts, usageMetadataOf, writtenIn } from './langchain-texts.ts';
import { amountOfRun, localTokens, openRun, reportedTokens, type OpenRun } from './open-run.ts';
import type { PriceBook } from './prices/price-book.ts';
import type { TokenCounter } from './tokens/token-counter.ts';

export interface CostCallbackOptions {
  readonly priceBook: PriceBook;
  readonly tokenCounter: TokenCounter;
  /** Called whenever a number changes: at the start of a call, at every token, and when its exact usage arrives. */
  readonly onUpdate?: (live: LiveUsage) => void;
  /** Whose prices count for a model that does not name its own base URL. Default: OpenAI's. */
  readonly baseUrl?: string;
  /** Epoch milliseconds; decides which price was in force. Default: the system clock. */
  readonly now?: () => number;
}

const openAiBaseUrl = 'https://api.openai.com/v1';

/**
 * Counts the tokens and the cost of every model call of a LangChain.js run, and of everything nested in it. While a model
 * streams, both are counted here, token by token; when it has ended, the provider's own numbers take their place. The
 * fields are those of Python's `get_openai_callback`, the cost has its exactness with it.
 *
 * It works alone, in any program that uses LangChain.js:
 *
 * ```ts
 * import { ChatPromptTemplate } from '@langchain/core/prompts';
 * import { ChatOpenAI } from '@langchain/openai';
 * import { CostCallbackHandler } from './cost-callback.ts';
 * import { createPriceBook } from './prices/price-book.ts';
 * import { createTokenCounter } from './tokens/token-counter.ts';
 *
 * const tokenCounter = createTokenCounter();
 * const cost = new CostCallbackHandler({
 *   priceBook: createPriceBook(),
 *   tokenCounter,
 *   onUpdate: ({ outputTokens, total }) => console.error(`${outputTokens} tokens out, ${total.costNanos / 1e9} USD so far`),
 * });
 * const chain = ChatPromptTemplate.fromTemplate('In one line: {question}').pipe(new ChatOpenAI({ model: 'gpt-4o-mini' }));
 * try {
 *   const pieces = await chain.stream({ question: 'What is a lease?' }, { callbacks: [cost] });
 *   for await (const piece of pieces) process.stdout.write(piece.text);
 * } finally {
 *   // LangChain does not report the end of a call that was left in the middle.
 *   await cost.settleOpenRuns('stopped');
 *   await tokenCounter.close();
 * }
 * console.log(`\n${cost.totalTokens} tokens, ${cost.total.costNanos} nano-USD`);
 * ```
 *
 * Calls of a model with `metadata: { providerKind: 'local' }` (or `'demo'`) are counted as free. Usage is read from
 * `message.usage_metadata` alone: `response_metadata.usage` is summed over chunks by some versions of LangChain.
 * What never reaches callbacks (retries, embeddings, served tiers) is not in here; a metered fetch sees it.
 */
export class CostCallbackHandler extends BaseCallbackHandler {
  override name = 'cost_callback';
  /** Makes `invoke` stream as well, so that an aborted call leaves something to count. Read by LangChain. */
  lc_prefer_streaming = true;
  /** The totals are complete as soon as the run is. */
  override awaitHandlers = true;

  promptTokens = 0;
  /** The part of `promptTokens` read from the provider's cache. */
  promptTokensCached = 0;
  completionTokens = 0;
  /** The part of `completionTokens` the provider called reasoning. */
  reasoningTokens = 0;
  successfulRequests = 0;
  /** The cost of every call that has ended. */
  total: AmountTotal = emptyTotal;

  readonly #options: CostCallbackOptions;
  readonly #openRuns = new Map<string, OpenRun>();

  constructor(options: CostCallbackOptions) {
    super();
    this.#options = options;
  }

  get totalTokens(): number {
    return this.promptTokens + this.completionTokens;
  }

  /** The numbers as they stand, open calls included. */
  live(): LiveUsage {
    let inputTokens = this.promptTokens;
    let outputTokens = this.completionTokens;
    let total = this.total;
    for (const run of this.#openRuns.values()) {
      inputTokens += run.promptTokens;
      outputTokens += run.completionTokens;
      total = addAmount(total, amountOfRun(this.#options.priceBook, run, localTokens(run), 'estimated'));
    }
    return { inputTokens, outputTokens, total };
  }

  /** Books the calls LangChain has left open, with what was counted here. Late reports of them are ignored. */
  async settleOpenRuns(outcome: Outcome): Promise<void> {
    await Promise.all([...this.#openRuns.keys()].map((runId) => this.#settle(runId, null, outcome)));
  }

  override handleChatModelStart(
    llm: Serialized,
    messages: BaseMessage[][],
    runId: string,
    _parentRunId?: string,
    extraParams?: Record<string, unknown>,
    _tags?: string[],
    metadata?: Record<string, unknown>,
  ): void {
    const prompts = messages.map(messageTexts);
    this.#start(runId, llm, extraParams, metadata, async (model) => {
      const counts = await Promise.all(prompts.map((prompt) => this.#options.tokenCounter.countChat(prompt, model)));
      return sum(counts);
    });
  }

  override handleLLMStart(
    llm: Serialized,
    prompts: string[],
    runId: string,
    _parentRunId?: string,
    extraParams?: Record<string, unknown>,
    _tags?: string[],
    metadata?: Record<string, unknown>,
  ): void {
    this.#start(runId, llm, extraParams, metadata, async (model) => {
      return sum(await Promise.all(prompts.map((prompt) => this.#options.tokenCounter.count(prompt, model))));
    });
  }

  override handleLLMNewToken(
    token: string,
    _index: NewTokenIndices,
    runId: string,
    _parentRunId?: string,
    _tags?: string[],
    fields?: HandleLLMNewTokenCallbackFields,
  ): void {
    const run = this.#openRuns.get(runId);
    const written = writtenIn(token, fields?.chunk);
    if (run === undefined || written === '') return;
    run.written += written;
    run.completionTokens += this.#options.tokenCounter.countSync(written, run.model);
    this.#update();
  }

  override async handleLLMEnd(
    output: LLMResult,
    runId: string,
    _parentRunId?: string,
    _tags?: string[],
    extraParams?: Record<string, unknown>,
  ): Promise<void> {
    if (extraParams?.cached === true) {
      // Answered from LangChain's own cache: nothing was sent, nothing is owed.
      if (!this.#openRuns.delete(runId)) return;
      this.successfulRequests += 1;
      return this.#update();
    }
    await this.#settle(runId, usageMetadataOf(output), 'done');
  }

  override async handleLLMError(_error: unknown, runId: string): Promise<void> {
    await this.#settle(runId, null, 'failed');
  }

  #start(
    runId: string,
    llm: Serialized,
    extraParams: Record<string, unknown> | undefined,
    metadata: Record<string, unknown> | undefined,
    count: (model: string) => Promise<number>,
  ): void {
    const startedAt = this.#options.now?.() ?? systemClock();
    const run = openRun({ llm, extraParams, metadata, startedAt, baseUrl: this.#options.baseUrl ?? openAiBaseUrl });
    this.#openRuns.set(runId, run);
    run.counted = this.#countPrompt(runId, run, count);
  }

  async #countPrompt(runId: string, run: OpenRun, count: (model: string) => Promise<number>): Promise<void> {
    try {
      run.promptTokens = await count(run.model);
    } catch {
      // A prompt that cannot be counted leaves the counter at what the model writes.
      return;
    }
    if (this.#openRuns.has(runId)) this.#update();
  }

  /** Moves a call from the open ones to the total. Does nothing for one that has been settled. */
  async #settle(runId: string, usage: UsageMetadata | null, outcome: Outcome): Promise<void> {
    const run = this.#openRuns.get(runId);
    if (run === undefined) return;
    if (usage === null) await this.#recount(run);
    if (!this.#openRuns.delete(runId)) return;
    const tokens = usage === null ? localTokens(run) : reportedTokens(usage);
    const localTrust = run.reasonsInSilence ? 'lower_bound' : 'estimated';
    this.promptTokens += tokens.input;
    this.promptTokensCached += tokens.cacheRead;
    this.completionTokens += tokens.output;
    this.reasoningTokens += tokens.reasoning;
    this.successfulRequests += outcome === 'done' ? 1 : 0;
    this.total = addTotals(
      this.total,
      addAmount(emptyTotal, amountOfRun(this.#options.priceBook, run, tokens, usage === null ? localTrust : 'exact')),
    );
    this.#update();
  }

  async #recount(run: OpenRun): Promise<void> {
    await run.counted;
    run.completionTokens = await this.#options.tokenCounter.count(run.written, run.model);
  }

  #update(): void {
    this.#options.onUpdate?.(this.live());
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** Tally passes its own clock; a program that uses the class alone need not have one. */
function systemClock(): number {
  return Date.now();
}
