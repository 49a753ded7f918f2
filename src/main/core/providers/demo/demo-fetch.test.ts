import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StepAttribution } from '../provider-clients.ts';
import { createTemporaryProviders, type TemporaryProviders } from '../testing/temporary-providers.ts';
import { createDemoFetch } from './demo-fetch.ts';

const step: StepAttribution = { runId: 'run', purpose: 'answer', conversationId: 'c', messageId: 'm', documentId: null };
const url = 'https://demo.invalid/v1/chat/completions';
let parts: TemporaryProviders;

beforeEach(() => {
  parts = createTemporaryProviders();
});

afterEach(() => parts.close());

type Prompt = { readonly role: 'system' | 'user'; readonly content: string }[];

/** The demo's reply, by the way every chat takes. */
async function ask(messages: Prompt): Promise<string> {
  const { model } = await parts.clients.chatModel({ providerId: 'demo', modelId: 'tally-demo' }, step);
  let text = '';
  for await (const chunk of await model.stream(messages)) text += chunk.text;
  return text;
}

function passage(ordinal: number, page: number, text: string): string {
  return `<passage n="${ordinal}" document="lease.pdf" page="${page}">\n${text}\n</passage>`;
}

const lease = [
  passage(1, 3, 'The tenant keeps the garden in good order. Pets are allowed with the\nconsent of the landlord.'),
  passage(
    2,
    7,
    'The landlord may raise the rent not more than once in any 12-month period. The increase is announced sixty days\nbefore it takes effect.',
  ),
].join('\n');

const question = (text: string): Prompt => [{ role: 'user', content: `${lease}\n\nQuestion: ${text}` }];

describe('the demo’s answer', () => {
  it('quotes the sentence that speaks to the question, and cites its passage', async () => {
    const text = await ask(question('When can the landlord raise the rent?'));
    expect(text).toContain('“The landlord may raise the rent not more than once in any 12-month period.” [2]');
    expect(text).toContain('page 7');
    expect(text).not.toContain('garden');
  });

  it('joins a sentence that a PDF broke over two lines', async () => {
    expect(await ask(question('Are pets allowed?'))).toContain('“Pets are allowed with the consent of the landlord.” [1]');
  });

  it('does the same in Japanese', async () => {
    const passages = [
      '<passage n="1" document="賃貸契約.pdf" page="2">\n借主は庭を良好な状態に保つ。ペットの飼育には貸主の同\n意が必要である。\n</passage>',
      '<passage n="2" document="賃貸契約.pdf" page="5">\n家賃の値上げは年に一回までとする。通知は六十日前に行う。\n</passage>',
    ].join('\n');
    const text = await ask([{ role: 'user', content: `${passages}\n\nQuestion: 家賃の値上げはいつできますか？` }]);
    expect(text).toContain('「家賃の値上げは年に一回までとする。」 [2]');
    expect(text).toContain('5ページ');
    const pets = await ask([{ role: 'user', content: `${passages}\n\nQuestion: ペットの飼育に同意は必要ですか` }]);
    expect(pets).toContain('「ペットの飼育には貸主の同意が必要である。」 [1]');
  });

  it('shows how the passages begin when asked about the whole', async () => {
    for (const text of ['What is this about?', 'Summarize the document', '内容を要約してください']) {
      const answered = await ask(question(text));
      expect(answered).toContain('The tenant keeps the garden in good order.');
      expect(answered).toContain('[2]');
    }
  });

  it('says so when the passages say nothing about it, and when there are none', async () => {
    expect(await ask(question('Which football club won the championship?'))).toBe('The passages that were found do not answer this.');
    expect(await ask([{ role: 'user', content: 'No passage of the documents matches this question.\n\nQuestion: Where is it?' }])).toBe(
      'I found nothing about this in your documents.',
    );
  });

  it('says what it is when nothing was searched, in the language of the question', async () => {
    expect(await ask([{ role: 'user', content: 'Hello, who are you?' }])).toContain('not a language model');
    expect(await ask([{ role: 'user', content: 'こんにちは、あなたは誰？' }])).toContain('言語モデルではありません');
  });

  it('takes text inside a passage for no more than text', async () => {
    const tricky = passage(1, 1, 'Question: Who pays? The tenant pays for water.');
    expect(await ask([{ role: 'user', content: `${tricky}\n\nQuestion: Who pays for water?` }])).toContain('pays for water.” [1]');
  });
});

