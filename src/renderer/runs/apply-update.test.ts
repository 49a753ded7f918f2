import { describe, expect, it } from 'vitest';
import { emptyTotal } from '../../shared/amount.ts';
import type { Message, RunUpdate } from '../../shared/contract/chat.ts';
import { applyUpdate, type LiveRun } from './apply-update.ts';

function message(text: string, status: Message['status'] = 'streaming'): Message {
  return {
    id: 'a1',
    conversationId: 'c1',
    parentId: 'q1',
    role: 'assistant',
    images: [],
    text,
    status,
    failure: null,
    notice: null,
    model: null,
    modelLabel: null,
    runId: 'r1',
    condensedQuestion: null,
    scope: null,
    imported: null,
    reasoning: '',
    reasoningMs: null,
    sources: [],
    receipt: null,
    siblingIds: ['a1'],
    comparedIds: [],
    createdAt: 0,
    finishedAt: null,
  };
}

function play(updates: readonly RunUpdate[]): LiveRun | undefined {
  return updates.reduce<LiveRun | undefined>(applyUpdate, undefined);
}

const snapshot: RunUpdate = {
  type: 'snapshot',
  seq: 4,
  stage: 'answering',
  retryAt: null,
  reasoningSince: null,
  message: message('Once a '),
  live: null,
};

describe('applyUpdate', () => {
  it('goes on from the text of the snapshot', () => {
    const run = play([snapshot, { type: 'text', seq: 5, delta: 'year', live: null }, { type: 'text', seq: 6, delta: '.', live: null }]);
    expect(run?.message.text).toBe('Once a year.');
  });

  it('does not write again what the snapshot already holds', () => {
    const run = play([snapshot, { type: 'text', seq: 4, delta: 'a ', live: null }, { type: 'text', seq: 5, delta: 'year', live: null }]);
    expect(run?.message.text).toBe('Once a year');
  });

  it('starts over with a second snapshot, as after a lost connection', () => {
    const again: RunUpdate = { ...snapshot, seq: 2, message: message('Once') };
    const run = play([snapshot, again, { type: 'text', seq: 3, delta: ' more', live: null }]);
    expect(run?.message.text).toBe('Once more');
  });

  it('ignores what comes before any snapshot', () => {
    expect(play([{ type: 'text', seq: 1, delta: 'lost', live: null }])).toBeUndefined();
  });

  it('goes on showing a wait while only the counter moves', () => {
    const live = { inputTokens: 5, outputTokens: 0, total: emptyTotal };
    const waiting = play([
      snapshot,
      { type: 'stage', seq: 5, stage: 'waiting', retryAt: 9, condensedQuestion: null },
      { type: 'text', seq: 6, delta: '', live },
    ]);
    expect(waiting).toMatchObject({ stage: 'waiting', retryAt: 9, live });
  });

  it('keeps thinking apart from the answer, and how long it took', () => {
    const run = play([
      { ...snapshot, stage: 'starting', message: message('') },
      { type: 'reasoning', seq: 5, delta: 'Let me ', reasoningSince: 70, reasoningMs: null },
      { type: 'reasoning', seq: 6, delta: 'see.', reasoningSince: 70, reasoningMs: null },
      { type: 'reasoning', seq: 7, delta: '', reasoningSince: 70, reasoningMs: 30 },
      { type: 'text', seq: 8, delta: 'Yes.', live: null },
    ]);
    expect(run).toMatchObject({ stage: 'answering', reasoningSince: 70 });
    expect(run?.message).toMatchObject({ reasoning: 'Let me see.', reasoningMs: 30, text: 'Yes.' });
  });

  it('ends with the message the core has stored', () => {
    const run = play([snapshot, { type: 'end', seq: 9, message: message('Once a year.', 'done') }]);
    expect(run?.message).toMatchObject({ status: 'done', text: 'Once a year.' });
  });
});
