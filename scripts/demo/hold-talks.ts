import type { Message, ModelRef } from '../../src/shared/contract/chat.ts';
import type { ImageUse } from '../../src/shared/contract/images.ts';
import type { DemoTask } from '../../src/main/core/providers/demo/read-prompt.ts';
import { endOf, type TestCore } from '../../tests/core/start-test-core.ts';
import { sampleModels } from '../sample-spend/sample-models.ts';
import { drawChart } from './draw-chart.ts';
import type { WrittenAnswer, WrittenExchange, WrittenTalk } from './read-talks.ts';
import type { SampleReply } from './sample-model.ts';

/** Who answers in the sample while its conversations are held: whatever comes next is set before it is asked for. */
export interface Script {
  readonly replyTo: (task: DemoTask) => SampleReply;
  expect(talk: WrittenTalk, exchange: WrittenExchange, answer: WrittenAnswer): void;
}

/** A script that has been given nothing to say yet. */
export function createScript(): Script {
  let next: { readonly title: string; readonly condensed: string; readonly answer: WrittenAnswer } | undefined;
  return {
    expect: ({ title }, { condensed, question }, answer) => (next = { title, condensed: condensed ?? question, answer }),
    replyTo(task) {
      if (next === undefined) throw new Error('The script has no reply.');
      if (task.kind === 'title') return { text: next.title };
      if (task.kind === 'condense') return { text: next.condensed };
      const { text, outcome } = next.answer;
      if (outcome === 'failed') return { text: '', end: 'refused' };
      return { text: withCitations(text, task.passages ?? []), ...(outcome === 'stopped' && { end: 'held' }) };
    },
  };
}

/** `{cite:words}` becomes the number of the passage that has the words. Throws when none of those found has them. */
function withCitations(text: string, passages: readonly { readonly ordinal: number; readonly text: string }[]): string {
  const plain = (words: string): string => words.replaceAll(/\s+/g, ' ');
  return text.replaceAll(/\{cite:([^}]+)\}/g, (_, words: string) => {
    const found = passages.find((passage) => plain(passage.text).includes(words));
    if (found === undefined) throw new Error(`No passage says "${words}".`);
    return `[${found.ordinal}]`;
  });
}

/** The model called `provider/model` in the texts. */
export function modelNamed(name: string): ModelRef {
  const found = sampleModels.find(({ providerId, model }) => `${providerId}/${model}` === `sample-${name}`);
  if (found === undefined) throw new Error(`The sample has no model ${name}.`);
  return { providerId: found.providerId, modelId: found.model };
}

/** Holds a written conversation with the core, as somebody would: asks, stops, asks again, compares. Returns its id. */
export async function holdTalk(core: TestCore, script: Script, talk: WrittenTalk, collectionIds: string[]): Promise<string> {
  const model = modelNamed(talk.fields['model'] ?? '');
  const images = await drawnImages(core, talk);
  let last: Message | undefined;
  for (const exchange of talk.exchanges) {
    let asked: { readonly userMessageId: string; readonly answerId: string } | undefined;
    for (const answer of exchange.answers) {
      script.expect(talk, exchange, answer);
      const by = answer.besideBy === null ? model : modelNamed(answer.besideBy);
      const started =
        asked === undefined
          ? await core.send(exchange.question, by, { collectionIds, ...(last === undefined ? { images } : { after: last }) })
          : await core.client.call('chat.regenerate', {
              userMessageId: asked.userMessageId,
              besideAnswerId: answer.besideBy === null ? null : asked.answerId,
              model: by,
              collectionIds,
            });
      const message =
        answer.outcome === 'stopped' ? await stopWhenWritten(core, started.runId, answer.text) : await core.finish(started.runId);
      if (message.status !== answer.outcome) throw new Error(`${talk.title}: an answer is ${message.status}.`);
      asked = { userMessageId: message.parentId ?? '', answerId: message.id };
      last = message;
    }
    await titled(core, last?.conversationId ?? '', talk.title);
  }
  return last?.conversationId ?? '';
}

/** What goes along with the first question: `chart: values name.png` has it drawn. */
async function drawnImages(core: TestCore, { fields }: WrittenTalk): Promise<ImageUse[]> {
  const [values = '', name = ''] = fields['chart']?.split(' ') ?? [];
  if (name === '') return [];
  const base64 = drawChart(values.split(',').map(Number)).toString('base64');
  return [{ ...(await core.client.call('images.add', { base64 })), name }];
}

/** Follows a run until all of its text is there, stops it then, and resolves with what it ends with. */
async function stopWhenWritten(core: TestCore, runId: string, text: string): Promise<Message> {
  let written = '';
  for await (const update of core.client.stream('chat.watch', { runId })) {
    if (update.type === 'end') return update.message;
    if (update.type === 'snapshot') written = update.message.text;
    if (update.type === 'text') written += update.delta;
    if (written.length >= text.length) break;
  }
  await core.client.call('chat.stop', { runId });
  return endOf(core.client.stream('chat.watch', { runId }));
}

/** Resolves when the model's title has been stored. */
async function titled(core: TestCore, conversationId: string, title: string): Promise<void> {
  const leaving = new AbortController();
  const events = core.client.stream('events.watch', undefined, { signal: leaving.signal })[Symbol.asyncIterator]();
  let next = events.next();
  while ((await core.client.call('conversations.open', { conversationId })).conversation.title !== title) {
    await next;
    next = events.next();
  }
  next.catch(() => undefined);
  leaving.abort();
}
