import type { LiveUsage, Message, RunStage, RunUpdate } from '../../shared/contract/chat.ts';

/** An answer while it is written. */
export interface LiveRun {
  readonly seq: number;
  readonly stage: RunStage;
  /** When the provider may be called again (epoch milliseconds), in the stage `waiting`. */
  readonly retryAt: number | null;
  /** When the thinking that is shown began, in epoch milliseconds; null before it has. */
  readonly reasoningSince: number | null;
  readonly message: Message;
  readonly live: LiveUsage | null;
}

/**
 * The run after an update. A snapshot starts over; any other update without a snapshot before it, or one
 * already applied, changes nothing.
 */
export function applyUpdate(run: LiveRun | undefined, update: RunUpdate): LiveRun | undefined {
  const { seq } = update;
  if (update.type === 'snapshot') {
    const { stage, retryAt, reasoningSince, message, live } = update;
    return { seq, stage, retryAt, reasoningSince, message, live };
  }
  if (run === undefined || seq <= run.seq) return run;
  switch (update.type) {
    case 'stage':
      return {
        ...run,
        seq,
        stage: update.stage,
        retryAt: update.retryAt,
        message: { ...run.message, condensedQuestion: update.condensedQuestion },
      };
    case 'sources':
      return { ...run, seq, message: { ...run.message, sources: update.sources } };
    case 'reasoning': {
      const { delta, reasoningSince, reasoningMs } = update;
      const message = { ...run.message, reasoning: run.message.reasoning + delta, reasoningMs };
      return { ...run, seq, ...writing(delta), reasoningSince, message };
    }
    case 'text':
      return {
        ...run,
        seq,
        ...writing(update.delta),
        live: update.live,
        message: { ...run.message, text: run.message.text + update.delta },
      };
    case 'end':
      return { ...run, seq, message: update.message };
  }
}

/** The first words, of thinking or of the answer, end every earlier stage; a counter that has moved does not. */
function writing(delta: string): Pick<LiveRun, 'stage' | 'retryAt'> | null {
  return delta === '' ? null : { stage: 'answering', retryAt: null };
}
