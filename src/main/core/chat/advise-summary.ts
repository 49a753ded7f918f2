import type { SummaryAdvice } from '../../../shared/contract/context.ts';
import type { Dismissal } from '../conversations/summary-store.ts';
import type { TurnForecast } from './forecast-turn.ts';

/** What is known when a summary is thought of. Turns and tokens are those of the next request. */
export interface AdviceFacts {
  /** Messages the summary would stand for. */
  readonly messageCount: number;
  /** Of the conversation, a summary in use included, now and once the summary is there. */
  readonly historyTokens: number;
  readonly historyTokensAfter: number;
  readonly now: TurnForecast;
  readonly after: TurnForecast;
  /** A turn that is told nothing of the conversation. */
  readonly withoutHistory: TurnForecast;
  readonly summary: SummaryAdvice['summary'];
  /** The model's window; null when nobody says how large it is. */
  readonly contextTokens: number | null;
  /** Earlier turns are left out already. */
  readonly isTrimmed: boolean;
  /** null: nobody has declined a summary here. */
  readonly dismissal: Dismissal | null;
}

/** With less history than this nothing is worth saying, in tokens. */
const smallestHistoryTokens = 4_000;
const fullWindowShare = 0.6;
/** The history makes up most of a turn from here on. */
const mostShare = 0.5;
/** A summary that leaves more of the history than this share is not worth it. */
const largestRest = 0.5;
/** A summary has to pay for itself within this many turns. */
const turnsToPayBack = 10;

/**
 * What to say about a summary. null when it is not worth a word: while the history is short, or is neither most of the next turn's
 * cost nor near to filling the window; when a summary would change little, or pay for itself late; and, since one was declined, until
 * a turn has come to twice what it was then.
 */
export function adviseSummary(facts: AdviceFacts): SummaryAdvice | null {
  const { messageCount, historyTokens, now, after, summary, contextTokens, isTrimmed } = facts;
  const isWindowFull = isTrimmed || (contextTokens !== null && now.inputTokens / contextTokens >= fullWindowShare);
  if (historyTokens < smallestHistoryTokens || (!isWindowFull && historyShareOf(facts) <= mostShare)) return null;
  // Where messages are left out, the summary also brings back what they said.
  if (facts.historyTokensAfter > historyTokens * (isTrimmed ? 1 : largestRest)) return null;
  if (!paysBack(facts) || isDismissed(facts)) return null;
  return { messageCount, now, after, summary, isWindowFull };
}

/** Of the money where there is a price, else of the tokens. */
function historyShareOf({ historyTokens, now, withoutHistory }: AdviceFacts): number {
  if (!('costNanos' in now.amount) || !('costNanos' in withoutHistory.amount) || now.amount.costNanos === 0) {
    return historyTokens / now.inputTokens;
  }
  return 1 - withoutHistory.amount.costNanos / now.amount.costNanos;
}

/** What has no price pays back at once. */
function paysBack({ now, after, summary }: AdviceFacts): boolean {
  if (!('costNanos' in now.amount) || !('costNanos' in after.amount)) return true;
  const summaryNanos = 'costNanos' in summary.amount ? summary.amount.costNanos : 0;
  return summaryNanos <= (now.amount.costNanos - after.amount.costNanos) * turnsToPayBack;
}

function isDismissed({ dismissal, now }: AdviceFacts): boolean {
  if (dismissal === null) return false;
  if (dismissal.costNanos !== null && 'costNanos' in now.amount) return now.amount.costNanos < dismissal.costNanos * 2;
  return now.inputTokens < dismissal.inputTokens * 2;
}
