import { createParseRequestAnswerer } from './core/documents/parsing/answer-parse-request.ts';
import { limitMemory } from './core/documents/parsing/limit-memory.ts';

/** The heap's gigabyte, and what the largest file takes that is accepted, some times over. */
const maxMemoryBytes = 2.5 * 1024 ** 3;

/** The port to the parent inside Electron's utilityProcess, as far as it is used here. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

// What parsers print can quote the file, and the parent's log must not hold document text.
for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) console[method] = () => undefined;

limitMemory(maxMemoryBytes);

const answerRequest = createParseRequestAnswerer();

// Electron adds it to the process object of a utility process; a forked Node has none.
const { parentPort } = process as typeof process & { readonly parentPort?: ParentPort };

if (parentPort !== undefined) {
  // A port between processes, not a window: it has no origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort.on('message', ({ data }) => void answer(data, (reply) => parentPort.postMessage(reply)));
} else {
  process.on('message', (message: unknown) => void answer(message, (reply) => process.send?.(reply)));
  process.on('disconnect', () => process.exit(0));
}

async function answer(message: unknown, send: (reply: unknown) => void): Promise<void> {
  const reply = await answerRequest(message);
  if (reply !== null) send(reply);
}
