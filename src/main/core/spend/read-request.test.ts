import { describe, expect, it } from 'vitest';
import { reasonsInSilence } from './hidden-reasoning.ts';
import { readRequest, withoutStreamOptions } from './read-request.ts';

const chat = 'https://api.openai.com/v1/chat/completions?api-version=1';

describe('readRequest', () => {
  it('reads what is asked of whom', () => {
    const body = { model: 'gpt-4o', stream: true, stream_options: { include_usage: true }, messages: [] };
    expect(readRequest(chat, JSON.stringify(body), 'asked')).toEqual({
      endpoint: 'chat',
      model: 'gpt-4o',
      isStream: true,
      asksForStreamUsage: true,
      reasonsInSilence: false,
      body,
    });
    expect(readRequest('https://x/v1/responses', '{}', 'asked')).toMatchObject({ endpoint: 'responses', model: 'asked', isStream: false });
    expect(readRequest('https://x/v1/embeddings', '{"stream":true}', 'asked')).toMatchObject({ endpoint: 'embeddings', isStream: false });
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
