import { chatUsage, createdAt, type Exchange } from './exchange.ts';
import type { FakeAnswer } from './fake-reply.ts';
import { serverSentEvent, type Dialect } from './stream-answer.ts';

/** Chat Completions, as OpenAI streams it: a role chunk, deltas, a finish chunk, usage in a chunk without choices, [DONE]. */
export function chatDialect(exchange: Exchange): Dialect {
  const { request, answer, id, model } = exchange;
  const fault = answer.fault;
  const isUsageAsked = request.body.stream_options?.include_usage === true;
  const isUsageSent = isUsageAsked && fault !== 'no-usage' && fault !== 'groq-usage' && fault !== 'reject-stream-options';
  const chunk = (fields: Record<string, unknown>): string =>
    serverSentEvent({
      id,
      object: 'chat.completion.chunk',
      created: createdAt,
      model,
      service_tier: answer.serviceTier ?? 'default',
      ...(isUsageSent ? { usage: fault === 'usage-every-chunk' ? chatUsage(exchange) : null } : {}),
      ...fields,
    });
  const choice = (delta: Record<string, unknown>, finishReason: string | null = null): Record<string, unknown> => ({
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
  });
  return {
    open: () => chunk(choice({ role: 'assistant', content: '' })),
    delta: (text, isReasoning) => chunk(choice(isReasoning ? thought(answer, text) : { content: text })),
    finish() {
      const finished = choice({}, answer.finishReason ?? 'stop');
      const groq = fault === 'groq-usage' ? { x_groq: { id, usage: chatUsage(exchange) } } : {};
      const early = fault === 'usage-on-finish' && isUsageSent ? { usage: chatUsage(exchange) } : {};
      const usage = isUsageSent ? chunk({ choices: [], usage: chatUsage(exchange) }) : '';
      const finish = chunk({ ...finished, ...groq, ...early }).repeat(fault === 'two-finish-chunks' ? 2 : 1);
      return `${finish}${usage}${fault === 'no-done' ? '' : 'data: [DONE]\n\n'}`;
    },
    whole: (text, reasoning) => ({
      id,
      object: 'chat.completion',
      created: createdAt,
      model,
      service_tier: answer.serviceTier ?? 'default',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: text, refusal: null, ...(reasoning === '' ? {} : thought(answer, reasoning)) },
          logprobs: null,
          finish_reason: answer.finishReason ?? 'stop',
        },
      ],
      ...(fault === 'no-usage' || fault === 'groq-usage' ? {} : { usage: chatUsage(exchange) }),
      ...(fault === 'groq-usage' ? { x_groq: { id, usage: chatUsage(exchange) } } : {}),
    }),
  };
}

function thought({ reasoningField = 'reasoning_content' }: FakeAnswer, text: string): Record<string, unknown> {
  return { [reasoningField]: reasoningField === 'reasoning_details' ? [{ type: 'reasoning.text', text, index: 0 }] : text };
}
