import { afterEach, describe, expect, it } from 'vitest';
import { createCountingThread } from './counting-thread.ts';
import { encodingOfModel } from './encoding-of-model.ts';
import { createTokenCounter, type TokenCounter } from './token-counter.ts';

let counter: TokenCounter = createTokenCounter();

afterEach(async () => {
  await counter.close();
  counter = createTokenCounter();
});

describe('the encoding of a model', () => {
  it.each([
    ['gpt-4o-mini', 'o200k_base'],
    ['gpt-4.1', 'o200k_base'],
    ['gpt-5.6-terra', 'o200k_base'],
    ['o3-mini', 'o200k_base'],
    ['openai/gpt-oss-120b', 'o200k_base'],
    ['llama3.2:3b', 'o200k_base'],
    ['ft:gpt-4o-mini-2024-07-18:org::id', 'o200k_base'],
    ['gpt-4', 'cl100k_base'],
    ['gpt-4-turbo-2024-04-09', 'cl100k_base'],
    ['ft:gpt-3.5-turbo:org::id', 'cl100k_base'],
    ['gpt-35-turbo', 'cl100k_base'],
    ['openai/text-embedding-3-small', 'cl100k_base'],
  ])('%s: %s', (modelId, encoding) => {
    expect(encodingOfModel(modelId)).toBe(encoding);
  });
});

// The conversation of OpenAI's cookbook and the counts their API returned for it.
const cookbookMessages = [
  {
    role: 'system',
    content: 'You are a helpful, pattern-following assistant that translates corporate jargon into plain English.',
  },
  { role: 'system', name: 'example_user', content: 'New synergies will help drive top-line growth.' },
  { role: 'system', name: 'example_assistant', content: 'Things working well together will increase revenue.' },
  {
    role: 'system',
    name: 'example_user',
    content: "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage.",
  },
  { role: 'system', name: 'example_assistant', content: "Let's talk later when we're less busy about how to do better." },
  { role: 'user', content: "This late pivot means we don't have time to boil the ocean for the client deliverable." },
];

it.each([
  ['gpt-4', 129],
  ['gpt-4o', 124],
])('counts a prompt for %s as OpenAI bills it', async (modelId, expected) => {
  expect(await counter.countChat(cookbookMessages, modelId)).toBe(expected);
});

describe('long texts', () => {
  const text = 'A sentence about nothing in particular.\n'.repeat(2_000);

  it('are counted in a thread, to the same number', async () => {
    expect(await counter.count(text, 'gpt-4o')).toBe(counter.countSync(text, 'gpt-4o'));
  });

  it('leave the calling thread free', async () => {
    let turns = 0;
    const ticking = setInterval(() => (turns += 1));
    const counting = counter.count('漢字と a '.repeat(200_000), 'gpt-4o');
    await new Promise((resolve) => setImmediate(resolve));
    expect(await counting).toBeGreaterThan(200_000);
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(0);
  });

  it('are still counted when the counter is closed meanwhile', async () => {
    const counting = counter.count(text, 'gpt-4o');
    await counter.close();
    expect(await counting).toBe(counter.countSync(text, 'gpt-4o'));
  });

  it('are counted after a close, too', async () => {
    await counter.count(text, 'gpt-4o');
    await counter.close();
    expect(await counter.count(text, 'gpt-4')).toBeGreaterThan(1_000);
  });
});

it('counts half a surrogate pair instead of failing', () => {
  expect(counter.countSync('\ud83d', 'gpt-4o')).toBe(counter.countSync('\ufffd', 'gpt-4o'));
});

it('has a thread that counts by itself', async () => {
  // The counter would fall back to counting here if the thread could not start, and nobody would see it.
  const thread = createCountingThread();
  try {
    const text = 'one two three';
    const counts = await Promise.all([thread.count(text, 'o200k_base'), thread.count(text, 'cl100k_base')]);
    expect(counts).toEqual([3, 3]);
  } finally {
    await thread.close();
  }
});
