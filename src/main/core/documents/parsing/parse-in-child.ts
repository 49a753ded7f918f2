import { AppError } from '../../../../shared/rpc/errors.ts';
import type { LaunchParser, Logger, ParserProcess } from '../../ports.ts';
import type { ParsedFile } from './parsed-file.ts';
import { parserReply, type ParserRequest } from './parser-messages.ts';

/** Enough for a PDF of 5,000 pages. Only the JavaScript heap: what lies outside is bounded by the file's size and the archive scan. */
const maxHeapMegabytes = 1024;
const defaultDeadlineMs = 60_000;
/** A parser that has loaded its libraries holds some 200 MB; it is let go when nothing has come for this long. */
const defaultIdleMs = 20_000;

export interface FileParserOptions {
  readonly launchParser: LaunchParser;
  readonly log: Logger;
  /** Most time one file may take. */
  readonly deadlineMs?: number;
  readonly idleMs?: number;
}

/** Reads files one after the other in a process of its own, which a hostile file may kill without harm. */
export interface FileParser {
  /**
   * `path` is where the bytes lie, `name` what the file is called. Throws AppError with the file's FILE_ code;
   * FILE_TIMEOUT past the deadline, FILE_TOO_COMPLEX when the process died of it, CANCELLED after `close`.
   */
  readonly parse: (path: string, name: string) => Promise<ParsedFile>;
  readonly close: () => void;
}

interface Job {
  readonly request: ParserRequest;
  readonly resolve: (file: ParsedFile) => void;
  readonly reject: (error: AppError) => void;
}

/** Starts no process before the first file; replaces it after each death. */
export function createFileParser(options: FileParserOptions): FileParser {
  const waiting: Job[] = [];
  let child: ParserProcess | null = null;
  let running: Job | null = null;
  let timer: NodeJS.Timeout | undefined;
  let lastId = 0;
  let isClosed = false;

  function startNext(): void {
    clearTimeout(timer);
    running = waiting.shift() ?? null;
    if (running === null) {
      timer = setTimeout(dropChild, options.idleMs ?? defaultIdleMs).unref();
      return;
    }
    try {
      child ??= launch();
      timer = setTimeout(() => failRunning('FILE_TIMEOUT', 'Reading took too long.'), options.deadlineMs ?? defaultDeadlineMs);
      // A port between processes, not a window: it has no origin to name.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      child.postMessage(running.request);
    } catch (error) {
      options.log.error('parser.launch_failed');
      dropChild();
      settle((job) => job.reject(new AppError('INTERNAL', 'The parser process cannot be started.', { cause: error })));
    }
  }

  function launch(): ParserProcess {
    const launched = options.launchParser({ maxHeapMegabytes });
    launched.onMessage((message) => {
      if (launched === child) receive(message);
    });
    launched.onExit((code) => {
      if (launched !== child) return;
      options.log.warn('parser.died', { code });
      failRunning('FILE_TOO_COMPLEX', 'The parser process died.');
    });
    return launched;
  }

  function receive(message: unknown): void {
    const reply = parserReply.safeParse(message);
    if (!reply.success || reply.data.id !== running?.request.id) {
      failRunning('FILE_DAMAGED', 'The parser process answered with something else.');
      return;
    }
    const answer = reply.data;
    settle((job) => {
      if (answer.ok) job.resolve(answer.file);
      else
        job.reject(
          new AppError(answer.failure.code, answer.failure.code, answer.failure.data === undefined ? {} : { data: answer.failure.data }),
        );
    });
  }

  /** The process goes with the file it was on: its state is not to be trusted any more. */
  function failRunning(code: AppError['code'], message: string): void {
    dropChild();
    settle((job) => job.reject(new AppError(code, message)));
  }

  function settle(finish: (job: Job) => void): void {
    const job = running;
    running = null;
    if (job !== null) finish(job);
    if (!isClosed) startNext();
  }

  function dropChild(): void {
    const dropped = child;
    child = null;
    dropped?.kill();
  }

  return {
    parse(path, name) {
      if (isClosed) return Promise.reject(new AppError('CANCELLED', 'The parser is closed.'));
      return new Promise((resolve, reject) => {
        lastId += 1;
        waiting.push({ request: { id: lastId, path, name }, resolve, reject });
        if (running === null) startNext();
      });
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      const abandoned = running === null ? waiting.splice(0) : [running, ...waiting.splice(0)];
      running = null;
      dropChild();
      for (const job of abandoned) job.reject(new AppError('CANCELLED', 'The parser is closed.'));
    },
  };
}
