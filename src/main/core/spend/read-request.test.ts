import { describe, expect, it } from 'vitest';
import { reasonsInSilence } from './hidden-reasoning.ts';
import { readRequest, withoutStreamOptions } from './read-request.ts';

const chat = 'https://api.openai.com/v1/chat/completions?api-version=1';

describe('readRequest', () => {
  it('finds everything that is billed as input', () => {
    const body = {
      model: 'gpt-4o',
      stream: true,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: 'And this?' }] },
        { role: 'assistant', content: null, tool_calls: [{ function: { name: 'find', arguments: '{"q":1}' } }] },
      ],
      tools: [{ type: 'function', function: { name: 'find' } }],
    };
    expect(readRequest(chat, JSON.stringify(body), 'asked')).toMatchObject({
      endpoint: 'chat',
      model: 'gpt-4o',
      isStream: true,
      hasUncounted: false,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'And this?' },
        { role: 'assistant', content: '{"name":"find","arguments":"{\\"q\\":1}"}' },
      ],
      texts: ['[{"type":"function","function":{"name":"find"}}]'],
    });
  });

  it('says when there is something it cannot count', () => {
    const body = { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:' } }] }] };
    expect(readRequest(chat, JSON.stringify(body), 'asked')).toMatchObject({ model: 'asked', hasUncounted: true });
  });

  it('reads the Responses API, whose input may be a text', () => {
    const body = JSON.stringify({ instructions: 'Be brief.', input: 'Hi' });
    const { messages } = readRequest('https://x/v1/responses', body, 'asked');
    expect(messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
    ]);
  });

  it.each([
    ['one text', { texts: ['one text'], tokenIdCount: 0 }],
    [['a', 'b'], { texts: ['a', 'b'], tokenIdCount: 0 }],
    [[1, 2, 3], { texts: [], tokenIdCount: 3 }],
    [[[1, 2], [3]], { texts: [], tokenIdCount: 3 }],
  ])('reads every kind of embedding input: %j', (input, expected) => {
    expect(readRequest('https://x/v1/embeddings', JSON.stringify({ input }), 'asked')).toMatchObject({
      endpoint: 'embeddings',
      ...expected,
    });
  });

  it.each(['', 'null', '[]', '{"messages":[null,1,{"content":7}]}', '{"model":{}}'])('survives a body of %s', (body) => {
    expect(readRequest(chat, body, 'asked').model).toBe('asked');
  });
});

it('withoutStreamOptions leaves the rest as it was', () => {
  const body = JSON.stringify({ model: 'm', stream: true, stream_options: { include_usage: true }, n: 1 });
  expect(JSON.parse(withoutStreamOptions(body))).toEqual({ model: 'm', stream: true, n: 1 });
});

describe('reasonsInSilence', () => {
  it.each(['o3', 'o4-mini', 'gpt-5-mini', 'openai/gpt-5.6-terra', 'gpt-6.1-sol', 'ft:gpt-5:org::id', 'deepseek-reasoner', 'gpt-oss-120b'])(
    '%s is likely to',
    (model) => expect(reasonsInSilence(model, null)).toBe(true),
  );
  it.each(['gpt-4o', 'gpt-4.1-mini', 'gpt-5-chat-latest', 'llama3', 'o', 'olmo-2', 'deepseek-chat'])('%s is not', (model) =>
    expect(reasonsInSilence(model, null)).toBe(false),
  );
  it('believes the request over the name', () => {
    expect(reasonsInSilence('gpt-5', 'none')).toBe(false);
    expect(reasonsInSilence('unheard-of', 'high')).toBe(true);
  });
});
