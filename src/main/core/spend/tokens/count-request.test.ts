import { expect, describe, it } from 'vitest';
import type { JsonObject } from '../json-fields.ts';
import type { Endpoint } from '../read-request.ts';
import { createTokenCounter } from './token-counter.ts';

const counter = createTokenCounter();
const count = (body: JsonObject, model = 'gpt-4o', endpoint: Endpoint = 'chat') => counter.countRequest({ endpoint, model, body });

const asked = (content: unknown) => ({ role: 'user', content });
const weather = { name: 'get_weather', parameters: { properties: { city: { type: 'string' } }, required: ['city'] } };
const country = { name: 'get_user_country', description: '', parameters: { type: 'object', properties: {} } };
const result = {
  name: 'final_result',
  description: 'The final response which ends this conversation',
  parameters: { properties: { city: { type: 'string' }, country: { type: 'string' } }, required: ['city', 'country'] },
};
const file = { name: 'get_file', description: null, parameters: { properties: {} } };
const nested = (...functions: object[]) => functions.map((declared) => ({ type: 'function', function: declared }));
const flat = (...functions: object[]) => functions.map((declared) => ({ type: 'function', ...declared }));

const paris = asked('What is the weather in Paris? Use the tool.');
const city = asked('What is the largest city in the user country?');
const getFile = asked('Use the get_file tool now to retrieve a image file, then describe what you received.');
const calls = (name: string, args: string) => ({
  role: 'assistant',
  content: null,
  tool_calls: [{ id: 'call', function: { name, arguments: args } }],
});
const called = (name: string, args: string) => ({ type: 'function_call', call_id: 'call', name, arguments: args });
const says = (content: string) => ({ role: 'tool', tool_call_id: 'call', content });
const said = (output: string) => ({ type: 'function_call_output', call_id: 'call', output });

describe('what OpenAI billed for a request', () => {
  it.each<[string, Endpoint, string, JsonObject, number]>([
    ['a question', 'chat', 'gpt-4o', { messages: [asked('hello')] }, 8],
    ['a question to a reasoning model', 'responses', 'gpt-5.6-sol', { input: 'What is the capital of France? Answer in one word.' }, 18],
    ['a declared function', 'chat', 'gpt-4o', { messages: [paris], tools: nested(weather) }, 48],
    ['two declared functions', 'chat', 'gpt-4o', { messages: [city], tools: nested(country, result) }, 68],
    ['the same of the Responses API', 'responses', 'gpt-4o', { input: [city], tools: flat(country, result) }, 62],
    [
      'a function beside a system message',
      'chat',
      'gpt-4.1-mini',
      {
        messages: [{ role: 'system', content: 'You are a helpful assistant.' }, asked('What is the temperature in Tokyo?')],
        tools: nested({ ...weather, name: 'get_temperature' }),
      },
      50,
    ],
    ['a function for a reasoning model', 'chat', 'gpt-5-mini', { messages: [getFile], tools: nested(file) }, 129],
    ['the same of the Responses API', 'responses', 'gpt-5-mini', { input: [getFile], tools: flat(file) }, 47],
    [
      'a call and its answer',
      'chat',
      'gpt-4o',
      {
        messages: [paris, calls('get_weather', '{"city":"Paris"}'), says('sunny in Paris')],
        tools: nested(weather),
      },
      74,
    ],
    [
      'the same of the Responses API',
      'responses',
      'gpt-4o',
      {
        input: [city, { role: 'assistant', content: '' }, called('get_user_country', '{}'), said('Mexico')],
        tools: flat(country),
      },
      59,
    ],
  ])('%s (%s, %s)', async (_, endpoint, model, body, billed) => {
    expect(await count(body, model, endpoint)).toEqual({ tokens: billed, hasUncounted: false });
  });
});

