import { createdAt, responsesUsage, type Exchange } from './exchange.ts';
import { serverSentEvent, type Dialect } from './stream-answer.ts';

/** The Responses API, with one message as its output. A finish reason of 'failed' or 'length' ends it as failed or incomplete. */
export function responsesDialect(exchange: Exchange): Dialect {
  const { answer, id, model } = exchange;
  const item = { type: 'message', id: `msg_${id}`, role: 'assistant' };
  let sequence = 0;
  let written = '';
  const event = (type: string, fields: Record<string, unknown>): string => {
    const sequence_number = sequence;
    sequence += 1;
    return `event: ${type}\n${serverSentEvent({ type, sequence_number, ...fields })}`;
  };
  const status = statusOf(answer.finishReason);
  const response = (state: string, text: string | null): Record<string, unknown> => ({
    id,
    object: 'response',
    created_at: createdAt,
    model,
    service_tier: answer.serviceTier ?? 'default',
    status: state,
    error: state === 'failed' ? { code: 'server_error', message: 'The model failed to generate a response.' } : null,
    incomplete_details: state === 'incomplete' ? { reason: 'max_output_tokens' } : null,
    tools: [],
    output: text === null ? [] : [{ ...item, status: 'completed', content: [{ type: 'output_text', text, annotations: [] }] }],
    usage: text === null || answer.fault === 'no-usage' ? null : responsesUsage(exchange),
  });
  return {
    open: () =>
      event('response.created', { response: response('in_progress', null) }) +
      event('response.output_item.added', { output_index: 0, item: { ...item, status: 'in_progress', content: [] } }),
    delta(text, isReasoning) {
      if (isReasoning)
        return event('response.reasoning_summary_text.delta', { item_id: item.id, output_index: 0, summary_index: 0, delta: text });
      written += text;
      return event('response.output_text.delta', { item_id: item.id, output_index: 0, content_index: 0, delta: text });
    },
    finish: () => event(`response.${status}`, { response: response(status, written) }),
    whole: (text) => response(status, text),
  };
}

function statusOf(finishReason: string | undefined): 'completed' | 'incomplete' | 'failed' {
  if (finishReason === 'failed') return 'failed';
  return finishReason === 'length' ? 'incomplete' : 'completed';
}
