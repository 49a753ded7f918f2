import { describe, expect, it } from 'vitest';
import { findUsage, readUsage } from './read-usage.ts';

describe('readUsage', () => {
  it('reads OpenAI’s Chat Completions', () => {
    const usage = {
      prompt_tokens: 1_000,
      completion_tokens: 100,
      total_tokens: 1_100,
      prompt_tokens_details: { cached_tokens: 400, cache_write_tokens: 200 },
      completion_tokens_details: { reasoning_tokens: 60 },
    };
    expect(readUsage(usage)).toMatchObject({
      inputTokens: 1_000,
      cacheReadTokens: 400,
      cacheWriteTokens: 200,
      outputTokens: 100,
      reasoningTokens: 60,
      anomalies: [],
    });
  });

  it('reads the Responses API with its two kinds of cache writes', () => {
    const usage = {
      input_tokens: 1_000,
      output_tokens: 100,
      input_tokens_details: {
        cached_tokens: 0,
        cache_write_tokens: 300,
        cache_write_tokens_details: { ttl_12h_tokens: 100, ttl_30m_tokens: 200 },
      },
      output_tokens_details: { reasoning_tokens: 0 },
    };
    expect(readUsage(usage)).toMatchObject({ cacheReadTokens: 0, cacheWriteTokens: 300, cacheWrite12hTokens: 100, reasoningTokens: 0 });
  });

  it('reads DeepSeek’s cache hits', () => {
    const usage = { prompt_tokens: 50, completion_tokens: 5, prompt_cache_hit_tokens: 32, prompt_cache_miss_tokens: 18 };
    expect(readUsage(usage)).toMatchObject({ inputTokens: 50, cacheReadTokens: 32 });
  });

  it('reads Mistral’s cached tokens', () => {
    expect(readUsage({ prompt_tokens: 976, completion_tokens: 5, num_cached_tokens: 32 }).cacheReadTokens).toBe(32);
  });

  it('reads OpenRouter’s charge, and adds what the upstream provider charges to one’s own key', () => {
    expect(readUsage({ prompt_tokens: 1, completion_tokens: 1, cost: 0.0123 }).reportedCostNanos).toBe(12_300_000);
    const ownKey = { cost: 0.0005, is_byok: true, cost_details: { upstream_inference_cost: 0.01 } };
    expect(readUsage(ownKey).reportedCostNanos).toBe(10_500_000);
    expect(readUsage({ cost: 0.0005, cost_details: { upstream_inference_cost: 0.01 } }).reportedCostNanos).toBe(500_000);
  });

  it('tells unknown from zero', () => {
    expect(readUsage({ prompt_tokens: 5 })).toMatchObject({
      inputTokens: 5,
      cacheReadTokens: null,
      outputTokens: null,
      reasoningTokens: null,
    });
    expect(readUsage({ prompt_tokens: 5, prompt_tokens_details: { cached_tokens: 0 } }).cacheReadTokens).toBe(0);
  });

  it.each([
    [{ prompt_tokens: -1 }, 'implausible_count'],
    [{ prompt_tokens: 1.5 }, 'implausible_count'],
    [{ prompt_tokens: '12' }, 'implausible_count'],
    [{ prompt_tokens: 1e12 }, 'implausible_count'],
    [{ prompt_tokens: 5, prompt_tokens_details: { cached_tokens: 6 } }, 'cache_exceeds_input'],
    [{ prompt_tokens: 5, completion_tokens: 1, completion_tokens_details: { reasoning_tokens: 2 } }, 'reasoning_exceeds_output'],
  ])('flags what does not add up: %j', (usage, anomaly) => {
    expect(readUsage(usage).anomalies).toEqual([anomaly]);
  });

  it('takes no costs that are none', () => {
    for (const cost of [-1, Number.NaN, '0.5', { total: 1 }, 1e300]) expect(readUsage({ cost }).reportedCostNanos).toBeNull();
  });
});

it('findUsage looks where each dialect puts it', () => {
  const usage = { prompt_tokens: 1 };
  expect(findUsage({ usage })).toBe(usage);
  expect(findUsage({ usage: null, x_groq: { usage } })).toBe(usage);
  expect(findUsage({ type: 'response.completed', response: { usage } })).toBe(usage);
  expect(findUsage({ usage: null, choices: [] })).toBeNull();
});
