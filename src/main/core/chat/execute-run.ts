import type { Failure, LiveUsage, ModelRef, SearchScope } from '../../../shared/contract/chat.ts';
import type { ModelParameters } from '../../../shared/contract/parameters.ts';
import type { AttachedImage } from '../../../shared/contract/images.ts';
import type { RequestPart } from '../../../shared/contract/request-part.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import type { ImageStore } from '../conversations/image-store.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { toStorageError } from '../db/database.ts';
import { failureOf } from '../providers/describe-failure.ts';
import type { MeteredChatModel, ProviderClients } from '../providers/provider-clients.ts';
import type { Retriever } from '../retrieval/retrieve.ts';
import { CostCallbackHandler } from '../spend/cost-callback.ts';
import type { PriceBook } from '../spend/prices/price-book.ts';
import type { TokenCounter } from '../spend/tokens/token-counter.ts';
import type { Branch } from './branch-history.ts';
import { buildChain, type ChainOutput } from './build-chain.ts';
import { countRequestParts } from './count-request-parts.ts';
import { decideOutcome, type Verdict } from './decide-outcome.ts';
import { imageUrls } from './image-content.ts';
import type { LiveRun } from './live-run.ts';
import type { PlannedHistory, SendPlanner } from './plan-send.ts';
import type { AnswerRequest } from './quote-calls.ts';
import { readAnswerChunk, type AnswerPiece } from './read-answer-chunk.ts';
import { createSearchAssistant, type RunAssistant, type SearchOptions } from './search-assistant.ts';
import { createTextSaver, type TextSaver } from './save-while-streaming.ts';
import { settleRun, type SettleRunDeps } from './settle-run.ts';

export interface RunDeps extends SettleRunDeps {
  readonly images: Pick<ImageStore, 'get'>;
  readonly clients: ProviderClients;
  readonly retriever: Retriever;
  readonly planner: SendPlanner;
  /** Which calls may help with a search. */
  readonly searchOptions: () => SearchOptions;
  readonly priceBook: PriceBook;
  readonly tokenCounter: TokenCounter;
}

/** How a question is asked. */
export interface AskedWith {
  readonly model: ModelRef;
  readonly collectionIds: readonly string[];
  readonly parameters: ModelParameters;
  readonly systemPrompt: string;
}

/** One question to be answered. The question and an empty answer are stored already. */
export interface RunRequest extends AskedWith {
  readonly runId: string;
  readonly conversationId: string;
  readonly answerId: string;
  readonly question: string;
  readonly images: readonly AttachedImage[];
  /** Searched instead of the collections. */
  readonly scope: SearchScope | null;
  /** What the question follows. */
  readonly branch: Branch;
}

/**
 * Carries one run through the chain and settles it, however it ends: the answer with its status is stored in one
 * transaction after every attempt has been booked. Never throws. Returns what the answer came to.
 */
export async function executeRun(deps: RunDeps, request: RunRequest, run: LiveRun, signal: AbortSignal): Promise<Verdict> {
  const savers: Savers = {
    text: createTextSaver((delta) => deps.messages.appendText(request.answerId, delta)),
    reasoning: createTextSaver((delta) => deps.messages.appendReasoning(request.answerId, delta)),
  };
  const steps: Steps = { condense: null, assistant: null, answer: null, notice: null, isCut: false, history: null, assembled: null };
  const describe = (error: unknown): Failure => {
    const said = failureOf(toStorageError(error, ''), { signal, modelId: request.model.modelId, now: deps.now() });
    const failure = refusalOfUnset(said, request.parameters) ? { ...said, code: 'REQUEST_REJECTED' } : said;
    deps.log.warn('run.failed', { runId: request.runId, code: failure.code });
    return failure;
  };
  let failure: Failure | null = null;
  let answerCalls: readonly UsageRecord[] = [];
  try {
    await streamChain(deps, request, run, steps, savers, signal);
  } catch (error) {
    failure = describe(error);
  }
  savers.text.close();
  savers.reasoning.close();
  try {
    await steps.condense?.call.settled();
    await steps.assistant?.settled();
    answerCalls = (await steps.answer?.call.settled()) ?? [];
  } catch (error) {
    // A record that could not be booked (a full disk) is worse than whatever went wrong before it.
    failure = describe(error);
  }
  endReasoning(deps, run);
  const { text } = run.state();
  const { isCut } = steps;
  const limitTokens = request.parameters.maxOutputTokens;
  const verdict = decideOutcome({ stoppedByUser: signal.aborted, failure, text, isCut, limitTokens, answerCalls });
  return settleRun(deps, request, run, { verdict, notice: steps.notice, parts: await countParts(deps, request, steps) });
}

/** What the request for the answer was made of. A receipt can do without it, so counting that fails ends nothing. */
async function countParts(
  deps: RunDeps,
  { systemPrompt, question, images, model }: RunRequest,
  { assembled }: Steps,
): Promise<RequestPart[]> {
  if (assembled === null) return [];
  try {
    return await countRequestParts(deps.tokenCounter, { ...assembled, systemPrompt, question, images, modelId: model.modelId });
  } catch {
    deps.log.warn('run.parts_not_counted');
    return [];
  }
}

function isSearched({ question, collectionIds, scope }: RunRequest): boolean {
  // Images alone say nothing to search for.
  return question !== '' && (scope !== null || collectionIds.length > 0);
}

