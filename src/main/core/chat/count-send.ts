import { setImmediate as nextTick } from 'node:timers/promises';
import type { BaseMessage } from '@langchain/core/messages';
import type { AttachedImage } from '../../../shared/contract/images.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { ModelRef } from '../../../shared/contract/chat.ts';
import { abilitiesOf, takenParameters } from '../../../shared/model-abilities.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { ParsedInputOf } from '../../../shared/rpc/define.ts';
import { vectorSpaceOf, type ProviderClients } from '../providers/provider-clients.ts';
import type { Retriever, SearchPreview } from '../retrieval/retrieve.ts';
import type { SendCall } from '../spend/budgets/budget-service.ts';
import { messageTexts } from '../spend/langchain-texts.ts';
import type { TokenCounter } from '../spend/tokens/token-counter.ts';
import type { BranchHistory } from './branch-history.ts';
import { toSendCall } from './budgeted-call.ts';
import { withImageWords } from './image-content.ts';
import type { SendPlan, SendPlanner } from './plan-send.ts';
import type { Turn } from './prompt.ts';
import { countAnswer, countCondense, countTitle } from './quote-calls.ts';
import { priceCall, type CountedCall, type PricedCall, type PricingDeps } from './quote-price.ts';
import type { SearchOptions } from './search-assistant.ts';
import { furtherQueriesMessages, rerankMessages } from './search-prompts.ts';

export interface SendCountDeps extends PricingDeps {
  readonly clients: Pick<ProviderClients, 'smallModelOf'>;
  readonly retriever: Pick<Retriever, 'preview'>;
  readonly tokenCounter: TokenCounter;
  readonly history: BranchHistory;
  readonly planner: SendPlanner;
  readonly searchOptions: () => SearchOptions;
  /** Whether a new conversation gets its title from a model. */
  readonly titlesByModel: () => boolean;
}

/** A question as it would be sent, with its images looked up. */
export type QuotedQuestion = Omit<ParsedInputOf<AppContract['chat.quote']>, 'images'> & { images: AttachedImage[] };

/** Every call a send would make, counted and priced. */
export interface CountedSend {
  readonly plan: SendPlan;
  /** The one for the answer, and all of them. */
  readonly answer: PricedCall;
  readonly calls: readonly PricedCall[];
  /** As the budgets see them. */
  readonly sendCalls: readonly SendCall[];
  /** The most the answer may have; null: no limit is set. */
  readonly maxOutputTokens: number | null;
  /** The send searches in another way than is done here, where nothing may cost anything. */
  readonly searchDiffers: boolean;
}

export type CountSend = (question: QuotedQuestion, isBeside: boolean, signal: AbortSignal) => Promise<CountedSend>;

const nothingFound: SearchPreview = { sources: [], embeddedText: null, rankable: [] };

/** Counts sends, and keeps what it has counted of a conversation. `isBeside`: an answer beside another, which names no conversation. */
export function createSendCounter(deps: SendCountDeps): CountSend {
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
  async function assistingCalls({ text, model }: QuotedQuestion, { rankable }: SearchPreview): Promise<CountedCall[]> {
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
    { embedding, found, isBeside }: { embedding: CountedCall | null; found: SearchPreview; isBeside: boolean },
  ): Promise<CountedCall[]> {
    if (request.text === '' && request.images.length === 0) return [];
    const calls = embedding === null ? [] : [embedding];
    if (request.text !== '' && request.collectionIds.length > 0) calls.push(...(await assistingCalls(request, found)));
    if (plan.condensed !== null) calls.push(await condenseCall(request, plan.condensed));
    if (!isBeside && request.conversationId === null && deps.titlesByModel()) calls.push(await titleCall(request));
    return calls;
  }

  return async (question, isBeside, signal) => {
    const { conversationId, parentId, text, images, model, collectionIds, scope, systemPrompt, parameters } = question;
    const { providerKind, baseUrl } = deps.models.factsOf(model);
    const { serviceTier, maxOutputTokens } = takenParameters(parameters, abilitiesOf({ kind: providerKind, baseUrl }, model.modelId));
    const branch = deps.history.branchTo(conversationId === null ? null : parentId);
    // Images alone say nothing to search for.
    const searches = (scope !== null || collectionIds.length > 0) && (text !== '' || images.length === 0);
    const plan = await deps.planner.plan({ branch, model, parameters, systemPrompt, question: text, images, searches, signal });
    // The search blocks for as long as it takes: a cancellation that has arrived meanwhile comes first.
    await nextTick(undefined, { signal });
    const embeddingModel = searches ? deps.models.embeddingModel() : null;
    const vectorSpace = embeddingModel === null ? null : vectorSpaceOf(embeddingModel);
    const found = searches
      ? deps.retriever.preview({ query: text, collectionIds, scope, ...plan.window.passages }, vectorSpace)
      : nothingFound;
    const sources = searches ? found.sources : null;
    const parts = await countAnswer(tokenCounter, {
      systemPrompt,
      history: plan.history,
      question: text,
      images,
      sources,
      modelId: model.modelId,
    });
    signal.throwIfAborted();
    const embedding =
      embeddingModel === null || found.embeddedText === null ? null : await embeddingCall(embeddingModel, found.embeddedText);
    const counted = [{ model, parts, serviceTier }, ...(await otherCalls(question, plan, { embedding, found, isBeside }))];
    const calls = counted.map((call) => ({ ...priceCall(deps, call), model: call.model }));
    const [answer] = calls;
    if (answer === undefined) throw new AppError('INTERNAL', 'A send without a call.');
    return {
      plan,
      answer,
      calls,
      sendCalls: calls.flatMap((call) => toSendCall(call, call === answer ? maxOutputTokens : null)),
      maxOutputTokens,
      searchDiffers:
        found.embeddedText !== null || (searches && deps.searchOptions().furtherQueries) || (text !== '' && plan.condensed !== null),
    };
  };
}