it('counts the messages of a plain prompt as countChat does', async () => {
  const messages = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', name: 'ann', content: '何時ですか。' },
  ];
  for (const model of ['gpt-4', 'gpt-4o', 'gpt-5-mini', 'openai/gpt-oss-120b', 'llama3.2']) {
    expect(await count({ messages }, model), model).toEqual({ tokens: await counter.countChat(messages, model), hasUncounted: false });
  }
});

it('describes the properties of a function where they have descriptions', async () => {
  const described = (description?: string) => ({
    messages: [paris],
    tools: nested({ name: 'find', parameters: { properties: { q: { type: 'string', description }, n: { enum: [1, 'two'] } } } }),
  });
  const [bare, commented] = [await count(described()), await count(described('What to look for'))];
  expect(commented.tokens).toBeGreaterThanOrEqual(bare.tokens + counter.countSync('What to look for', 'gpt-4o'));
});

it.each<[unknown, number]>([
  ['one text', 2],
  [['a', 'b'], 2],
  [[1, 2, 3], 3],
  [[[1, 2], [3]], 3],
])('counts every kind of embedding input: %j', async (input, tokens) => {
  expect(await count({ input }, 'text-embedding-3-small', 'embeddings')).toEqual({ tokens, hasUncounted: false });
});

describe('pictures', () => {
  // The first bytes of files of 1024 x 768 pixels.
  const headers = {
    png: '89504e470d0a1a0a0000000d494844520000040000000300',
    gif: '47494638396100040003',
    jpeg: 'ffd8ffe000104a46494600010100000100010000ffc000110803000400',
    webp: '524946460000000057454250565038580000000000000000ff0300ff0200',
  };
  const picture = (url: string, detail?: string) => ({ messages: [asked([{ type: 'image_url', image_url: { url, detail } }])] });
  const without = { messages: [asked([])] };

  it.each(Object.entries(headers))('are measured by their header: %s', async (format, bytes) => {
    const url = `data:image/${format};base64,${Buffer.from(bytes, 'hex').toString('base64')}`;
    const bare = (await count(without)).tokens;
    // 1024 x 768 is two tiles by two.
    expect(await count(picture(url))).toEqual({ tokens: bare + 85 + 4 * 170, hasUncounted: false, hasPictures: true });
    expect(await count(picture(url, 'low'))).toEqual({ tokens: bare + 85, hasUncounted: false, hasPictures: true });
    expect(await count({ input: [asked([{ type: 'input_image', image_url: url }])] }, 'gpt-4o', 'responses')).toMatchObject({
      tokens: bare + 85 + 4 * 170,
    });
    // 32 x 24 patches.
    expect((await count(picture(url), 'gpt-4.1-mini')).tokens).toBe(bare + Math.ceil(768 * 1.62));
  });

  it.each(['https://example.com/cat.png', 'data:image/png;base64,iVBORw0KGgo=', 'data:image/png;base64,', ''])(
    'whose size is not known are not counted: %s',
    async (url) => expect(await count(picture(url))).toEqual({ ...(await count(without)), hasUncounted: true }),
  );
});

it.each<[string, JsonObject]>([
  ['a file', { messages: [asked([{ type: 'file', file: { file_id: 'f' } }])] }],
  ['a tool of the provider', { input: 'Hi', tools: [{ type: 'web_search' }] }],
  ['a conversation the provider keeps', { input: 'Hi', previous_response_id: 'resp_1' }],
  ['reasoning passed back', { input: [asked('Hi'), { type: 'reasoning', encrypted_content: 'gAAA' }] }],
])('says that it cannot count %s', async (_, body) => {
  expect((await count(body, 'gpt-4o', 'responses')).hasUncounted).toBe(true);
});

it.each<JsonObject>([{}, { messages: [null, 1, { content: 7 }] }, { messages: 'no', tools: [null, { type: 'function' }] }])(
  'survives a body of %j',
  async (body) => expect((await count(body)).tokens).toBeGreaterThan(0),
);
