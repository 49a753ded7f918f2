import { setTimeout as delay } from 'node:timers/promises';
import type { LiveUsage, Message, RunStage, RunUpdate, Source } from '../../../shared/contract/chat.ts';

/** Shortest time between two pieces of text to one watcher: about two frames. */
const coalesceMs = 33;

/** What a run has come to so far. */
export interface RunState {
  readonly stage: RunStage;
  /** The end of the wait the provider has asked for, in epoch milliseconds; null when it has not. */
  readonly retryAt: number | null;
  readonly condensedQuestion: string | null;
  readonly sources: readonly Source[];
  readonly text: string;
  readonly reasoning: string;
  /** When the thinking that is shown began, in epoch milliseconds, and how long it took; null until then. */
  readonly reasoningSince: number | null;
  readonly reasoningMs: number | null;
  readonly live: LiveUsage | null;
}

/** A run while it is under way. It belongs to the core: watchers come and go without touching it. */
export interface LiveRun {
  readonly runId: string;
  readonly conversationId: string;
  state(): RunState;
  update(change: Partial<RunState>): void;
  /** Ends it for every watcher with the message as it was stored. */
  finish(message: Message): void;
  /** A snapshot first, then changes, then the end. Ends early, without an error, when the signal aborts. */
  watch(signal: AbortSignal): AsyncIterable<RunUpdate>;
}

/**
 * Holds the state of one run and lets any number of watchers follow it. A watcher remembers how far it has read
 * instead of queueing, so a slow one costs no memory and one that comes back misses nothing.
 */
export function createLiveRun(placeholder: Message, runId: string): LiveRun {
  let state: RunState = {
    stage: 'starting',
    retryAt: null,
    condensedQuestion: null,
    sources: [],
    text: '',
    reasoning: '',
    reasoningSince: null,
    reasoningMs: null,
    live: null,
  };
  let final: Message | null = null;
  let wake = Promise.withResolvers<void>();

  function announce(): void {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  }

  function snapshotMessage(): Message {
    const { text, reasoning, reasoningMs, sources, condensedQuestion } = state;
    return { ...placeholder, text, reasoning, reasoningMs, sources: [...sources], condensedQuestion };
  }

  async function* watch(signal: AbortSignal): AsyncIterable<RunUpdate> {
    const stopped = whenAborted(signal);
    let seq = 0;
    let seen = state;
    const { reasoningSince, live } = seen;
    yield { type: 'snapshot', seq, ...stageOf(seen), reasoningSince, message: final ?? snapshotMessage(), live };
    while (!signal.aborted) {
      const change = wake.promise;
      if (final === null && seen === state) {
        await Promise.race([change, stopped]);
        continue;
      }
      for (const update of changesSince(seen, state)) yield { ...update, seq: (seq += 1) };
      seen = state;
      if (final !== null) {
        yield { type: 'end', seq: seq + 1, message: final };
        return;
      }
      await Promise.race([delay(coalesceMs, undefined, { ref: false }), stopped]);
    }
  }

  return {
    runId,
    conversationId: placeholder.conversationId,
    state: () => state,
    update(change) {
      state = { ...state, ...change };
      announce();
    },
    finish(message) {
      final = message;
      announce();
    },
    watch,
  };
}

/** A wait hides the stage it interrupts. */
function stageOf({ stage, retryAt }: RunState): { stage: RunStage; retryAt: number | null } {
  return { stage: retryAt === null ? stage : 'waiting', retryAt };
}

function changesSince(seen: RunState, now: RunState): RunUpdate[] {
  const changes: RunUpdate[] = [];
  if (seen.stage !== now.stage || seen.retryAt !== now.retryAt || seen.condensedQuestion !== now.condensedQuestion) {
    changes.push({ type: 'stage', seq: 0, ...stageOf(now), condensedQuestion: now.condensedQuestion });
  }
  if (seen.sources !== now.sources) changes.push({ type: 'sources', seq: 0, sources: [...now.sources] });
  if (seen.reasoning !== now.reasoning || seen.reasoningMs !== now.reasoningMs) {
    const { reasoningSince, reasoningMs } = now;
    changes.push({ type: 'reasoning', seq: 0, delta: now.reasoning.slice(seen.reasoning.length), reasoningSince, reasoningMs });
  }
  if (seen.text !== now.text || seen.live !== now.live) {
    changes.push({ type: 'text', seq: 0, delta: now.text.slice(seen.text.length), live: now.live });
  }
  return changes;
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
