import type { Message, ModelRef } from '../../src/shared/contract/chat.ts';
import type { BranchContext } from '../../src/shared/contract/context.ts';
import type { UsageRecord } from '../../src/shared/contract/usage.ts';
import type { FakeReply } from '../fake-openai/fake-reply.ts';
import type { FakeRequest } from '../fake-openai/fake-request.ts';
import { startFakeOpenAi, type FakeOpenAi } from '../fake-openai/start-fake-openai.ts';
import { startTestCore, type TestCore } from './start-test-core.ts';

/** The instructions of every conversation here. */
export const systemPrompt = 'You are the clerk of a harbour.';

/** Whether a request asks for a summary. */
export const isSummary = (request: FakeRequest): boolean => JSON.stringify(request.body).includes('You summarise the beginning');

/**
 * A core and a server; `write` answers the requests for a summary. Nothing is reported, so what is booked is what was counted here.
 * What is started goes into `open`, to be closed in reverse.
 */
export async function startSummaries(
  open: { close(): Promise<void> }[],
  write: (request: FakeRequest) => FakeReply = () => ({ text: 'They spoke of ships.' }),
  dataDir?: string,
): Promise<{ core: TestCore; server: FakeOpenAi }> {
  const server = await startFakeOpenAi({
    models: ['gpt-4o-mini', 'gpt-4o', 'some-model'],
    reply: (request) => ({ fault: 'no-usage', ...(isSummary(request) ? write(request) : { text: 'The ship is in.' }) }),
  });
  open.push(server);
  const core = await startTestCore(dataDir === undefined ? {} : { dataDir });
  open.push(core);
  await core.client.call('settings.update', { titlesByModel: false });
  return { core, server };
}

/** Sends questions one after the other; `words` makes them long. Returns the answers. */
export async function talk(
  core: TestCore,
  model: ModelRef,
  { count, words = 4, after }: { count: number; words?: number; after?: Message },
) {
  const answers: Message[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const last = answers.at(-1) ?? after;
    const options = { asking: { systemPrompt }, ...(last === undefined ? {} : { after: last }) };
    answers.push(await core.finish((await core.send(`${turn} ${'ship '.repeat(words)}`, model, options)).runId));
  }
  return answers;
}

/** Where a question would follow this message. */
export const placeOf = ({ conversationId, id }: Message, model: ModelRef) => ({ conversationId, leafId: id, model });
/** What goes along with it. */
export const contextOf = (core: TestCore, leaf: Message, model: ModelRef): Promise<BranchContext> =>
  core.client.call('chat.context', placeOf(leaf, model));

/** Has a summary made, and resolves when that has ended, with what then goes along. */
export async function summarise(core: TestCore, leaf: Message, model: ModelRef): Promise<BranchContext> {
  const watching = new AbortController();
  const events = core.client.stream('events.watch', undefined, { signal: watching.signal })[Symbol.asyncIterator]();
  const first = events.next();
  await core.client.call('summaries.make', placeOf(leaf, model));
  for (let item = await first; item.done !== true; item = await events.next()) {
    const context = item.value.type === 'context.changed' ? await contextOf(core, leaf, model) : null;
    if (context === null || context.summaryRun?.state === 'writing') continue;
    watching.abort();
    await events.return?.();
    return context;
  }
  throw new Error('The watch ended before the summary.');
}

/** The calls for summaries, newest first. */
export async function summaryCalls(core: TestCore): Promise<UsageRecord[]> {
  const part = { split: 'purpose', key: 'summary' } as const;
  return (await core.client.call('spend.records', { from: '2000-01-01', to: '2999-12-31', part })).records;
}
