import type { ErrorCode } from '../../../shared/error-codes.ts';
import type { AppError } from '../../../shared/rpc/errors.ts';
import type { Outcome } from '../../../shared/contract/usage.ts';
import { errorCodeOfObject, errorOfReply, findError } from './error-code-of-reply.ts';
import { listOf, objectOf, parseJson, textOf, type JsonObject } from './json-fields.ts';
import { findUsage, readUsage, type ReportedUsage } from './read-usage.ts';
import { reasoningTextOf } from './reasoning-text.ts';
import type { SseEvent } from './sse-reader.ts';

/**
 * How far a request got. `unsent`: it never left, `rejected`: it was refused before the model ran; neither is billed.
 * `sent`: the model may have run.
 */
export type Reach = 'unsent' | 'rejected' | 'sent';

/** How one attempt ended. */
export interface Ending {
  readonly outcome: Outcome;
  readonly errorCode: ErrorCode | null;
  readonly reach: Reach;
}

/** What was seen of one attempt. */
export interface Observation extends Ending {
  readonly httpStatus: number | null;
  readonly servedModel: string | null;
  readonly serviceTier: string | null;
  readonly requestId: string | null;
  /** The id of the reply itself, in its body. */
  readonly replyId: string | null;
  readonly finishReason: string | null;
  readonly usage: ReportedUsage | null;
  /** The input as the provider counted it when asked; null when it was not. */
  readonly inputCountedByProvider: number | null;
  /** Everything the model wrote: answer, visible reasoning, arguments of tool calls. */
  readonly outputText: string;
  readonly isReasoningVisible: boolean;
  /** What the model wrote up to the end was seen; false when it may have written something that never came. */
  readonly isOutputSeen: boolean;
  /** The reply said that it was complete, so its usage is final and no output is missing. */
  readonly isComplete: boolean;
  readonly malformedEventCount: number;
  readonly firstTokenMs: number | null;
  readonly durationMs: number;
}

/** Collects what one reply shows while it passes. */
export interface ReplyObserver {
  takeHeaders(response: Response): void;
  /** One event of a stream. */
  takeEvent(event: SseEvent): EventVerdict;
  /** A whole reply that is no stream. */
  takeReply(payload: JsonObject): EventVerdict;
  /** A model has written something. */
  hasOutput(): boolean;
  /** A finish reason, [DONE] or a terminal event of the Responses API was seen. */
  isFinished(): boolean;
  /** Finished, and nothing that is billed can follow. */
  isWhole(): boolean;
  observation(ending: Ending): Observation;
}

/** What to do with an event: pass it on, leave it out, or end with an error. `terminal`: nothing that counts follows. */
export type EventVerdict = { readonly kind: 'pass' | 'terminal' | 'malformed' } | { readonly kind: 'error'; readonly error: AppError };

const terminalEvents = new Set(['response.completed', 'response.incomplete', 'response.failed']);
/** Deltas of the Responses API that are billed as output; summaries of the reasoning are not what is billed. */
const outputDeltas = new Set(['response.output_text.delta', 'response.refusal.delta', 'response.function_call_arguments.delta']);
const maxNameChars = 200;

