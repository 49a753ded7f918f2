import { parentPort } from 'node:worker_threads';
import type { EncodingName } from './encoding-of-model.ts';
import { encodingNamed } from './encoding.ts';

/** What the thread is asked. */
export interface CountRequest {
  readonly id: number;
  readonly text: string;
  readonly encoding: EncodingName;
}

/** What it answers. */
export interface CountReply {
  readonly id: number;
  readonly count: number;
}

parentPort?.on('message', ({ id, text, encoding }: CountRequest) => {
  const reply: CountReply = { id, count: encodingNamed(encoding).count(text) };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(reply);
});