/** A refusal of a parameter nobody has set cannot be cured by leaving it out. */
function refusalOfUnset({ code, data }: Failure, parameters: ModelParameters): boolean {
  const set = Object.entries(parameters).filter(([, value]) => value !== null);
  return code === 'PARAMETER_REFUSED' && !set.some(([name]) => name === data?.parameter);
}

/** What a run has opened so far; what is not null has to be settled. */
interface Steps {
  condense: MeteredChatModel | null;
  assistant: RunAssistant | null;
  answer: MeteredChatModel | null;
  notice: Failure | null;
  /** The answer stopped at its limit of tokens. */
  isCut: boolean;
  history: PlannedHistory | null;
  /** What the request for the answer was put together from, once it was. */
  assembled: Pick<AnswerRequest, 'history' | 'sources'> | null;
}

interface Savers {
  readonly text: TextSaver;
  readonly reasoning: TextSaver;
}

async function streamChain(
  deps: RunDeps,
  request: RunRequest,
  run: LiveRun,
  steps: Steps,
  savers: Savers,
  signal: AbortSignal,
): Promise<void> {
  const { runId, conversationId, answerId: messageId, model } = request;
  const attribution = { runId, conversationId, messageId, documentId: null };
  const searches = isSearched(request);
  const showWait = (retryAt: number | null): void => run.update({ retryAt });
  steps.answer = await deps.clients.chatModel(model, { ...attribution, purpose: 'answer' }, request.parameters);
  steps.answer.call.onWaiting(showWait);
  // A question is never asked without its images.
  if (!steps.answer.takesImages && request.images.length > 0) throw new AppError('IMAGES_NOT_TAKEN', 'The model takes no images.');
  const { history, condensed, window } = await deps.planner.plan({ ...request, searches, signal });
  steps.history = history;
  if (condensed !== null) {
    steps.condense = await deps.clients.chatModel(deps.clients.smallModelOf(model), { ...attribution, purpose: 'condense' });
    steps.condense.call.onWaiting(showWait);
  }
  run.update({ stage: steps.condense !== null ? 'rewriting' : searches ? 'searching' : 'answering' });
  const cost = new CostCallbackHandler({
    priceBook: deps.priceBook,
    tokenCounter: deps.tokenCounter,
    onUpdate: (live: LiveUsage) => run.update({ live }),
  });
  const assistant = createSearchAssistant(deps.clients, { model, attribution, signal, onWaiting: showWait }, deps.searchOptions());
  steps.assistant = assistant;
  const chain = buildChain({
    condenseModel: steps.condense?.model ?? null,
    answerModel: steps.answer.model,
    imageUrlOf: imageUrls(deps.images),
    retrieve: searches
      ? (query) =>
          deps.retriever.retrieve({
            query,
            collectionIds: request.collectionIds,
            scope: request.scope,
            ...window.passages,
            attribution: { runId, conversationId, messageId },
            signal,
            assistant,
          })
      : null,
  });
  const { systemPrompt, question, images } = request;
  const input = { systemPrompt, question, images, history: history.turns, condensed: condensed ?? [] };
  const chunks = await chain.stream(input, { signal, callbacks: [cost] });
  for await (const chunk of chunks) {
    takeStep(deps, request, run, steps, chunk);
    if (chunk.answer !== undefined) takeAnswer(deps, run, steps, savers, readAnswerChunk(chunk.answer));
  }
}

/** Applies what the chain says of its way to the answer to the run and to what is stored of it. */
function takeStep(deps: RunDeps, request: RunRequest, run: LiveRun, steps: Steps, chunk: Partial<ChainOutput>): void {
  if (chunk.standaloneQuestion !== undefined && chunk.standaloneQuestion !== request.question) {
    deps.messages.setCondensedQuestion(request.answerId, chunk.standaloneQuestion);
    run.update({ stage: 'searching', condensedQuestion: chunk.standaloneQuestion });
  } else if (chunk.standaloneQuestion !== undefined && isSearched(request)) {
    run.update({ stage: 'searching' });
  }
  if (chunk.retrieval !== undefined && steps.history !== null) {
    steps.assembled = { history: steps.history, sources: chunk.retrieval?.sources ?? null };
  }
  if (chunk.retrieval) {
    steps.notice = chunk.retrieval.notice;
    deps.messages.saveSources(request.answerId, chunk.retrieval.sources);
    deps.messages.saveTrace(request.answerId, chunk.retrieval.trace);
    run.update({ stage: 'answering', sources: chunk.retrieval.sources });
  }
}

function takeAnswer(deps: RunDeps, run: LiveRun, steps: Steps, savers: Savers, piece: AnswerPiece): void {
  steps.isCut ||= piece.isCut;
  if (piece.reasoning !== '') {
    const { reasoning, reasoningSince } = run.state();
    run.update({ stage: 'answering', reasoning: reasoning + piece.reasoning, reasoningSince: reasoningSince ?? deps.now() });
    savers.reasoning.add(piece.reasoning);
  }
  if (piece.text === '') return;
  endReasoning(deps, run);
  run.update({ stage: 'answering', text: run.state().text + piece.text });
  savers.text.add(piece.text);
}

/** Thinking is over with the first word of the answer, or with the run. */
function endReasoning(deps: RunDeps, run: LiveRun): void {
  const { reasoningSince, reasoningMs } = run.state();
  if (reasoningSince !== null && reasoningMs === null) run.update({ reasoningMs: Math.max(0, deps.now() - reasoningSince) });
}
