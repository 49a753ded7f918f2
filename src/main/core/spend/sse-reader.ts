import { createParser } from 'eventsource-parser';
import { AppError } from '../../../shared/rpc/errors.ts';

/** One event: its data, and its name when it has one. */
export interface SseEvent {
  readonly event?: string | undefined;
  readonly data: string;
}

/** Cuts the bytes of an event stream into events. */
export interface SseReader {
  /** Every event these bytes complete. Throws AppError REPLY_TOO_LARGE for an event over the limit. */
  push(bytes: Uint8Array): SseEvent[];
  /** A last event whose closing blank line never came. */
  end(): SseEvent[];
}

/**
 * A reader for server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) that holds at most
 * `maxEventChars` characters of an unfinished event, so that a line without an end cannot fill the memory.
 */
export function createSseReader(maxEventChars: number): SseReader {
  const decoder = new TextDecoder();
  let complete: SseEvent[] = [];
  let isOverLimit = false;
  const parser = createParser({
    maxBufferSize: maxEventChars,
    onEvent: (event) => complete.push(event),
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') isOverLimit = true;
    },
  });

  function feed(text: string): SseEvent[] {
    parser.feed(text);
    if (isOverLimit)
      throw new AppError('REPLY_TOO_LARGE', 'One event of the stream is over the limit.', { data: { limit: maxEventChars } });
    const events = complete;
    complete = [];
    return events;
  }

  return {
    push: (bytes) => feed(decoder.decode(bytes, { stream: true })),
    // Some servers leave out the blank line after the last event.
    end: () => feed(`${decoder.decode()}\n\n`),
  };
}