/** Watches one reply. `now` in epoch milliseconds. */
export function createReplyObserver(isStream: boolean, startedAt: number, now: () => number): ReplyObserver {
  let httpStatus: number | null = null;
  let requestId: string | null = null;
  let replyId: string | null = null;
  let servedModel: string | null = null;
  let serviceTier: string | null = null;
  let finishReason: string | null = null;
  let usage: JsonObject | null = null;
  let outputText = '';
  let isReasoningVisible = false;
  let isDone = false;
  let malformedEventCount = 0;
  let firstTokenMs: number | null = null;

  function addOutput(text: string | null): void {
    if (text === null || text === '') return;
    firstTokenMs ??= now() - startedAt;
    outputText += text;
  }

  function addReasoning(text: string | null): void {
    if (text === null || text === '') return;
    isReasoningVisible = true;
    addOutput(text);
  }

  /** A message or a delta of Chat Completions: they have the same fields. */
  function takeMessage(message: JsonObject): void {
    addReasoning(reasoningTextOf(message));
    addOutput(textOf(message.content));
    addOutput(textOf(message.refusal));
    for (const call of listOf(message.tool_calls)) {
      const called = objectOf(objectOf(call)?.function);
      addOutput(textOf(called?.name));
      addOutput(textOf(called?.arguments));
    }
  }

  function takeOutputItem(item: JsonObject): void {
    const take = item.type === 'reasoning' ? addReasoning : addOutput;
    for (const part of listOf(item.content)) take(textOf(objectOf(part)?.text));
    addOutput(textOf(item.arguments));
  }

  function takeFacts(payload: JsonObject): void {
    const facts = objectOf(payload.response) ?? payload;
    replyId = nameOf(facts.id) ?? replyId;
    servedModel = nameOf(facts.model) ?? servedModel;
    serviceTier = nameOf(facts.service_tier) ?? serviceTier;
    usage = findUsage(payload) ?? usage;
    for (const item of listOf(payload.choices)) {
      const choice = objectOf(item) ?? {};
      finishReason = nameOf(choice.finish_reason) ?? finishReason;
      takeMessage(objectOf(choice.delta) ?? objectOf(choice.message) ?? {});
    }
  }

  function takeResponsesEvent(type: string, payload: JsonObject): void {
    if (outputDeltas.has(type)) addOutput(textOf(payload.delta));
    if (type === 'response.reasoning_text.delta') addReasoning(textOf(payload.delta));
    if (terminalEvents.has(type)) {
      isDone = true;
      finishReason = nameOf(objectOf(payload.response)?.status);
    }
  }

  return {
    takeHeaders(response) {
      httpStatus = response.status;
      // OpenRouter's generation id comes first: its charge can be looked up by it.
      requestId = nameOf(response.headers.get('x-generation-id')) ?? nameOf(response.headers.get('x-request-id'));
    },
    takeEvent({ event, data }) {
      if (data.trim() === '[DONE]') {
        isDone = true;
        return { kind: 'terminal' };
      }
      const payload = objectOf(parseJson(data));
      if (payload === null) {
        malformedEventCount += 1;
        return { kind: 'malformed' };
      }
      takeFacts(payload);
      takeResponsesEvent(textOf(payload.type) ?? '', payload);
      const isFailure = event === 'error' || payload.type === 'response.failed';
      const error = findError(payload) ?? (isFailure ? payload : null);
      if (error !== null) return { kind: 'error', error: errorOfReply(errorCodeOfObject(error, 'STREAM_ERROR'), error) };
      return { kind: isDone ? 'terminal' : 'pass' };
    },
    takeReply(payload) {
      takeFacts(payload);
      for (const item of listOf(payload.output)) takeOutputItem(objectOf(item) ?? {});
      // All of it came at once: there was no first token to wait for.
      firstTokenMs = null;
      const error = findError(payload);
      if (error !== null) return { kind: 'error', error: errorOfReply(errorCodeOfObject(error, 'ERROR_REPLY'), error) };
      isDone = true;
      return { kind: 'terminal' };
    },
    hasOutput: () => firstTokenMs !== null,
    isFinished: () => isDone || finishReason !== null,
    isWhole: () => isDone || (finishReason !== null && usage !== null),
    observation: (ending) => ({
      ...ending,
      httpStatus,
      servedModel,
      serviceTier,
      requestId,
      replyId,
      finishReason,
      usage: usage === null ? null : readUsage(usage),
      inputCountedByProvider: null,
      outputText,
      isReasoningVisible,
      isOutputSeen: isStream ? httpStatus === 200 || ending.outcome === 'stopped' : isDone,
      isComplete: isDone || finishReason !== null,
      malformedEventCount,
      firstTokenMs,
      durationMs: Math.max(0, now() - startedAt),
    }),
  };
}

/** A short name a server gave: empty ones and novels are no names. */
function nameOf(value: unknown): string | null {
  const text = textOf(value);
  return text !== null && text !== '' && text.length <= maxNameChars ? text : null;
}
