import type { Observation } from './observe-reply.ts';
import type { OpenCall } from './open-call.ts';

/**
 * What is known of an attempt that a killed process left open: for an answer, the text that had been saved
 * (null when there is none), for anything else only that it was sent. How long it took is not known.
 */
export function observeInterruptedCall(call: OpenCall, savedText: string | null): Observation {
  const isAnswer = call.attribution.purpose === 'answer';
  return {
    outcome: 'interrupted',
    errorCode: 'PROCESS_KILLED',
    reach: 'sent',
    httpStatus: null,
    servedModel: null,
    serviceTier: null,
    requestId: null,
    replyId: null,
    finishReason: null,
    usage: null,
    inputCountedByProvider: null,
    outputText: isAnswer ? (savedText ?? '') : '',
    isReasoningVisible: false,
    isOutputSeen: isAnswer && savedText !== null,
    isComplete: false,
    malformedEventCount: 0,
    firstTokenMs: null,
    durationMs: 0,
  };
}
