import { setImmediate as nextTick } from 'node:timers/promises';
import type { BaseMessage } from '@langchain/core/messages';
import { addAmount, emptyTotal } from '../../../shared/amount.ts';
import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { AttachedImage } from '../../../shared/contract/images.ts';
import type { Quote } from '../../../shared/contract/quote.ts';
import type { HandlersFor, ParsedInputOf } from '../../../shared/rpc/define.ts';
import { abilitiesOf, takenParameters } from '../../../shared/model-abilities.ts';
import type { ImageStore } from '../conversations/image-store.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { BudgetService } from '../spend/budgets/budget-service.ts';
import { vectorSpaceOf, type ProviderClients } from '../providers/provider-clients.ts';
import type { Retriever, SearchPreview } from '../retrieval/retrieve.ts';
import { messageTexts } from '../spend/langchain-texts.ts';
import type { TokenCounter } from '../spend/tokens/token-counter.ts';
import type { BranchHistory } from './branch-history.ts';
import { toSendCall } from './budgeted-call.ts';
import type { SendPlan, SendPlanner } from './plan-send.ts';
import type { Turn } from './prompt.ts';
import { withImageWords } from './image-content.ts';
import { countAnswer, countCondense, countTitle } from './quote-calls.ts';
import { priceCall, type CountedCall, type PricingDeps } from './quote-price.ts';
import type { SearchOptions } from './search-assistant.ts';
import { furtherQueriesMessages, rerankMessages } from './search-prompts.ts';

export interface QuoteDeps extends PricingDeps {
  readonly clients: Pick<ProviderClients, 'smallModelOf'>;
  readonly retriever: Pick<Retriever, 'preview'>;
  readonly tokenCounter: TokenCounter;
  readonly history: BranchHistory;
  readonly planner: SendPlanner;
  readonly images: Pick<ImageStore, 'require'>;
  readonly searchOptions: () => SearchOptions;
  readonly budgets: Pick<BudgetService, 'judge'>;
  /** Whether a new conversation gets its title from a model. */
  readonly titlesByModel: () => boolean;
}

export interface QuoteService {
  quote: HandlersFor<AppContract>['chat.quote'];
}

type QuoteRequest = ParsedInputOf<AppContract['chat.quote']>;
type QuotedQuestion = Omit<QuoteRequest, 'images'> & { images: AttachedImage[] };

const nothingFound: SearchPreview = { sources: [], embeddedText: null, rankable: [] };

/**
 * Quotes what a send would cost. It goes through the same planning and assembles the same messages as the run does, asks
 * no model, and keeps what it has counted of a conversation, so that it can be asked at every pause of someone typing.
 */
