import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { AttachedImage } from '../../../shared/contract/images.ts';
import type { ModelParameters } from '../../../shared/contract/parameters.ts';
import { abilitiesOf, takenParameters } from '../../../shared/model-abilities.ts';
import type { KnownModels } from '../providers/model-facts.ts';
import type { ProviderClients } from '../providers/provider-clients.ts';
import type { TokenCounter } from '../spend/tokens/token-counter.ts';
import type { Branch, StoredTurn } from './branch-history.ts';
import { chooseCondensed, condensedShare, condensedTokens } from './choose-condensed.ts';
import { createTurnCounter } from './count-turns.ts';
import { inWords } from './image-content.ts';
import { lastTurns } from './last-turns.ts';
import type { Turn } from './prompt.ts';
import { countAnswer, type HistoryTokens } from './quote-calls.ts';
import { assumedContextTokens, passageRoom, shareWindow, type WindowShares } from './share-window.ts';
import { summaryTurns } from './summary-prompts.ts';
import { trimHistory } from './trim-history.ts';

export interface SendRequest {
  /** What the question follows. */
  readonly branch: Branch;
  readonly model: ModelRef;
  readonly parameters: ModelParameters;
  readonly systemPrompt: string;
  /** Empty: nothing has been typed yet, or images say it all. */
  readonly question: string;
  readonly images: readonly AttachedImage[];
  /** Documents are searched. */
  readonly searches: boolean;
  readonly signal: AbortSignal;
}

/** What of a branch goes along with a question. */
export interface PlannedHistory extends HistoryTokens {
  /** Oldest first; the summary, where there is one, as its first two turns. */
  readonly turns: readonly Turn[];
  /** Earlier messages that are left out because they do not fit. */
  readonly droppedCount: number;
  /** Those before them, which are left out because fewer turns were chosen. */
  readonly unchosenCount: number;
  /** The oldest message that goes along as it is; null when none does. */
  readonly firstMessageId: string | null;
}

/** What is settled about a send before any model is asked. A run carries it out, a quote prices it. */
export interface SendPlan {
  readonly history: PlannedHistory;
  /**
   * What is shown of the conversation to rewrite the question first, so that it can be searched for without it; null: it is searched for
   * as it is. The same object for the same branch, as long as it is the last one that was planned for.
   */
  readonly condensed: readonly Turn[] | null;
  readonly window: WindowShares;
  /** The most turns that were chosen to go along; null: all that fit. */
  readonly historyTurns: number | null;
}

export interface SendPlanner {
  /** Throws AppError NOT_FOUND when there is no such provider. Rejects with the signal's reason when it aborts meanwhile. */
  plan(request: SendRequest): Promise<SendPlan>;
  /** The tokens each of these turns has in a prompt for this model. Rejects like `plan`. */
  countTurns(turns: readonly StoredTurn[], modelId: string, signal: AbortSignal): Promise<number[]>;
}

export interface SendPlannerDeps {
  readonly tokenCounter: TokenCounter;
  readonly models: Pick<KnownModels, 'factsOf'>;
  readonly clients: Pick<ProviderClients, 'smallModelOf'>;
}

/** A branch as it would go along if there were room for all of it. */
interface ChosenBranch {
  /** The summary, as turns; empty: there is none. */
  readonly pinned: readonly Turn[];
  readonly turns: readonly StoredTurn[];
  readonly unchosenCount: number;
}

/**
 * Plans sends. What a stored message has in a prompt is counted once: it never changes after it was settled, and a
 * quote is asked for at every pause of someone typing.
 */
