import { expect, test } from 'vitest';
import type { Message, RunUpdate } from '../../../shared/contract/chat.ts';
import { createLiveRun } from './live-run.ts';

const placeholder: Message = {
  id: 'answer',
  conversationId: 'conversation',
  parentId: 'question',
  role: 'assistant',
  images: [],
  text: '',
  status: 'streaming',
  failure: null,
  notice: null,
  model: null,
  modelLabel: null,
  runId: 'run',
  condensedQuestion: null,
  scope: null,
  imported: null,
  reasoning: '',
  reasoningMs: null,
  sources: [],
  receipt: null,
  siblingIds: ['answer'],
  comparedIds: [],
  createdAt: 0,
  finishedAt: null,
};

async function collect(updates: AsyncIterable<RunUpdate>): Promise<RunUpdate[]> {
  const all: RunUpdate[] = [];
  for await (const update of updates) all.push(update);
  return all;
}

function textOf(updates: readonly RunUpdate[]): string {
  return updates.map((update) => (update.type === 'snapshot' ? update.message.text : update.type === 'text' ? update.delta : '')).join('');
}

test('a watcher that comes late gets what was written as a snapshot and the rest as changes', async () => {
  const run = createLiveRun(placeholder, 'run');
  run.update({ text: 'Once a ' });
  const iterator = run.watch(new AbortController().signal)[Symbol.asyncIterator]();
  const first = await iterator.next();
  run.update({ text: 'Once a year' });
  run.update({ text: 'Once a year.' });
  run.finish({ ...placeholder, text: 'Once a year.', status: 'done' });
  const updates = [first.value, ...(await collect({ [Symbol.asyncIterator]: () => iterator }))];
  expect(textOf(updates)).toBe('Once a year.');
  expect(updates.at(-1)).toMatchObject({ type: 'end', message: { status: 'done', text: 'Once a year.' } });
  expect(updates.map((update) => update.seq)).toEqual(updates.map((_, index) => index));
});

test('watchers of a finished run get a snapshot and the end', async () => {
  const run = createLiveRun(placeholder, 'run');
  run.update({ text: 'x' });
  run.finish({ ...placeholder, text: 'x', status: 'stopped' });
  const types = (await collect(run.watch(new AbortController().signal))).map((update) => update.type);
  expect(types).toEqual(['snapshot', 'end']);
});

test('leaving ends the watch and leaves the run alone', async () => {
  const run = createLiveRun(placeholder, 'run');
  const leaving = new AbortController();
  const left = collect(run.watch(leaving.signal));
  const staying = collect(run.watch(new AbortController().signal));
  leaving.abort();
  expect((await left).map((update) => update.type)).toEqual(['snapshot']);
  run.finish({ ...placeholder, status: 'done' });
  expect((await staying).at(-1)?.type).toBe('end');
});