export function createQuoteService(deps: QuoteDeps): QuoteService {
  const { tokenCounter } = deps;
  /** Of what was chosen of a conversation for rewriting a question, the tokens it has in that request, by encoding. */
  const condensedTokens = new WeakMap<readonly Turn[], Map<string, Promise<number>>>();

  async function condenseCall({ text, images, model }: QuotedQuestion, condensed: readonly Turn[]): Promise<CountedCall> {
    const small = deps.clients.smallModelOf(model);
    const tokens = await countCondense(tokenCounter, condensed, withImageWords(text, images), small.modelId, (conversation) => {
      const byEncoding = condensedTokens.get(condensed) ?? new Map<string, Promise<number>>();
      condensedTokens.set(condensed, byEncoding);
      const encoding = tokenCounter.encodingOf(small.modelId);
      const count = byEncoding.get(encoding) ?? tokenCounter.count(conversation(), small.modelId);
      byEncoding.set(encoding, count);
      return count;
    });
    return { model: small, parts: [{ kind: 'condense', tokens }] };
  }

  async function embeddingCall(model: ModelRef, text: string): Promise<CountedCall> {
    return { model, parts: [{ kind: 'embedding', tokens: await tokenCounter.count(text, model.modelId) }] };
  }

  async function titleCall({ text, images, model }: QuotedQuestion): Promise<CountedCall> {
    const small = deps.clients.smallModelOf(model);
    const tokens = await countTitle(tokenCounter, withImageWords(text, images), small.modelId);
    return { model: small, parts: [{ kind: 'title', tokens }], isLowerBound: true };
  }

  /** The calls that help with the search. */
  async function assistingCalls({ text, model }: QuoteRequest, { rankable }: SearchPreview): Promise<CountedCall[]> {
    const small = deps.clients.smallModelOf(model);
    const options = deps.searchOptions();
    const count = async (kind: 'multi_query' | 'rerank', messages: BaseMessage[]): Promise<CountedCall> => ({
      model: small,
      parts: [{ kind, tokens: await tokenCounter.countChat(messageTexts(messages), small.modelId) }],
    });
    const calls = options.furtherQueries ? [await count('multi_query', furtherQueriesMessages(text))] : [];
    if (options.rerank && rankable.length > 1) calls.push(await count('rerank', rerankMessages(text, rankable)));
    return calls;
  }

  /** The calls a send makes besides the one for the answer. */
  async function otherCalls(
    request: QuotedQuestion,
    plan: SendPlan,
    { embedding, found }: { embedding: CountedCall | null; found: SearchPreview },
  ): Promise<CountedCall[]> {
    if (request.text === '' && request.images.length === 0) return [];
    const calls = embedding === null ? [] : [embedding];
    if (request.text !== '' && request.collectionIds.length > 0) calls.push(...(await assistingCalls(request, found)));
    if (plan.condensed !== null) calls.push(await condenseCall(request, plan.condensed));
    if (request.conversationId === null && deps.titlesByModel()) calls.push(await titleCall(request));
    return calls;
  }

  return {
    async quote(request, { signal }): Promise<Quote> {
      const { conversationId, parentId, text, model, collectionIds, scope, systemPrompt } = request;
      if (conversationId !== null) deps.history.requireParent(conversationId, parentId);
      const images = deps.images.require(request.images);
      const { providerKind, baseUrl } = deps.models.factsOf(model);
      const abilities = abilitiesOf({ kind: providerKind, baseUrl }, model.modelId);
      const { serviceTier, maxOutputTokens } = takenParameters(request.parameters, abilities);
      const branch = deps.history.branchTo(conversationId === null ? null : parentId);
      // Images alone say nothing to search for.
      const searches = (scope !== null || collectionIds.length > 0) && (text !== '' || images.length === 0);
      const { parameters } = request;
      const plan = await deps.planner.plan({ branch, model, parameters, systemPrompt, question: text, images, searches, signal });
      // The search blocks for as long as it takes: a cancellation that has arrived meanwhile comes first.
      await nextTick(undefined, { signal });
      const embeddingModel = searches ? deps.models.embeddingModel() : null;
      const vectorSpace = embeddingModel === null ? null : vectorSpaceOf(embeddingModel);
      const found = searches
        ? deps.retriever.preview({ query: text, collectionIds, scope, ...plan.window.passages }, vectorSpace)
        : nothingFound;
      const parts = await countAnswer(tokenCounter, {
        systemPrompt,
        history: plan.history,
        question: text,
        images,
        sources: searches ? found.sources : null,
        modelId: model.modelId,
      });
      signal.throwIfAborted();
      const embedding =
        embeddingModel === null || found.embeddedText === null ? null : await embeddingCall(embeddingModel, found.embeddedText);
      const counted = [{ model, parts, serviceTier }, ...(await otherCalls({ ...request, images }, plan, { embedding, found }))];
      const calls = counted.map((call) => ({ ...priceCall(deps, call), model: call.model }));
      const [answer] = calls;
      if (answer === undefined) throw new AppError('INTERNAL', 'A send without a call.');
      return {
        parts: calls.flatMap((call) => call.parts),
        inputTokens: answer.inputTokens,
        total: calls.reduce((total, { amount }) => addAmount(total, amount), emptyTotal),
        contextTokens: plan.window.contextTokens,
        isContextAssumed: plan.window.isContextAssumed,
        answerRoomTokens: plan.window.answerTokens,
        droppedTurnCount: plan.history.droppedCount,
        unchosenTurnCount: plan.history.unchosenCount,
        historyTurns: plan.historyTurns,
        answerLimit: maxOutputTokens === null ? null : { tokens: maxOutputTokens, amount: answer.outputAmount(maxOutputTokens) },
        outputPerMillion: outputRate(answer.price),
        isPriceAssumed: calls.some(({ price }) => price?.isAssumed === true),
        isCalibrated: calls.some(({ isCalibrated }) => isCalibrated),
        budget: deps.budgets.judge({
          conversationId,
          calls: calls.flatMap((call) => toSendCall(call, call === answer ? maxOutputTokens : null)),
        }),
        searchDiffers:
          found.embeddedText !== null || (searches && deps.searchOptions().furtherQueries) || (text !== '' && plan.condensed !== null),
      };
    },
  };
}

function outputRate(price: ReturnType<typeof priceCall>['price']): number | null {
  if (price === null || price.outputPerMillion === null) return null;
  return price.outputPerMillion * price.multiplier;
}