export function createSendPlanner({ tokenCounter, models, clients }: SendPlannerDeps): SendPlanner {
  const countTurn = createTurnCounter(tokenCounter);
  const chosenOf = rememberLast(chooseTurns);
  const condensedOf = rememberLast((chosen: ChosenBranch, modelId: string, budgetTokens: number) =>
    chooseCondensed({ summary: chosen.pinned, turns: chosen.turns }, budgetTokens, (text) => tokenCounter.count(text, modelId)),
  );
  let last: { readonly chosen: ChosenBranch; readonly modelId: string; readonly history: PlannedHistory } | null = null;

  async function fitHistory(chosen: ChosenBranch, modelId: string, budgetTokens: number, signal: AbortSignal): Promise<PlannedHistory> {
    if (last?.chosen === chosen && last.modelId === modelId && isWhole(last.history, budgetTokens)) return last.history;
    const messages = chosen.pinned.map(({ role, text }) => ({ role, content: text }));
    const { perMessage } = await tokenCounter.countChatParts(messages, modelId);
    const summaryTokens = perMessage.reduce((sum, tokens) => sum + tokens, 0);
    const { turns, ...fitting } = await trimHistory(chosen.turns, budgetTokens - summaryTokens, countTurn(modelId, signal));
    const { pinned, unchosenCount } = chosen;
    const firstMessageId = turns[0]?.messageId ?? null;
    const history = { ...fitting, turns: [...pinned, ...turns], summaryTokens, unchosenCount, firstMessageId };
    last = { chosen, modelId, history };
    return history;
  }

  /** The tokens of all but the history, with what is kept for passages. */
  async function countRest({ model, searches, ...request }: SendRequest, window: WindowShares): Promise<number> {
    const sources = searches ? [] : null;
    const history = { summaryTokens: 0, tokens: 0 };
    const parts = await countAnswer(tokenCounter, { ...request, history, sources, modelId: model.modelId });
    return parts.reduce((sum, { tokens }) => sum + tokens, searches ? passageRoom(window) : 0);
  }

  return {
    async plan(request) {
      const { branch, model, parameters, searches, signal } = request;
      const { providerKind, baseUrl, contextTokens, outputTokens, takesImages } = models.factsOf(model);
      const taken = takenParameters(parameters, abilitiesOf({ kind: providerKind, baseUrl }, model.modelId));
      const window = shareWindow({ contextTokens, modelOutputTokens: outputTokens, askedOutputTokens: taken.maxOutputTokens });
      const chosen = chosenOf(branch, takesImages, taken.historyTurns);
      const budgetTokens = window.contextTokens - window.answerTokens - (await countRest(request, window));
      const history = await fitHistory(chosen, model.modelId, budgetTokens, signal);
      const condenses = searches && chosen.pinned.length + chosen.turns.length > 0;
      const small = clients.smallModelOf(model);
      const smallWindow = models.factsOf(small).contextTokens ?? assumedContextTokens;
      const shown = Math.min(condensedTokens, Math.floor(smallWindow * condensedShare));
      const condensed = condenses ? await condensedOf(chosen, small.modelId, shown) : null;
      return { history, condensed, window, historyTurns: taken.historyTurns };
    },
    async countTurns(turns, modelId, signal) {
      const count = countTurn(modelId, signal);
      const counts: number[] = [];
      for (const turn of turns) {
        const counted = count(turn);
        counts.push(typeof counted === 'number' ? counted : await counted);
      }
      return counts;
    },
  };
}

/** What the person chose to send of a branch, in words where the model takes no images. A summary goes along with any turns, and not without. */
function chooseTurns({ summary, turns }: Branch, takesImages: boolean, historyTurns: number | null): ChosenBranch {
  const chosen = lastTurns(turns, historyTurns);
  return {
    pinned: summary === null || historyTurns === 0 ? [] : summaryTurns(summary.text),
    turns: takesImages ? chosen : chosen.map(inWords),
    unchosenCount: turns.length - chosen.length,
  };
}

function isWhole({ droppedCount, summaryTokens, tokens }: PlannedHistory, budgetTokens: number): boolean {
  return droppedCount === 0 && summaryTokens + tokens <= budgetTokens;
}

/** The same function, which does not work out again what it was asked last. Arguments are compared by identity. */
function rememberLast<Args extends readonly unknown[], Result>(work: (...args: Args) => Result): (...args: Args) => Result {
  let known: { readonly args: Args; readonly result: Result } | null = null;
  return (...args) => {
    if (known?.args.every((arg, index) => arg === args[index]) !== true) known = { args, result: work(...args) };
    return known.result;
  };
}