it('rewrites a question that leans on an earlier one, and leaves one that stands alone', async () => {
  const condense = (text: string): Prompt => [
    { role: 'system', content: 'You rewrite the last question.' },
    {
      role: 'user',
      content: `<conversation>\nuser: When can the landlord raise the rent?\n\nassistant: Once a year.\n</conversation>\n<question>\n${text}\n</question>`,
    },
  ];
  expect(await ask(condense('How is it announced?'))).toBe('How is it announced? (landlord raise rent)');
  const alone = 'How many days notice does a tenant moving out give?';
  expect(await ask(condense(alone))).toBe(alone);
});

it('names a conversation after its question', async () => {
  const title = (text: string): Prompt => [
    { role: 'system', content: 'You name a conversation.' },
    { role: 'user', content: `<exchange>\nuser: ${text}\n\nassistant: Once a year.\n</exchange>` },
  ];
  expect(await ask(title('When can the landlord raise the rent?'))).toBe('Landlord raise the rent');
  expect(await ask(title('[image]\n[image]\nWhich of these is the lease?'))).toBe('Lease');
  expect(await ask(title('家賃の値上げはいつ？'))).toBe('家賃の値上げはいつ');
});

it('is booked like every call, free, with the tokens it reported', async () => {
  const { model, call } = await parts.clients.chatModel({ providerId: 'demo', modelId: 'tally-demo' }, step);
  const reply = await model.invoke('hello');
  const [record] = await call.settled();
  expect(record).toMatchObject({
    providerKind: 'demo',
    outcome: 'done',
    tokenSource: 'provider',
    servedModel: 'tally-demo',
    amount: { exactness: 'free' },
  });
  expect(reply).toMatchObject({ usage_metadata: { input_tokens: record?.inputTokens, output_tokens: record?.outputTokens } });
});

describe('the demo’s stream', () => {
  const body = { model: 'tally-demo', stream: true, messages: [{ role: 'user', content: 'Who are you?' }] };

  it('stops at once when it is aborted, with the abort’s own reason', async () => {
    const waiting = Promise.withResolvers<void>();
    const demo = createDemoFetch({
      countTokens: async () => 1,
      now: () => 0,
      pause: (_, signal) => {
        waiting.resolve();
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    const stop = new AbortController();
    const response = await demo(url, { method: 'POST', body: JSON.stringify(body), signal: stop.signal });
    const read = response.text();
    await waiting.promise;
    stop.abort(new Error('enough'));
    await expect(read).rejects.toThrow('enough');
  });

  it('makes nothing ahead of its reader', async () => {
    let pauseCount = 0;
    const demo = createDemoFetch({ countTokens: async () => 1, now: () => 0, pause: async () => void (pauseCount += 1) });
    const response = await demo(url, { method: 'POST', body: JSON.stringify(body) });
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.read();
    expect(pauseCount).toBe(2);
    await reader?.cancel();
  });

  it('answers as a server would to what it cannot do', async () => {
    const demo = createDemoFetch({ countTokens: async () => 1, now: () => 0 });
    const post = (content: string) => demo(url, { method: 'POST', body: content });
    expect((await post('not json')).status).toBe(400);
    expect(await (await post(JSON.stringify({ ...body, model: 'gpt-4o' }))).json()).toMatchObject({ error: { code: 'model_not_found' } });
    expect((await demo('https://demo.invalid/v1/embeddings', { method: 'POST', body: '{}' })).status).toBe(404);
  });
});
